import { expect, onTestFinished, test } from 'vitest';
import { wallClock } from '../../../src/simulators/pbx/clock.ts';
import type { PbxSimulator } from '../../../src/simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../../../src/simulators/pbx/people.ts';
import { seededRandom } from '../../../src/simulators/pbx/random.ts';
import { header, type Manager } from './manager.ts';
import { aManager, aPbx } from './pbx-builder.ts';

/** Sends every caller to whichever agent is free, or to leave a message: no budget, no memory, no reservation. */
function startSwitchboard(pbx: PbxSimulator, manager: Manager): void {
  let turn = 0;
  pbx.onEvent((event) => {
    const isWaiting = event.name === 'UserEvent' || event.name === 'QueueCallerJoin';
    const uniqueid = event.headers.find(([name]) => name === 'Uniqueid')?.[1];
    const word = event.headers.find(([name]) => name === 'UserEvent')?.[1];
    if (!isWaiting || uniqueid === undefined || word === 'MovideskMessage') return;
    turn += 1;
    if (turn % 5 === 0) void manager.redirect(uniqueid, 'movidesk-lost', 'nobody');
    else void manager.offer(uniqueid, `100${1 + (turn % 4)}`, 15);
  });
}

test('ten minutes of people: calls are answered, given up and lost, and every hangup of ours is told', async () => {
  const clock = wallClock(200);
  const pbx = await aPbx({ clock, phones: ['1001', '1002', '1003', '1004'] });
  const manager = await aManager(pbx);
  startSwitchboard(pbx, manager);
  const people = startPeople(pbx, {
    callsPerMinute: 12,
    clock,
    random: seededRandom(3),
    talkSeconds: 20,
    patienceSeconds: 40,
    queues: [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }],
  });
  onTestFinished(() => people.stop());
  await pbx.waitFor(() => pbx.callers.length >= 100, 900_000);
  people.stop();
  for (const caller of pbx.callers) caller.hangUp();
  await pbx.waitFor(() => pbx.callers.every((caller) => caller.place === 'gone'), 60_000);
  const hangups = (uniqueid: string): number =>
    manager.events.filter(
      (event) => header(event, 'Event') === 'Hangup' && header(event, 'Uniqueid') === uniqueid,
    ).length;
  const ours = pbx.callers.filter((caller) => caller.variable('MOVIDESK_QUEUE') !== undefined);
  await manager.until(() => ours.every((caller) => hangups(caller.uniqueid) === 1));
  const words = manager.story();
  for (const seen of [
    'DialEnd ANSWER',
    'DialEnd NOANSWER',
    'UserEvent MovideskMessage',
    'UserEvent MovideskDial',
  ]) {
    expect(words).toContain(seen);
  }
  expect(pbx.stats.answers).toBeGreaterThan(20);
});

test('the same seed gives the same chances, another one others', () => {
  const draw = (seed: number): number[] => Array.from({ length: 20 }, seededRandom(seed));
  expect(draw(11)).toEqual(draw(11));
  expect(draw(11)).not.toEqual(draw(12));
  expect(draw(11).every((chance) => chance >= 0 && chance < 1)).toBe(true);
});
