import { afterEach, expect, test } from 'vitest';
import { callIdFrom, extensionFrom, queueNameFrom, uniqueidFrom } from '../../../src/domain/identity.ts';
import type { PbxEvent } from '../../../src/ports/pbx.ts';
import {
  deviceChanged,
  dial,
  entered,
  hangup,
  queueEntry,
  queueJoined,
  status,
  userEvent,
} from './packets.ts';
import { type Action, type Answerer, listOf, refusal, ScriptedPbx, value } from './scripted-pbx.ts';
import { Observed, optionsFor } from './worlds.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function linked(answerers: Record<string, Answerer> = {}) {
  const asterisk = await ScriptedPbx.listen(answerers);
  closers.push(() => asterisk.close());
  const observed = new Observed(optionsFor(asterisk.port));
  closers.push(() => observed.pbx.close());
  const { snapshot } = await observed.told('linked');
  return { asterisk, observed, pbx: observed.pbx, snapshot };
}

const uniqueid = uniqueidFrom('1795361570.0');
const callId = callIdFrom('pbx1-1795361570.0');
const queue = queueNameFrom('support');
const extension = extensionFrom('1001') ?? fail();
function fail(): never {
  throw new Error('1001 is an extension');
}

test('a call is told from its entry to its hangup', async () => {
  const { asterisk, observed } = await linked();
  const offered = { context: 'movidesk-agent', exten: '1001', agent: '1001' };
  asterisk.sendPackets(
    entered(),
    dial('DialBegin', offered, 'DialString: 1001'),
    dial('DialEnd', offered, 'DialStatus: NOANSWER'),
    userEvent('MovideskDial', {}, 'Agent: 1001', 'DialStatus: NOANSWER', 'HangupCause: 0'),
    dial('DialEnd', offered, 'DialStatus: ANSWER'),
    dial('DialEnd', { ...offered, context: 'from-agents' }, 'DialStatus: ANSWER'),
    hangup({ recording: 'pbx1-1795361570.0-1001-1795361580.wav' }),
  );
  await observed.told('hung-up');
  expect(observed.events.slice(1)).toEqual([
    {
      kind: 'caller-entered',
      caller: { uniqueid, number: '5511987654321', via: { entry: 'dialplan', queue } },
    },
    { kind: 'ringing', uniqueid, extension },
    { kind: 'offer-failed', uniqueid, extension, dialStatus: 'NOANSWER', hangupCause: '0' },
    { kind: 'answered', uniqueid, by: { context: 'agent', extension } },
    { kind: 'answered', uniqueid, by: { context: 'elsewhere' } },
    { kind: 'hung-up', uniqueid, cause: '16', recording: 'pbx1-1795361570.0-1001-1795361580.wav' },
  ] satisfies PbxEvent[]);
});

test('a caller of a memberless queue is told, a caller of any other queue is not', async () => {
  const { asterisk, observed } = await linked();
  asterisk.sendPackets(
    queueJoined({ uniqueid: '1.1' }, 'other'),
    queueJoined({ number: '<unknown>' }, 'sales-wait'),
  );
  const { caller } = await observed.told('caller-entered');
  expect(caller).toEqual({
    uniqueid,
    number: '',
    via: { entry: 'asterisk-queue', asteriskQueue: 'sales-wait' },
  });
});

test('a message counts only where something was recorded, under a name that is no path', async () => {
  const { asterisk, observed, pbx } = await linked();
  asterisk.sendPackets(
    userEvent('MovideskMessage', {}, 'File: a.wav', 'Status: HANGUP', 'Size: 78444'),
    userEvent('MovideskMessage', {}, 'File: a.wav', 'Status: HANGUP', 'Size: 0'),
    userEvent('MovideskMessage', {}, 'File: ', 'Status: ', 'Size: '),
    userEvent('MovideskMessage', {}, 'File: ../../etc/passwd', 'Status: HANGUP', 'Size: 9'),
    hangup(),
  );
  await observed.told('hung-up');
  expect(observed.of('message-left').map(({ file }) => file)).toEqual(['a.wav', undefined, undefined]);
  expect(pbx.malformedCount).toBe(1);
});

test('phones and do-not-disturb devices are told, trunks and queues are not', async () => {
  const { asterisk, observed } = await linked();
  asterisk.sendPackets(
    deviceChanged('Queue:sales-wait', 'INUSE'),
    deviceChanged('PJSIP/1001', 'NOT_INUSE'),
    deviceChanged('Custom:DND1001', 'INUSE'),
  );
  await observed.told('device-changed', 2);
  expect(observed.of('device-changed').map(({ device }) => device)).toEqual(['PJSIP/1001', 'Custom:DND1001']);
});

test('the snapshot tells each caller of ours and where they are', async () => {
  const waitsAt = { application: 'Queue', data: 'sales-wait,,,,660', queue: '', context: 'movidesk-queue' };
  const { snapshot } = await linked({
    status: (action) =>
      listOf(action, 'Status', [
        status({ uniqueid: '1.0', context: 'movidesk-entry', application: 'Answer' }),
        status({ uniqueid: '1.1', ...waitsAt }),
        status({ uniqueid: '1.2', ...waitsAt }),
        status({ uniqueid: '1.3', context: 'movidesk-agent', agent: '1001', application: 'Dial' }),
        status({
          uniqueid: '1.4',
          context: 'movidesk-agent',
          agent: '1002',
          application: 'Dial',
          bridge: 'b',
        }),
        status({ uniqueid: '1.5', context: 'movidesk-lost', application: 'Record' }),
        status({ uniqueid: '1.6', context: 'movidesk-fallback', application: 'Dial', bridge: 'b' }),
        status({ uniqueid: '1.7', context: 'from-agents', application: 'Dial' }),
        status({ uniqueid: '1.8', queue: '', context: 'from-agents', application: 'Dial' }),
      ]),
    queuestatus: (action) =>
      listOf(action, 'QueueStatus', [
        ['Event: QueueParams', 'Queue: sales-wait', 'Calls: 3'],
        queueEntry('1.1', 'sales-wait', 2),
        queueEntry('1.2', 'sales-wait', 1),
        queueEntry('1.9', 'sales-wait', 3),
      ]),
  });
  expect(snapshot.callers.map(({ uniqueid, place }) => [uniqueid, place])).toEqual([
    ['1.2', { at: 'hold' }],
    ['1.1', { at: 'hold' }],
    ['1.0', { at: 'hold' }],
    ['1.3', { at: 'agent', extension: '1001', bridged: false }],
    ['1.4', { at: 'agent', extension: '1002', bridged: true }],
    ['1.5', { at: 'lost' }],
    ['1.6', { at: 'fallback', bridged: true }],
    ['1.7', { at: 'elsewhere', bridged: false }],
  ]);
  expect(snapshot.callers[0]?.via).toEqual({ entry: 'asterisk-queue', asteriskQueue: 'sales-wait' });
  expect(snapshot.callers[3]).toMatchObject({
    number: '5511987654321',
    via: { entry: 'dialplan', queue },
  });
  expect(Math.abs(Date.now() - 60_000 - snapshot.pbxStartedAt)).toBeLessThan(5_000);
});

test('the snapshot tells those who have waited longest first, in whatever order the PBX lists them', async () => {
  const { snapshot } = await linked({
    status: (action) =>
      listOf(action, 'Status', [
        status({ uniqueid: '1.3', seconds: 9 }),
        status({ uniqueid: '1.4', seconds: 8 }),
        status({ uniqueid: '1.1', seconds: 100 }),
        status({ uniqueid: '1.2', seconds: 11 }),
      ]),
  });
  expect(snapshot.callers.map(({ uniqueid }) => uniqueid)).toEqual(['1.1', '1.2', '1.3', '1.4']);
});

test('what happens while the list is read is told before it, and the list knows it', async () => {
  const { observed, snapshot } = await linked({
    status: (action) => {
      const [start = [], first = [], second = [], end = []] = listOf(action, 'Status', [
        status({ uniqueid: '1.0' }),
        status({ uniqueid: '1.1' }),
      ]);
      return [
        start,
        first,
        second,
        hangup({ uniqueid: '1.0' }),
        entered({ uniqueid: '1.2' }),
        end,
        hangup({ uniqueid: '1.1' }),
      ];
    },
  });
  expect(snapshot.callers.map(({ uniqueid }) => uniqueid)).toEqual(['1.1', '1.2']);
  await observed.told('hung-up', 2);
  expect(observed.events.map(({ kind }) => kind)).toEqual(['hung-up', 'caller-entered', 'linked', 'hung-up']);
});

test('an extension is asked for under each of its three names, in one flight', async () => {
  const { asterisk, pbx } = await linked({
    getvar: (action) => value(action['variable']?.includes('DND') ? 'INUSE' : 'NOT_INUSE')(action),
    extensionstate: (action) => [['Response: Success', `ActionID: ${action['actionid']}`, 'Status: 8']],
  });
  expect(await pbx.readExtension(extension)).toEqual({ device: 'NOT_INUSE', dnd: 'INUSE', hint: 8 });
  expect(
    asterisk
      .of('getvar')
      .map((action) => action['variable'])
      .toSorted(),
  ).toEqual(['DEVICE_STATE(Custom:DND1001)', 'DEVICE_STATE(PJSIP/1001)']);
  expect(asterisk.of('extensionstate')[0]).toMatchObject({ exten: '1001', context: 'hints' });
});

test('an extension that the PBX does not tell about has no reading', async () => {
  const { pbx } = await linked({ extensionstate: (action) => [refusal(action, 'Permission denied')] });
  expect(await pbx.readExtension(extension)).toBeUndefined();
});

test('a caller is marked before being sent to the agent', async () => {
  const { asterisk, pbx } = await linked();
  expect(await pbx.sendToAgent({ uniqueid, callId, extension, ringMs: 19_500 })).toEqual({ ok: true });
  const sent = asterisk.actions.slice(-4).map(({ actionid, ...rest }) => rest);
  expect(sent.slice(0, 3).toSorted((a, b) => `${a['variable']}`.localeCompare(`${b['variable']}`))).toEqual([
    { action: 'setvar', channel: uniqueid, variable: 'MOVIDESK_AGENT', value: '1001' },
    { action: 'setvar', channel: uniqueid, variable: 'MOVIDESK_CALL_ID', value: callId },
    { action: 'setvar', channel: uniqueid, variable: 'MOVIDESK_RING_SECONDS', value: '20' },
  ]);
  expect(sent[3]).toEqual({
    action: 'redirect',
    channel: uniqueid,
    context: 'movidesk-agent',
    exten: '1001',
    priority: '1',
  });
});

test.each([
  ['No such channel', 'gone'],
  ['Channel does not exist: 1795361570.0', 'gone'],
  ['Permission denied', 'refused'],
])('a move that the PBX answers with "%s" is %s', async (message, problem) => {
  const { pbx } = await linked({ redirect: (action) => [refusal(action, message)] });
  expect(await pbx.sendToHold(uniqueid)).toEqual({ ok: false, problem, cause: message });
});

test('a caller who is gone when marked is not redirected', async () => {
  const { asterisk, pbx } = await linked({ setvar: (action) => [refusal(action, 'No such channel')] });
  const moved = await pbx.sendToAgent({ uniqueid, callId, extension, ringMs: 20_000 });
  expect(moved).toMatchObject({ ok: false, problem: 'gone' });
  expect(asterisk.of('redirect')).toEqual([]);
});

test('callers without an agent go where their reason says', async () => {
  const { asterisk, pbx } = await linked();
  await pbx.sendToHold(uniqueid);
  await pbx.sendAway({ uniqueid, callId, queue, reason: 'holiday' });
  await pbx.sendAway({ uniqueid, callId: undefined, queue, reason: 'unreachable' });
  await pbx.mark(uniqueid, queue);
  const goal = ({ action, context, exten, variable, value }: Action) => [
    action,
    context ?? variable,
    exten ?? value,
  ];
  expect(asterisk.actions.slice(-5).map(goal)).toEqual([
    ['redirect', 'movidesk-hold', 's'],
    ['setvar', 'MOVIDESK_CALL_ID', callId],
    ['redirect', 'movidesk-lost', 'holiday'],
    ['redirect', 'movidesk-fallback', 'support'],
    ['setvar', 'MOVIDESK_QUEUE', 'support'],
  ]);
});

test('a channel is located, or gone, or nobody knows', async () => {
  const { asterisk, pbx } = await linked();
  asterisk.answer('status', (action) => listOf(action, 'Status', [status({ uniqueid })]));
  expect(await pbx.locate(uniqueid)).toEqual({ kind: 'here', place: { at: 'hold' } });
  asterisk.answer('status', (action) => [refusal(action, 'No such channel')]);
  expect(await pbx.locate(uniqueid)).toEqual({ kind: 'gone' });
  asterisk.answer('status', (action) => [refusal(action, 'Permission denied')]);
  expect(await pbx.locate(uniqueid)).toEqual({ kind: 'unknown', cause: 'Permission denied' });
});

const answered = { answeredBy: '1001', answeredAt: 1_795_361_570_000 };
const ended = { ...answered, endedAt: 1_795_361_600_000 };

test.each([
  ['1001:1795361570::', { ...answered, endedAt: undefined, recording: undefined }],
  ['1001:1795361570:1795361600:a-1001.wav', { ...ended, recording: 'a-1001.wav' }],
  ['1001:1795361570::a.wav,1001:1795361570:1795361600:a.wav', { ...ended, recording: 'a.wav' }],
  ['someone else,1001:1795361570:1795361600:', { ...ended, recording: undefined }],
])('the diary note %s is understood', async (keys, diary) => {
  const { asterisk, pbx } = await linked({ getvar: value(keys) });
  expect(await pbx.readDiary(callId)).toEqual({ ok: true, diary });
  expect(asterisk.of('getvar')[0]?.['variable']).toBe('DB_KEYS(movidesk/pbx1-1795361570.0)');
});

test.each(['', '1001', '1001:soon::', 'ana:1795361570::', '1001:1795361570:later:'])(
  'the diary note "%s" tells nothing',
  async (keys) => {
    const { pbx } = await linked({ getvar: value(keys) });
    expect(await pbx.readDiary(callId)).toEqual({ ok: true, diary: undefined });
  },
);

test.each([
  ['::1795361600:a-message-1.wav', 'a-message-1.wav'],
  ['::1795361600:', undefined],
  ['::1795361600:..', undefined],
])(
  'the note %s tells when a caller left whom nobody could take, and their message',
  async (keys, message) => {
    const { pbx } = await linked({ getvar: value(keys) });
    const farewell = { at: 1_795_361_600_000, message };
    expect(await pbx.readDiary(callId)).toEqual({ ok: true, diary: undefined, farewell });
  },
);

test('a diary that cannot be read is not taken for one that says nothing', async () => {
  const { asterisk, pbx } = await linked();
  asterisk.answer('getvar', (action) => [refusal(action, 'Permission denied')]);
  expect(await pbx.readDiary(callId)).toEqual({ ok: false });
});

test('a diary is erased note by note, and nothing can be put into its name', async () => {
  const { asterisk, pbx } = await linked({ getvar: value('1001:1:2:a.wav,1001:1::a.wav,)},${SHELL(id') });
  await pbx.eraseDiary(callId);
  await pbx.eraseDiary(callIdFrom('x)},${SHELL(id'));
  expect(asterisk.of('getvar')).toHaveLength(1);
  expect(asterisk.of('setvar').map((action) => action['variable'])).toEqual([
    'DB_DELETE(movidesk/pbx1-1795361570.0/1001:1:2:a.wav)',
    'DB_DELETE(movidesk/pbx1-1795361570.0/1001:1::a.wav)',
  ]);
});

test("the heartbeat is the PBX's own time", async () => {
  const { asterisk, pbx } = await linked({ getvar: value('1795361570') });
  expect(await pbx.beat()).toBe(true);
  expect(asterisk.of('setvar')[0]).toMatchObject({ variable: 'MOVIDESK_BRIDGE_ALIVE', value: '1795361570' });
  asterisk.answer('getvar', (action) => [refusal(action, 'Permission denied')]);
  expect(await pbx.beat()).toBe(false);
});

test('no value can add a header or an action', async () => {
  const { asterisk, pbx } = await linked();
  const evil = queueNameFrom('support\r\n\r\nAction: Originate');
  expect(await pbx.mark(uniqueid, evil)).toMatchObject({ ok: false, problem: 'refused' });
  expect(await pbx.mark(uniqueid, queueNameFrom('é'.repeat(600)))).toMatchObject({ problem: 'refused' });
  expect(await pbx.sendToHold(uniqueid)).toEqual({ ok: true });
  expect(asterisk.of('setvar')).toEqual([]);
});
