import { callIdFrom } from '../../src/domain/identity.ts';
import type { CallWish } from '../../src/domain/made-call/wish.ts';
import type { Access } from '../../src/observe/http/active-call-access.ts';
import { activeCallRoom } from '../../src/observe/http/active-call-room.ts';
import type { MakeCall, MakeCallAnswer } from '../../src/ports/made-calls.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { serving } from './serving.ts';

export const TOKEN = 'a-token-of-twenty-letters';
export const BY_TOKEN: Access = { kind: 'token', secret: TOKEN };
export const BY_PASSWORD: Access = { kind: 'basic', secret: 'me:hush:word' };
export const OPEN: Access = { kind: 'none' };

const MADE: MakeCallAnswer = { kind: 'made', callId: callIdFrom('pbx1-made-1') };
export const NUMBER = '047999990000';
export const BEARER = { authorization: `Bearer ${TOKEN}` };
export const WISH = `?source=1001&destination=${NUMBER}`;

export const basic = (text: string) => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});

/** Where calls are asked for, what was asked, and what the log says of it. */
export async function anActiveCallPlace({ access = BY_TOKEN, answer = MADE, hears = false } = {}) {
  const wishes: CallWish[] = [];
  const log = new MemoryLog();
  const makeCall: MakeCall = async (wish) => {
    wishes.push(wish);
    return answer;
  };
  const clock = new ManualClock();
  const monitor = hears ? makeCall : undefined;
  const place = await serving({ rooms: [activeCallRoom({ access, makeCall, monitor, log, clock })] });
  const ask = (query: string, init: RequestInit = {}) => fetch(`${place.url}/movidesk/call${query}`, init);
  return { ...place, serverLog: place.log, wishes, log, clock, ask };
}
