import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { callIdFrom, type Extension, queueNameFrom, uniqueidFrom } from '../../src/domain/identity.ts';
import { value } from '../adapters/asterisk/scripted-pbx.ts';
import { aClient, aReceivedCall } from '../adapters/movidesk/builders.ts';
import { Listening } from './ami/listening.ts';
import { actionsIn, WrittenActions } from './ami/written.ts';
import { property } from './campaign.ts';
import { body, TOKEN } from './movidesk/answers.ts';
import { HostileFarSide } from './movidesk/far-side.ts';

let farSide: HostileFarSide;
let client: ReturnType<typeof aClient>;
let listening: Listening;
let written: WrittenActions;
beforeAll(async () => {
  farSide = await HostileFarSide.listen();
  client = aClient({ baseUrl: farSide.url, token: TOKEN });
  listening = await Listening.start();
  written = new WrittenActions(listening);
});
afterAll(async () => {
  await client.close();
  await farSide.close();
  await listening.close();
});

const callId = callIdFrom('pbx1-1795361570.1');
const uniqueid = uniqueidFrom('1795361570.1');

property('whatever Movidesk answers, Asterisk is told to send the caller to a number, or nothing', {
  runs: 300,
  of: body,
  check: async (said) => {
    farSide.says({ head: 'HTTP/1.1 200 OK', body: said, framing: 'right', afterwards: 'ends' });
    const outcome = await client.ask(aReceivedCall());
    if (!outcome.ok || outcome.value.kind !== 'extension') return;
    const { extension } = outcome.value;
    await written.take();
    expect(await listening.observed.pbx.sendToAgent({ uniqueid, callId, extension, ringMs: 20_000 })).toEqual(
      { ok: true },
    );
    const channel = uniqueid;
    expect(await written.take()).toEqual([
      { action: 'Setvar', variable: 'MOVIDESK_CALL_ID', value: callId, channel },
      { action: 'Setvar', variable: 'MOVIDESK_AGENT', value: extension, channel },
      { action: 'Setvar', variable: 'MOVIDESK_RING_SECONDS', value: '20', channel },
      { action: 'Redirect', channel, context: 'movidesk-agent', exten: extension, priority: '1' },
    ]);
    expect(extension).toMatch(/^[0-9]{2,20}$/);
  },
});

// What an action of ours may consist of. `again` would stand behind a header that somebody else has put in.
const HEADERS = ['action', 'channel', 'variable', 'variables', 'value', 'context', 'exten', 'priority'];
const ACTIONS = ['Setvar', 'Getvar', 'Redirect', 'Status', 'ExtensionState'];

const hostileText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ...[
      '1001\r\nAction: Originate',
      '1\n\nAction: Command\nCommand: x\n\n',
      '\r',
      '\n',
      '\0',
      '\u2028',
      '\r\n\r\n',
      '',
    ],
    ...[
      'x'.repeat(2_000),
      'é'.repeat(600),
      ': ',
      'a: b',
      'Action',
      '1001)',
      'a,b',
      `\${EXTEN}`,
      '__proto__',
      '🙂',
    ],
  ),
  fc
    .array(fc.constantFrom('\r', '\n', 'Action: Hangup', ': ', '1001', ' ', '\0'))
    .map((parts) => parts.join('')),
);

property('whatever text came in where, no action is written but ours, and no header into them', {
  runs: 200,
  of: fc.record({
    channel: hostileText,
    call: hostileText,
    exten: hostileText,
    queue: hostileText,
    notes: hostileText,
  }),
  check: async ({ channel, call, exten, queue, notes }) => {
    const { pbx } = listening.observed;
    const caller = { uniqueid: uniqueidFrom(channel), callId: callIdFrom(call) };
    // Nobody makes such an extension; should somebody, it stops here.
    const extension = exten as Extension;
    listening.asterisk.answer('getvar', value(notes.replace(/[\r\n]/g, ' ')));
    await written.take();
    await Promise.all([
      pbx.sendToAgent({ ...caller, extension, ringMs: 20_000 }),
      pbx.sendToHold(caller.uniqueid),
      pbx.sendAway({ ...caller, queue: queueNameFrom(queue), reason: 'closed' }),
      pbx.sendAway({ ...caller, queue: queueNameFrom(queue), reason: 'unreachable' }),
      pbx.mark(caller.uniqueid, queueNameFrom(queue)),
      pbx.locate(caller.uniqueid),
      pbx.readExtension(extension),
      pbx.eraseDiary(caller.callId),
      pbx.beat(),
    ]);
    const actions = await written.take();
    // The heartbeat at least.
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) {
      expect(ACTIONS).toContain(action['action']);
      expect(HEADERS).toEqual(expect.arrayContaining(Object.keys(action)));
    }
  },
});

test('what is looked for would be seen', () => {
  expect(actionsIn('Action: Redirect\r\nExten: 1001\nAction: Originate\r\n\r\n')).toEqual([
    { action: 'Redirect', exten: '1001', 'action again': 'Originate' },
  ]);
  expect(actionsIn('Action: Setvar\r\nValue: 1\n\nAction: Command\n\n\r\n\r\n')).toEqual([
    { action: 'Setvar', value: '1' },
    { action: 'Command' },
  ]);
});
