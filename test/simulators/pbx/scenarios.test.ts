import { expect, test } from 'vitest';
import type { Caller } from '../../../src/simulators/pbx/caller.ts';
import type { PbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';
import { header, type Manager, names } from './manager.ts';
import { aManager, aPbx } from './pbx-builder.ts';
import { DIAL_END, RECORDED } from './recorded-packets.ts';

const CALLER = { queue: 'support', number: '5511000000001', name: 'A' };

interface Stage {
  readonly pbx: PbxSimulator;
  readonly manager: Manager;
  readonly caller: Caller;
}

async function aWaitingCaller(): Promise<Stage> {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent', { UserEvent: 'MovideskCall' });
  return { pbx, manager, caller };
}

async function aTalkingCaller(): Promise<Stage> {
  const stage = await aWaitingCaller();
  stage.pbx.phone('1001').setBehaviour({ kind: 'answers', afterMs: 500 });
  await stage.manager.offer(stage.caller.uniqueid, '1001');
  await stage.manager.event('DialEnd', { DialStatus: 'ANSWER' });
  return stage;
}

async function gone({ manager, caller }: Stage): Promise<void> {
  await manager.event('Hangup', { Uniqueid: caller.uniqueid });
}

/** The events of the callers' own thread: what other channels tell comes in any order. */
function thread(manager: Manager): string[] {
  return manager.story().filter((word) => !word.startsWith('DeviceStateChange') && word !== 'FullyBooted');
}

const devices = (manager: Manager, device: string): string[] =>
  manager.events.filter((event) => header(event, 'Device') === device).map((event) => header(event, 'State'));

test('an agent takes the caller, and the caller hangs up', async () => {
  const stage = await aTalkingCaller();
  expect(stage.caller.talkingTo).toBe('1001');
  stage.caller.hangUp();
  await gone(stage);
  await stage.pbx.waitFor(() => stage.pbx.variable('DEVICE_STATE(PJSIP/1001)') === 'NOT_INUSE');
  await stage.manager.event('DeviceStateChange', { Device: 'PJSIP/1001', State: 'NOT_INUSE' });
  expect(thread(stage.manager)).toEqual([
    'UserEvent MovideskCall',
    'DialBegin',
    'DialEnd ANSWER',
    'Hangup 16',
  ]);
  expect(devices(stage.manager, 'PJSIP/1001')).toEqual(['RINGING', 'INUSE', 'NOT_INUSE']);
});

test('the packets of an answered call have the headers of the recording', async () => {
  const stage = await aTalkingCaller();
  stage.caller.hangUp();
  await gone(stage);
  const { manager } = stage;
  expect(names(await manager.event('DialBegin'))).toEqual(RECORDED.dialBegin);
  expect(names(await manager.event('Hangup'))).toEqual(RECORDED.hangup);
  const dialEnd = await manager.event('DialEnd');
  const shape = DIAL_END.split('\n').map((line) => {
    const [field = '', ...value] = line.split(': ');
    return [field, value.join(': ')] as const;
  });
  expect(names(dialEnd)).toEqual(shape.map(([field]) => field));
  for (const [index, [field, value]] of shape.entries()) {
    const [, seen = ''] = dialEnd[index] ?? [];
    if (value.includes('*')) expect(seen, field).toMatch(/./);
    else expect(seen, field).toBe(value);
  }
});

test('a phone that rings out gives the caller back, and the next one can take them', async () => {
  const stage = await aWaitingCaller();
  const { pbx, manager, caller } = stage;
  pbx.phone('1001').setBehaviour({ kind: 'rings-out' });
  await manager.offer(caller.uniqueid, '1001', 3);
  const failed = await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect(names(failed)).toEqual(RECORDED.dialFailed);
  expect(header(failed, 'Agent')).toBe('1001');
  expect(header(failed, 'HangupCause')).toBe('0');
  await manager.offer(caller.uniqueid, '1002');
  await manager.event('DialEnd', { DialStatus: 'ANSWER' });
  pbx.phone('1002').hangUp();
  await gone(stage);
  expect(thread(manager)).toEqual([
    'UserEvent MovideskCall',
    'DialBegin',
    'DialEnd NOANSWER',
    'UserEvent MovideskDial',
    'DialBegin',
    'DialEnd ANSWER',
    'Hangup 16',
  ]);
});

test.each([
  { phone: 'busy', dialEnd: 'BUSY', status: 'BUSY', cause: '17', techCause: '486' },
  { phone: 'declines', dialEnd: 'NOANSWER', status: 'CHANUNAVAIL', cause: '21', techCause: '603' },
] as const)('a phone that $phone is told by MovideskDial as $status', async (row) => {
  const stage = await aWaitingCaller();
  const { pbx, manager, caller } = stage;
  pbx.phone('1001').setBehaviour({ kind: row.phone });
  await manager.offer(caller.uniqueid, '1001');
  const failed = await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect(header(await manager.event('DialEnd'), 'DialStatus')).toBe(row.dialEnd);
  expect([header(failed, 'DialStatus'), header(failed, 'HangupCause')]).toEqual([row.status, row.cause]);
  caller.hangUp();
  const hangup = await manager.event('Hangup');
  expect(names(hangup)).toEqual(RECORDED.hangupAfterSipFailure);
  expect(header(hangup, 'TechCause')).toBe(row.techCause);
});

test('a phone that is not registered gives no Dial events at all', async () => {
  const { pbx, manager, caller } = await aWaitingCaller();
  pbx.phone('1001').unregister();
  expect(await manager.getvar('DEVICE_STATE(PJSIP/1001)')).toBe('UNAVAILABLE');
  await manager.offer(caller.uniqueid, '1001');
  const failed = await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect([header(failed, 'DialStatus'), header(failed, 'HangupCause')]).toEqual(['CHANUNAVAIL', '3']);
  expect(thread(manager)).toEqual(['UserEvent MovideskCall', 'UserEvent MovideskDial']);
});

test('a dead phone never rings, and its device state never changes', async () => {
  const { pbx, manager, caller } = await aWaitingCaller();
  pbx.phone('1001').setBehaviour({ kind: 'dead' });
  await manager.offer(caller.uniqueid, '1001', 2);
  await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect(thread(manager)).toEqual([
    'UserEvent MovideskCall',
    'DialBegin',
    'DialEnd NOANSWER',
    'UserEvent MovideskDial',
  ]);
  expect(devices(manager, 'PJSIP/1001')).toEqual([]);
});

test.each(['5555', 'abc', 's'])('an offer to %s, which is no extension, keeps the caller', async (exten) => {
  const { manager, caller } = await aWaitingCaller();
  await manager.offer(caller.uniqueid, exten);
  const failed = await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect(header(failed, 'DialStatus')).toBe('INVALIDEXTEN');
  expect(caller.place).toBe('waiting');
});

test('a redirect to a context that does not exist says Success and hangs the caller up', async () => {
  const stage = await aWaitingCaller();
  const answer = await stage.manager.redirect(stage.caller.uniqueid, 'no-such-context', 's');
  expect(header(answer, 'Message')).toBe('Redirect successful');
  await gone(stage);
  expect(header(await stage.manager.event('Hangup'), 'Context')).toBe('no-such-context');
});

test('a caller who hangs up while it rings cancels the offer without a MovideskDial', async () => {
  const stage = await aWaitingCaller();
  const { pbx, manager, caller } = stage;
  pbx.phone('1001').setBehaviour({ kind: 'rings-out' });
  await manager.offer(caller.uniqueid, '1001');
  await manager.event('DeviceStateChange', { Device: 'PJSIP/1001', State: 'RINGING' });
  caller.hangUp();
  await gone(stage);
  expect(thread(manager)).toEqual(['UserEvent MovideskCall', 'DialBegin', 'DialEnd CANCEL', 'Hangup 0']);
});

test('a blind transfer rings the colleague on the same channel, and nobody comes back from it', async () => {
  const stage = await aTalkingCaller();
  const { pbx, manager, caller } = stage;
  pbx.phone('1002').setBehaviour({ kind: 'answers', afterMs: 500 });
  expect(pbx.phone('1001').blindTransfer('9999')).toBe(false);
  expect(pbx.phone('1001').blindTransfer('1002')).toBe(true);
  await pbx.waitFor(() => caller.talkingTo === '1002');
  pbx.phone('1002').hangUp();
  await gone(stage);
  expect(thread(manager)).toEqual([
    'UserEvent MovideskCall',
    'DialBegin',
    'DialEnd ANSWER',
    'BlindTransfer',
    'DialBegin',
    'DialEnd ANSWER',
    'Hangup 16',
  ]);
  expect(names(await manager.event('BlindTransfer'))).toEqual(RECORDED.blindTransfer);
});

test('an attended transfer joins the caller with the colleague', async () => {
  const stage = await aTalkingCaller();
  const { pbx, manager, caller } = stage;
  pbx.phone('1002').setBehaviour({ kind: 'answers', afterMs: 500 });
  expect(await pbx.phone('1001').attendedTransfer('1002')).toBe(true);
  expect(caller.talkingTo).toBe('1002');
  await pbx.waitFor(() => !pbx.phone('1001').isInCall);
  const transfer = await manager.event('AttendedTransfer');
  expect(names(transfer)).toEqual(RECORDED.attendedTransfer);
  expect(header(transfer, 'TransfereeUniqueid')).toBe(caller.uniqueid);
  caller.hangUp();
  await gone(stage);
  await manager.event('DeviceStateChange', { Device: 'PJSIP/1002', State: 'NOT_INUSE' });
});

test('an attended transfer that the colleague does not take leaves the caller with the agent', async () => {
  const { pbx, caller } = await aTalkingCaller();
  pbx.phone('1002').setBehaviour({ kind: 'declines' });
  expect(await pbx.phone('1001').attendedTransfer('1002')).toBe(false);
  expect(caller.talkingTo).toBe('1001');
});

test('a caller sent back to a queue enters again with the same Uniqueid and nothing of the visit before', async () => {
  const { pbx, manager, caller } = await aTalkingCaller();
  pbx.phone('1001').transferToQueue('second-line');
  const again = await manager.find((packet) => header(packet, 'Queue') === 'second-line');
  expect(header(again, 'Uniqueid')).toBe(caller.uniqueid);
  const variables = again.filter(([name]) => name === 'ChanVariable').map(([, value]) => value);
  expect(variables).toEqual([
    'MOVIDESK_QUEUE=second-line',
    'MOVIDESK_CALL_ID=',
    'MOVIDESK_AGENT=',
    'MOVIDESK_RING_SECONDS=',
    'MOVIDESK_RECORDING=',
    'UDESK_CALL_ID=',
  ]);
  expect(await manager.getvar(`DB_KEYS(movidesk/pbx1-${caller.uniqueid})`)).toMatch(/^1001:\d+:\d+:.+\.wav$/);
  expect(caller.place).toBe('waiting');
});

test('a caller without an agent leaves a message, and its file and size are told before the hangup', async () => {
  const stage = await aWaitingCaller();
  await stage.manager.redirect(stage.caller.uniqueid, 'movidesk-lost', 'closed');
  stage.caller.leaveMessage(5);
  await gone(stage);
  const message = await stage.manager.event('UserEvent', { UserEvent: 'MovideskMessage' });
  expect(names(message)).toEqual(RECORDED.message);
  expect(header(message, 'Status')).toBe('HANGUP');
  expect(Number(header(message, 'Size'))).toBeGreaterThan(5 * 16_000);
  expect(thread(stage.manager)).toEqual(['UserEvent MovideskCall', 'UserEvent MovideskMessage', 'Hangup 0']);
});

test('a caller who hangs up in the announcement has left no file', async () => {
  const stage = await aWaitingCaller();
  await stage.manager.redirect(stage.caller.uniqueid, 'movidesk-lost', 'closed');
  stage.caller.hangUp();
  const message = await stage.manager.event('UserEvent', { UserEvent: 'MovideskMessage' });
  expect([header(message, 'File'), header(message, 'Status')]).toEqual(['', '']);
});

test('a caller of a memberless queue is in its list, and redirecting them out looks like leaving', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives({ ...CALLER, queue: 'sales', via: 'asterisk-queue' });
  const join = await manager.event('QueueCallerJoin');
  expect(names(join)).toEqual(RECORDED.queueJoin);
  expect([header(join, 'Queue'), header(join, 'Position'), header(join, 'Count')]).toEqual([
    'sales',
    '1',
    '1',
  ]);
  const items = await manager.list('QueueStatus');
  expect(items.map((item) => header(item, 'Event'))).toEqual(['QueueParams', 'QueueEntry']);
  expect(items.map((item) => header(item, 'Uniqueid'))).toEqual(['', caller.uniqueid]);
  await manager.setvar('MOVIDESK_QUEUE', 'sales', caller.uniqueid);
  await manager.offer(caller.uniqueid, '1001');
  await manager.event('DialEnd', { DialStatus: 'ANSWER' });
  expect(thread(manager)).toEqual(['QueueCallerJoin', 'DialBegin', 'DialEnd ANSWER']);
});

test('the hangup of a caller in a memberless queue is heard only once they are marked as ours', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const unmarked = pbx.callerArrives({ ...CALLER, queue: 'sales', via: 'asterisk-queue' });
  const marked = pbx.callerArrives({ ...CALLER, queue: 'sales', via: 'asterisk-queue' });
  await manager.event('QueueCallerJoin', { Uniqueid: marked.uniqueid });
  await manager.setvar('MOVIDESK_QUEUE', 'sales', marked.uniqueid);
  unmarked.hangUp();
  await pbx.waitFor(() => unmarked.place === 'gone');
  marked.hangUp();
  await manager.event('Hangup', { Uniqueid: marked.uniqueid });
  expect(manager.events.filter((event) => header(event, 'Event') === 'Hangup')).toHaveLength(1);
});

test('a withdrawn caller goes where the dialplan goes after the queue', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives({ ...CALLER, queue: 'sales', via: 'asterisk-queue' });
  await manager.event('QueueCallerJoin');
  const unknown = await manager.action('QueueWithdrawCaller', { Queue: 'sales', Caller: 'nobody' });
  expect(header(unknown, 'Message')).toBe('Unable to request withdraw from queue: No such caller');
  await manager.action('QueueWithdrawCaller', { Queue: 'sales', Caller: caller.channelName });
  await pbx.waitFor(() => caller.place === 'fallback');
});

test('Status tells of each caller the place, the bridge and the variables that were asked for', async () => {
  const { pbx, manager, caller } = await aTalkingCaller();
  const waiting = pbx.callerArrives(CALLER);
  await pbx.waitFor(() => waiting.place === 'waiting');
  await manager.event('UserEvent', { Uniqueid: waiting.uniqueid });
  const items = await manager.list('Status', { Variables: 'MOVIDESK_QUEUE,NEVER_SET' });
  const of = (uniqueid: string) => items.find((item) => header(item, 'Uniqueid') === uniqueid) ?? [];
  expect(names(of(caller.uniqueid))).toEqual(RECORDED.status);
  expect(header(of(caller.uniqueid), 'Application')).toBe('Dial');
  expect(header(of(caller.uniqueid), 'BridgeID')).not.toBe('');
  expect(header(of(waiting.uniqueid), 'BridgeID')).toBe('');
  const variables = of(caller.uniqueid).filter(([name]) => name === 'Variable');
  expect(variables.map(([, value]) => value)).toEqual(['MOVIDESK_QUEUE=support', 'NEVER_SET=(null)']);
});
