import { expect, test } from 'vitest';
import { broken, noAnswer, unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { RelayStage } from './relay-stage.ts';

const calls = ({ relay }: RelayStage) => relay.told.filter((words) => words.includes('udesk-'));
const linesOf = ({ log }: RelayStage, message: string) =>
  log.lines.filter((line) => line.message === message);
const TOO_LATE = 'relays of calls are dropped: they come too late';

test('what happened to a call more than a quarter of an hour ago is not told any more, and one line says so', async () => {
  const stage = await RelayStage.knowing('1001', '1002');
  stage.relay.failure = unreachable;
  stage.does('1001', 'held', 'udesk-1');
  stage.does('1001', 'resumed', 'udesk-1');
  stage.sends('1002', 'udesk-2', '1003');
  stage.shows('1001', 'INUSE');
  await stage.pass(10 * 60);
  stage.does('1002', 'held', 'udesk-3');
  await stage.pass(5 * 60 + 1);
  stage.relay.failure = undefined;
  await stage.pass(61);
  expect(calls(stage)).toEqual(['1002 holds udesk-3']);
  expect(stage.relay.toldOf('1001')).toEqual(['1001 idle', '1001 busy']);
  expect(await stage.owed()).toEqual([]);
  const dropped = linesOf(stage, TOO_LATE).map(({ facts }) => facts['dropped']);
  expect(dropped.reduce<number>((sum, count) => sum + Number(count), 0)).toBe(3);
});

test('what happened to a call a quarter of an hour ago is still told', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(13 * 60);
  stage.relay.failure = undefined;
  await stage.pass(61);
  expect(calls(stage)).toEqual(['1001 holds udesk-1']);
  expect(linesOf(stage, TOO_LATE)).toEqual([]);
});

test('thousands of old deeds of calls are dropped after a night with a single line', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  for (let call = 0; call < 2_000; call += 1) stage.does('1001', 'held', `udesk-${call}`);
  await stage.pass(1);
  await stage.stop();
  stage.relay.failure = undefined;
  await stage.clock.pass(8 * 3_600_000);
  await stage.start();
  await stage.pass(1);
  expect(calls(stage)).toEqual([]);
  expect(await stage.owed()).toEqual([]);
  expect(linesOf(stage, TOO_LATE)).toHaveLength(1);
});

test.each([
  ['without an answer', noAnswer],
  ['at which the far side broke', broken],
])(
  'a transfer %s is not done again: nobody knows whether it was, and it is kept for a person',
  async (_, failure) => {
    const stage = await RelayStage.knowing('1001');
    stage.relay.failsOnce(failure, '1001 sends udesk-1 to 1002');
    stage.sends('1001', 'udesk-1', '1002');
    await stage.pass(600);
    expect(stage.relay.asked.filter(({ words }) => words.includes('sends'))).toHaveLength(1);
    expect(await stage.owed()).toEqual([
      `call udesk-1: not repeated: nobody knows whether it was done (${failure.cause})`,
    ]);
    expect(linesOf(stage, 'a relay is kept aside: nobody knows whether it was done')).toHaveLength(1);
  },
);

test.each([
  ['a transfer that was never sent', unreachable, '1001 sends udesk-1 to 1002'],
  ['a hold without an answer', noAnswer, '1001 holds udesk-1'],
])('%s is told again', async (_, failure, words) => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failsOnce(failure, words);
  if (words.includes('holds')) stage.does('1001', 'held', 'udesk-1');
  else stage.sends('1001', 'udesk-1', '1002');
  await stage.pass(10);
  expect(calls(stage)).toEqual([words]);
});

test('the far side’s part is told which relays may be done already: sent without an answer, or before a restart', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failsOnce(noAnswer, '1001 holds udesk-1');
  stage.relay.failsOnce(broken, '1001 holds udesk-2');
  stage.relay.failsOnce(unreachable, '1001 holds udesk-3');
  for (const call of ['udesk-1', 'udesk-2', 'udesk-3']) stage.does('1001', 'held', call);
  await stage.pass(10);
  expect(calls(stage)).toHaveLength(3);
  expect(stage.relay.maybeDone).toEqual(['1001 holds udesk-1', '1001 holds udesk-2']);
  stage.relay.holdsBack();
  stage.does('1001', 'held', 'udesk-4');
  await settled();
  await stage.stop();
  stage.relay.letsGo();
  await stage.start();
  stage.does('1001', 'held', 'udesk-5');
  await stage.pass(1);
  expect(stage.relay.maybeDone.slice(2)).toEqual(['1001 holds udesk-4']);
});
