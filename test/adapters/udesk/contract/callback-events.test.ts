import { expect, test } from 'vitest';
import { CALL_EVENT_NAMES } from '../../../../src/adapters/udesk/call-event-names.ts';
import { newReplayMemory, type Verdict, verifyCallback } from '../../../../src/adapters/udesk/callback.ts';
import { type CallbackEvent, callbackEventOf } from '../../../../src/adapters/udesk/callback-events.ts';
import { EVENT_CATEGORIES } from '../../../../src/simulators/udesk/state/event-names.ts';
import { aWebServer } from '../../movidesk/far-side.ts';
import { APP_ID, anOffice } from './office.ts';

test('every event of the document is sent, believed and understood', async () => {
  await using office = await anOffice();
  const { simulator, clock } = office;
  const seen = newReplayMemory();
  const heard: { verdict: Verdict; event: CallbackEvent }[] = [];
  await using ours = await aWebServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    const query = Object.fromEntries(new URL(request.url ?? '', 'http://here').searchParams);
    const received = { query, body, now: clock.now(), appId: APP_ID, secret: 'a-secret', seen };
    heard.push({ verdict: verifyCallback(received), event: callbackEventOf(String(body)) });
    response.end();
  });
  const documented = Object.values(EVENT_CATEGORIES).flat();
  expect(documented).toHaveLength(39);
  // The others stand in the examples of message subscriptions only.
  const names = [...new Set([...documented, ...CALL_EVENT_NAMES])];
  for (const event of names) await simulator.sendCallback({ event, callback: ours.url, fields: FIELDS });

  expect(heard.filter(({ verdict }) => !verdict.ok)).toEqual([]);
  expect(heard.map(({ event }) => event)).toMatchObject(names.map(understood));
  expect(CALL_EVENT_NAMES).toEqual(expect.arrayContaining([...(EVENT_CATEGORIES['call'] ?? [])]));
});

const FIELDS = { AgentId: '10031', CallId: 'bc1cc555', CurState: 'busy', CurContact: 'voip' };

function understood(name: string): object {
  if (name === 'acd_agent_state') return { kind: 'agent-state', agentId: '10031', state: 'busy' };
  if (name === 'ext_state') return { kind: 'extension-state', agentId: '10031', state: 'busy' };
  if (name === 'agent_call_mode_change') return { kind: 'call-mode', agentId: '10031', mode: 'voip' };
  return { kind: 'call', name, callId: 'bc1cc555', agentId: '10031' };
}
