import { expect, test } from 'vitest';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { refused, unreachable } from '../../fakes/failures.ts';
import { settled } from '../../fakes/manual-clock.ts';
import { ScriptedRelay } from '../../fakes/scripted-relay.ts';
import type { Death } from '../mortal-store.ts';
import { MortalStore } from '../mortal-store.ts';
import { RelayStage } from './relay-stage.ts';

test('what was not told before a stop is told after the next start, in order', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.does('1001', 'held', 'udesk-1');
  stage.does('1001', 'resumed', 'udesk-1');
  stage.does('1001', 'held', 'udesk-2');
  await stage.pass(10);
  await stage.stop();
  stage.relay.failure = undefined;
  await stage.startUnlinked();
  await stage.pass(3);
  expect(stage.relay.told.slice(1).toSorted()).toEqual([
    '1001 holds udesk-1',
    '1001 holds udesk-2',
    '1001 resumes udesk-1',
  ]);
  expect(stage.relay.told.indexOf('1001 holds udesk-1')).toBeLessThan(
    stage.relay.told.indexOf('1001 resumes udesk-1'),
  );
  expect(await stage.owed()).toEqual([]);
});

test('what was on its way at a stop is told again', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.holdsBack();
  stage.does('1001', 'held', 'udesk-1');
  await settled();
  expect(await stage.stop()).toBe('stopped');
  stage.relay.letsGo();
  await stage.start();
  await stage.pass(1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 holds udesk-1', '1001 holds udesk-1']);
});

test('a stop waits for the answer of a transfer, which is told no second time', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.holdsBack();
  stage.sends('1001', 'udesk-1', '1002');
  await settled();
  const stopped = stage.stop();
  await settled();
  stage.relay.letsGo();
  expect(await stopped).toBe('stopped');
  await stage.start();
  await stage.pass(1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 sends udesk-1 to 1002']);
  expect(await stage.owed()).toEqual([]);
});

test('a transfer that is not answered before the daemon has to stop is left to a person', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.holdsBack();
  stage.sends('1001', 'udesk-1', '1002');
  await settled();
  const stopped = stage.stop();
  await stage.clock.pass(60_000);
  await stopped;
  stage.relay.letsGo();
  await stage.start();
  await stage.pass(60);
  expect(stage.relay.asked.map(({ words }) => words)).toEqual(['1001 idle', '1001 sends udesk-1 to 1002']);
  expect(await stage.owed()).toEqual([
    'call udesk-1: nobody knows whether it was done: the daemon ended while it was on its way',
  ]);
});

test('a call that was put on hold before a restart, and of which nobody has heard yet, is resumed after it', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(1);
  await stage.stop();
  await stage.start();
  stage.relay.knows('1001');
  await stage.pass(1);
  stage.does('1001', 'resumed', 'udesk-1');
  stage.relay.failure = undefined;
  await stage.pass(60);
  expect(stage.relay.told.filter((words) => words.includes('udesk-1'))).toEqual([
    '1001 holds udesk-1',
    '1001 resumes udesk-1',
  ]);
});

test('a refused relay stays set aside through a restart, and holds back only its line', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failsOnce(refused);
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(1);
  await stage.stop();
  await stage.start();
  stage.relay.knows('1001');
  stage.does('1001', 'held', 'udesk-2');
  await stage.pass(60);
  expect(await stage.owed()).toEqual(['call udesk-1: 422 no such id']);
});

test('whoever is known over there is told of anew after a restart', async () => {
  const stage = await RelayStage.knowing('1001');
  await stage.stop();
  stage.pbx.phones.reads('1001', { device: 'UNAVAILABLE' });
  await stage.start();
  stage.relay.knows('1001');
  await stage.pass(1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 offline']);
});

test('what was kept for a far side that is not configured any more waits until it is again', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(5);
  await stage.stop();
  const other = new ScriptedRelay(stage.clock, { lane: 'ccai' });
  stage.relays = [other];
  await stage.start();
  other.knows('1001');
  stage.shows('1001', 'INUSE');
  stage.does('1001', 'held', 'udesk-2');
  await stage.pass(600);
  expect(other.asked).toEqual([]);
  expect(await stage.owed()).toEqual(['call udesk-1: due']);
  await stage.stop();
  stage.relays = [stage.relay];
  stage.relay.failure = undefined;
  await stage.start();
  await stage.pass(1);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 holds udesk-1']);
});

/** Some minutes with calls, devices that change and a far side that fails now and then; with these deaths in it. */
async function play(deaths: readonly Death[]): Promise<{ stage: RelayStage; steps: MortalStore['steps'] }> {
  const stage = new RelayStage();
  const memory = new SqliteStore(':memory:', stage.clock);
  const lives: MortalStore[] = [];
  const live = async () => {
    const life = new MortalStore(memory, deaths[lives.length]);
    lives.push(life);
    stage.store = life;
    stage.relays = [stage.relay];
    await stage.start();
    stage.relay.knows('1001', '1002');
    await settled();
    return life;
  };
  const at = (seconds: number, act: () => void) => stage.clock.after(seconds * 1_000, act);
  at(2, () => stage.shows('1001', 'INUSE'));
  at(3, () => stage.does('1001', 'held', 'udesk-1'));
  at(4, () => stage.relay.failsOnce(unreachable));
  at(5, () => stage.shows('1002', 'UNAVAILABLE'));
  at(6, () => stage.pbx.enters('a'));
  at(7, () => stage.relay.failsOnce(unreachable));
  at(8, () => stage.shows('1001', 'NOT_INUSE'));
  at(9, () => stage.sends('1001', 'udesk-1', '1002'));
  at(12, () => stage.pbx.hangsUp('a'));
  at(14, () => stage.shows('1002', 'NOT_INUSE'));
  let life = await live();
  for (let second = 0; second < 60; second += 1) {
    await stage.pass(1);
    if (!life.isDead) continue;
    stage.pbx.unlink();
    await stage.running;
    life = await live();
  }
  await stage.stop();
  return { stage, steps: lives.flatMap(({ steps }) => steps) };
}

test.each(['kept', 'lost'] as const)(
  'killed at any commit, the step being %s, the daemon leaves the far side with everybody as they are and no number twice',
  async (step) => {
    const { steps } = await play([]);
    expect(steps.length).toBeGreaterThan(15);
    for (let atCommit = 1; atCommit <= steps.length; atCommit += 1) {
      const { stage, steps: lived } = await play([{ atCommit, step }]);
      const seqs = lived.flatMap(({ relays, entries }) => [...relays, ...entries].map(({ seq }) => seq));
      expect(new Set(seqs).size, `killed at commit ${atCommit}`).toBe(seqs.length);
      // A transfer that may have been on its way is left to a person.
      const owed = (await stage.owed()).filter((words) => !words.includes(UNKNOWN));
      expect(owed, `killed at commit ${atCommit}`).toEqual([]);
      const transfers = stage.relay.asked.filter(({ words }) => words.includes('sends'));
      expect(transfers.length, `killed at commit ${atCommit}`).toBeLessThanOrEqual(1);
      for (const number of ['1001', '1002'])
        expect(lastStateOf(stage, number), `killed at commit ${atCommit}`).toBe(`${number} idle`);
    }
  },
);

const UNKNOWN = 'call udesk-1: nobody knows whether it was done';

const lastStateOf = ({ relay }: RelayStage, number: string) =>
  relay.toldOf(number).findLast((words) => !words.includes('udesk'));
