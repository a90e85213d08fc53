import { expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { CallRecords } from '../../src/ports/call-records.ts';
import { RecentEndings } from '../../src/runtime/recent-endings.ts';
import { aCall, extension, MORNING } from '../domain/builders.ts';
import { refused } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { Stage } from './stage.ts';

const NUMBER = '+5547999990000';

test('who waits is told in the order of their line, with the one whose turn it is at a phone', async () => {
  const stage = await Stage.open();
  await stage.rings('first', '1001');
  stage.pbx.enters('second');
  await stage.pass(1);
  stage.pbx.enters('third');
  await stage.pass(1);
  const [support, sales] = stage.bridge.status.queues;
  expect(support).toMatchObject({
    name: 'support',
    callers: [
      { callId: idOf('first'), phase: 'offered', extension: '1001', number: NUMBER },
      { callId: idOf('second'), phase: 'waiting' },
      { callId: idOf('third'), phase: 'waiting' },
    ],
  });
  expect(support?.callers[0]?.since).toBeLessThan(support?.callers[2]?.since ?? 0);
  expect(sales).toEqual({ name: 'sales', callers: [] });
});

test('who talks to whom is told with the moment of the answer, and then with how it ended', async () => {
  const stage = await Stage.open();
  await stage.talks('ana', '1001');
  const [talk] = stage.bridge.status.talks;
  expect(talk).toMatchObject({ callId: idOf('ana'), number: NUMBER, queue: 'support', extension: '1001' });
  stage.pbx.hangsUp('ana');
  await stage.pass(1);
  const { talks, endings } = stage.bridge.status;
  expect(talks).toEqual([]);
  expect(endings).toMatchObject([
    { callId: idOf('ana'), ending: 'completed', extension: '1001', answeredAt: talk?.since, number: NUMBER },
  ]);
});

test('who is sent away is told with the reason, while they leave and afterwards', async () => {
  const stage = await Stage.open();
  stage.helpDesk.answers({ kind: 'closed' });
  stage.pbx.enters('ana');
  await stage.pass(0.1);
  expect(stage.bridge.status.leaving).toMatchObject([{ callId: idOf('ana'), reason: 'closed' }]);
  stage.pbx.hangsUp('ana');
  await stage.pass(1);
  expect(stage.bridge.status).toMatchObject({ leaving: [], endings: [{ ending: 'lost', reason: 'closed' }] });
});

const stateOf = (stage: Stage, extension: string) =>
  stage.bridge.status.agents.find((one) => one.extension === extension);

test('the board tells what an agent does, from the first time that they are named', async () => {
  const stage = await Stage.open();
  expect(stage.bridge.status.agents).toEqual([]);
  await stage.rings('ana', '1001');
  expect(stateOf(stage, '1001')).toMatchObject({
    state: 'offered',
    callId: idOf('ana'),
    queues: ['support'],
  });
  stage.pbx.answers('1001');
  await stage.pass(0.1);
  expect(stateOf(stage, '1001')).toMatchObject({ state: 'talking', device: 'INUSE' });
  stage.pbx.hangsUp('ana');
  await stage.pass(0.1);
  expect(stateOf(stage, '1001')).toMatchObject({ state: 'free', device: 'NOT_INUSE' });
  expect(stateOf(stage, '1001')).not.toHaveProperty('callId');
});

test.each([
  ['PJSIP/1001', 'INUSE', 'busy'],
  ['PJSIP/1001', 'UNAVAILABLE', 'offline'],
  ['Custom:DND1001', 'INUSE', 'dnd'],
  ['Custom:DND1001', 'NOT_INUSE', 'free'],
])('an agent whose %s is %s is told as %s', async (device, state, told) => {
  const stage = await Stage.open();
  await stage.talks('ana', '1001');
  stage.pbx.hangsUp('ana');
  await stage.pass(0.1);
  stage.bridge.hear({ kind: 'device-changed', device, state });
  await stage.pass(0);
  expect(stateOf(stage, '1001')?.state).toBe(told);
});

test('an agent who is busy in another system is told so, with why', async () => {
  const stage = await Stage.open();
  await stage.talks('ana', '1001');
  stage.pbx.hangsUp('ana');
  await stage.pass(0.1);
  stage.bridge.hearRelay({ kind: 'agent-taken', extension: extension('1001'), why: 'busy in Udesk' });
  await stage.pass(0);
  expect(stateOf(stage, '1001')).toMatchObject({ state: 'elsewhere', why: 'busy in Udesk' });
  stage.bridge.hearRelay({ kind: 'agent-free', extension: extension('1001') });
  await stage.pass(0);
  expect(stateOf(stage, '1001')?.state).toBe('free');
});

test('an agent who did not take their call is told as set aside, with why, for as long as they are', async () => {
  const stage = await Stage.open();
  await stage.rings('ana', '1001');
  stage.pbx.declines('1001', 'NOANSWER');
  await stage.pass(1);
  expect(stateOf(stage, '1001')).toMatchObject({ state: 'aside', why: expect.stringMatching(/\w/) });
  await stage.pass(30);
  expect(stateOf(stage, '1001')).toMatchObject({ state: 'free' });
  expect(stateOf(stage, '1001')).not.toHaveProperty('why');
});

test('agents are told in the order of their extensions', async () => {
  const stage = await Stage.open();
  await stage.rings('ana', '200');
  await stage.rings('bia', '1002');
  await stage.rings('caio', '1001');
  expect(stage.bridge.status.agents.map((one) => one.extension)).toEqual(['200', '1001', '1002']);
});

test('the budget is told as it is used, and what is owed by lane', async () => {
  const stage = await Stage.open({ requestsPerMinute: 10 });
  await stage.rings('ana', '1001');
  stage.helpDesk.failsOnce(refused, idOf('ana'));
  stage.pbx.answers('1001');
  await stage.pass(1);
  const { budget, outbox } = stage.bridge.status;
  expect(budget).toMatchObject({ limit: 10, configured: 10 });
  expect(budget.used).toBeGreaterThan(0);
  expect(budget.ratio).toBe(budget.used / 10);
  expect(outbox).toEqual([{ lane: 'movidesk', due: 0, parked: 1 }]);
});

test('a link is told with since when it is so, and the worst of all is the state', async () => {
  const stage = new Stage();
  await stage.startUnlinked();
  const linkOf = (name: string) => stage.bridge.status.links.find((link) => link.name === name);
  expect(linkOf('pbx')).toMatchObject({ state: 'down', isConnected: false, isReconciled: false });
  expect(linkOf('pbx')).not.toHaveProperty('since');
  await stage.pass(5);
  stage.pbx.link();
  await stage.pass(1);
  expect(stage.bridge.status.state).toBe('ready');
  expect(linkOf('pbx')).toMatchObject({
    state: 'ready',
    isConnected: true,
    isReconciled: true,
    since: MORNING + 5_000,
  });
  stage.pbx.unlink();
  await stage.pass(3);
  stage.pbx.unlink('still not');
  await stage.pass(1);
  expect(stage.bridge.status.state).toBe('down');
  expect(linkOf('pbx')).toMatchObject({ isConnected: false, since: MORNING + 6_000 });
});

test('the last twenty endings are known, those before the start by the store', async () => {
  const endings = new RecentEndings();
  const over = (number: number) => ({
    ...aCall().ended('canceled'),
    callId: callIdFrom(`over-${number}`),
    endedAt: MORNING + number,
  });
  const kept = [3, 2, 1].map(over);
  const asked: number[] = [];
  const ended: CallRecords['ended'] = async (limit) => {
    asked.push(limit);
    return kept;
  };
  await endings.readFrom({ ended }, new MemoryLog());
  for (let number = 4; number <= 30; number += 1) endings.add(aCall().waiting(), over(number));
  expect(asked).toEqual([20]);
  expect(endings.all.map(({ callId }) => callId)).toEqual(
    Array.from({ length: 20 }, (_, index) => `over-${30 - index}`),
  );
});

test('whoever was erased in the store is erased here, and who talked to whom stays known', async () => {
  const endings = new RecentEndings();
  const over = aCall().ended('completed');
  endings.add(aCall().talkingTo('1001'), over);
  expect(endings.all[0]?.number).toBe(over.clientNumber);
  await endings.readFrom({ ended: async () => [{ ...over, clientNumber: 'erased' }] }, new MemoryLog());
  expect(endings.all).toMatchObject([{ number: 'erased', extension: '1001' }]);
});

test('a store that cannot be read costs the endings of before, and nothing else', async () => {
  const endings = new RecentEndings();
  const log = new MemoryLog();
  await endings.readFrom({ ended: () => Promise.reject(new Error('no such file')) }, log);
  expect(endings.all).toEqual([]);
  expect(log.lines).toMatchObject([{ level: 'warn', facts: { err: { message: 'no such file' } } }]);
});
