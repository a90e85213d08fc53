import { expect, test } from 'vitest';
import { newReplayMemory, type Verdict, verifyCallback } from '../../../src/adapters/udesk/callback.ts';
import { type CallbackEvent, callbackEventOf } from '../../../src/adapters/udesk/callback-events.ts';
import { startUdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { aWebServer } from '../movidesk/far-side.ts';
import { atEnd } from './session-world.ts';

const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const SECRET = 'a-secret';

/** The simulator's webhook sender, and our reading of what it sends. */
async function start() {
  const clock = new ManualClock();
  const seen = newReplayMemory();
  const verdicts: Verdict[] = [];
  const events: CallbackEvent[] = [];
  const server = await aWebServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://here').searchParams);
    verdicts.push(verifyCallback({ query, body, now: clock.now(), appId: APP_ID, secret: SECRET, seen }));
    events.push(callbackEventOf(String(body)));
    response.end();
  });
  atEnd(async () => server[Symbol.asyncDispose]());
  const simulator = await startUdeskSimulator({
    sid: '123456789abcdef',
    authToken: 'an-auth-token',
    clock,
    application: {
      appId: APP_ID,
      secret: SECRET,
      relayNumbers: ['057126200670'],
      queues: [],
      agents: [{ agentId: '1443', extensions: ['8001'] }],
    },
  });
  atEnd(() => simulator.close());
  return { simulator, callback: server.url, verdicts, events };
}

test('what the simulator tells of agents and calls is believed and understood', async () => {
  const { simulator, callback, verdicts, events } = await start();
  const wishes = [
    { event: 'acd_agent_state', fields: { AgentId: '1443', CurState: 'onBreak', OldState: 'idle' } },
    { event: 'ext_state', fields: { Extension: '8001', CurState: 'offline' } },
    { event: 'agent_call_mode_change', fields: { AgentId: '1443', CurContact: 'cellphone' } },
    { event: 'user_hangup', fields: { CallId: 'bc1cc555', AgentId: '1443', Reason: 'normal' } },
  ];
  for (const wish of wishes) await simulator.sendCallback({ ...wish, callback });
  expect(verdicts.map(({ ok }) => ok)).toEqual([true, true, true, true]);
  expect(events).toMatchObject([
    { kind: 'agent-state', agentId: '1443', state: 'onBreak', oldState: 'idle' },
    { kind: 'extension-state', extension: '8001', state: 'offline' },
    { kind: 'call-mode', agentId: '1443', mode: 'cellphone' },
    { kind: 'call', name: 'user_hangup', callId: 'bc1cc555', agentId: '1443', reason: 'normal' },
  ]);
});

test('the very same bytes a second time are a replay', async () => {
  const { simulator, callback, verdicts } = await start();
  await simulator.replayCallback(await simulator.sendCallback({ event: 'begin', callback }));
  expect(verdicts).toMatchObject([{ ok: true }, { ok: false, reason: 'replayed' }]);
});
