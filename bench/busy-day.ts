import { readFileSync } from 'node:fs';

/** What a busy PBX says: whole calls as recorded, one in four of them ours, so that one event in fifty concerns us. */
export interface BusyDay {
  readonly blocks: readonly Buffer[];
  readonly events: number;
  /** Events that the daemon must tell of. */
  readonly ours: number;
  /** Calls of ours that end in it. */
  readonly endings: number;
}

const RECORDING = new URL('../test/transcripts/01a-happy-userevent.ami', import.meta.url);
const CALLER = '1795361789.0';
const AGENT = '1795361789.1';
const OURS_EVERY = 4;
const BLOCK_BYTES = 64 * 1024;

export function busyDay(events: number): BusyDay {
  const frames = readFileSync(RECORDING, 'utf8')
    .split('\r\n\r\n')
    .filter((frame) => frame.startsWith('Event: ') && !frame.startsWith('Event: FullyBooted'));
  const mine = frames.join('\r\n\r\n');
  const foreign = frames.map(asForeign).join('\r\n\r\n');
  const blocks: Buffer[] = [];
  let block = '';
  let count = 0;
  let ours = 0;
  let endings = 0;
  for (let call = 0; count < events; call += 1) {
    const isOurs = call % OURS_EVERY === 0;
    const text = withIdentity(isOurs ? mine : foreign, call);
    const taken = text.split('\r\n\r\n').slice(0, events - count);
    count += taken.length;
    if (isOurs) {
      ours += taken.filter(concernsUs).length;
      endings += taken.filter(isOurHangup).length;
    }
    block += `${taken.join('\r\n\r\n')}\r\n\r\n`;
    if (block.length > BLOCK_BYTES) {
      blocks.push(Buffer.from(block));
      block = '';
    }
  }
  blocks.push(Buffer.from(block));
  return { blocks, events: count, ours, endings };
}

/** The same call through a dialplan and to a phone that are not ours. */
function asForeign(frame: string): string {
  return frame
    .replaceAll('MOVIDESK_QUEUE=1', 'MOVIDESK_QUEUE=')
    .replaceAll('UserEvent: MovideskCall', 'UserEvent: SomethingElse')
    .replaceAll('PJSIP/1001', 'SIP/2001');
}

function withIdentity(text: string, call: number): string {
  const second = 1_795_361_789 + Math.floor(call / 10);
  return text
    .replaceAll(CALLER, `${second}.${call * 2}`)
    .replaceAll(AGENT, `${second}.${call * 2 + 1}`)
    .replaceAll('PJSIP/trunk-00000000', `PJSIP/trunk-${call.toString(16).padStart(8, '0')}`);
}

function isOurHangup(frame: string): boolean {
  return frame.startsWith('Event: Hangup') && concernsUs(frame);
}

/** By the text alone, so that the count does not come from what is being measured. */
function concernsUs(frame: string): boolean {
  const [event = ''] = frame.split('\r\n', 1);
  if (event === 'Event: DeviceStateChange') return frame.includes('Device: PJSIP/1001');
  if (event === 'Event: UserEvent') return frame.includes('UserEvent: Movidesk');
  if (event === 'Event: DialEnd' && !frame.includes('DialStatus: ANSWER')) return false;
  return /^Event: (DialBegin|DialEnd|Hangup)$/.test(event) && /^ChanVariable: MOVIDESK_QUEUE=./m.test(frame);
}
