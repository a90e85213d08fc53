import { expect, test } from 'vitest';
import { noAnswer, refused, throttled, unauthorized, unreachable } from '../../fakes/failures.ts';
import { ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { RelayOffice, RelayStage } from './relay-stage.ts';

/** An agent has put a call on hold and taken it off, and the far side has refused the first. */
async function aRefusedHold(office: RelayOffice): Promise<void> {
  office.relay.failsOnce(refused, '1001 holds udesk-1');
  office.does('1001', 'held', 'udesk-1');
  office.does('1001', 'resumed', 'udesk-1');
  await office.pass(30);
  expect(await office.owed()).toEqual(['call udesk-1: 422 no such id', 'call udesk-1: due']);
}

/** The number of the first that is set aside. */
async function parkedIn(office: RelayOffice): Promise<number> {
  const { relays } = await office.store.load();
  return relays.find(({ parkedBecause }) => parkedBecause !== undefined)?.seq ?? 0;
}

test('a refused relay that a person releases is sent within five seconds, and what waited behind it follows', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  const seq = await parkedIn(office);
  await office.byHand((parked) => parked.release(seq));
  expect(office.relay.told).toEqual(['1001 idle', '1001 holds udesk-1', '1001 resumes udesk-1']);
  expect(await office.owed()).toEqual([]);
});

test('a refused relay that a person gives up is never sent, and what waited behind it is', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  const seq = await parkedIn(office);
  await office.byHand((parked) => parked.drop(seq, office.clock.now()));
  expect(office.relay.told).toEqual(['1001 idle', '1001 resumes udesk-1']);
  expect(await office.owed()).toEqual([]);
});

test('a refused relay that a person releases the next hour is sent, late as it is', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  await office.pass(3_600);
  await office.byHand((parked) => parked.releaseAll());
  expect(office.relay.told.slice(1)).toEqual(['1001 holds udesk-1']);
  // What waited behind it nobody has asked for: it comes too late.
  expect(await office.owed()).toEqual([]);
});

test('what was refused of a call, and nobody has looked at for a day, is given up with all that waited behind it', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  await office.pass(23 * 3_600);
  expect(await office.owed()).toHaveLength(2);
  await office.pass(3_600 + 120);
  expect(await office.owed()).toEqual([]);
  expect(office.bridge.readiness['udesk']).toEqual({ state: 'ready' });
});

test('a transfer that nobody knows of is not said to fail any more when a person has looked', async () => {
  await using office = await RelayOffice.knowing('1001');
  for (const call of ['udesk-1', 'udesk-2']) {
    office.relay.failsOnce(noAnswer, `1001 sends ${call} to 1002`);
    office.sends('1001', call, '1002');
  }
  office.does('1001', 'held', 'udesk-3');
  await office.pass(10);
  expect(office.bridge.readiness['udesk']).toMatchObject({ state: 'degraded', why: '2 refused: see outbox' });
  for (const _ of [1, 2]) {
    const seq = await parkedIn(office);
    await office.byHand((parked) => parked.drop(seq, office.clock.now()));
  }
  expect(office.bridge.readiness['udesk']).toEqual({ state: 'ready' });
});

test('when the only thing to tell was never answered, it is said to wait for a person, and nothing is when they have looked', async () => {
  await using office = await RelayOffice.knowing('1001');
  office.relay.failsOnce(noAnswer, '1001 sends udesk-1 to 1002');
  office.sends('1001', 'udesk-1', '1002');
  await office.pass(10);
  // Not how long it fails: it is not tried.
  expect(office.bridge.readiness['udesk']).toMatchObject({ state: 'degraded', why: '1 refused: see outbox' });
  const seq = await parkedIn(office);
  await office.byHand((parked) => parked.drop(seq, office.clock.now()));
  expect(office.bridge.readiness['udesk']).toEqual({ state: 'ready' });
});

test('a released relay that is refused again is set aside again', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  office.relay.failsOnce(refused);
  await office.byHand((parked) => parked.releaseAll());
  expect(await office.owed()).toEqual(['call udesk-1: 422 no such id', 'call udesk-1: due']);
});

test('an agent’s refused state that a person releases is not told where a newer one came at the same moment', async () => {
  await using office = await RelayOffice.knowing('1001');
  office.relay.failsOnce(refused, '1001 busy');
  office.shows('1001', 'INUSE');
  await office.pass(10);
  const seq = await parkedIn(office);
  await office.byHand((parked) => {
    parked.release(seq);
    office.shows('1001', 'UNAVAILABLE');
  });
  expect(office.relay.told).toEqual(['1001 idle', '1001 offline']);
  expect(await office.owed()).toEqual([]);
});

test('what was released or given up while the daemon was away is so when it is back', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  office.relay.failsOnce(refused, '1001 holds udesk-2');
  office.does('1001', 'held', 'udesk-2');
  await office.pass(10);
  await office.stop();
  const { relays } = await office.store.load();
  const [first, , second] = relays.map(({ seq }) => seq);
  await office.byHand((parked) => {
    parked.drop(first ?? 0, office.clock.now());
    parked.release(second ?? 0);
  });
  await office.start();
  await office.pass(1);
  expect(office.relay.told.slice(1).toSorted()).toEqual(['1001 holds udesk-2', '1001 resumes udesk-1']);
});

test('a person’s hand on a report to the help desk is not felt by a relay, nor the other way round', async () => {
  await using office = await RelayOffice.knowing('1001');
  await aRefusedHold(office);
  await office.talks('a', '2001');
  office.helpDesk.failsOnce(refused);
  office.pbx.hangsUp('a');
  await office.pass(5);
  const seq = await parkedIn(office);
  await office.byHand((parked) => parked.release(seq));
  expect(office.relay.told.at(-1)).toBe('1001 resumes udesk-1');
  expect(office.helpDesk.toldOf('pbx1-a')).toEqual(['ask', 'transfered 2001']);
  await office.byHand((parked) => parked.releaseAll());
  expect(office.helpDesk.toldOf('pbx1-a').at(-1)).toBe('completed');
});

test.each([
  ['throttled', throttled()],
  ['unauthorized', unauthorized],
])('a lane that is %s waits by itself: other lanes and the help desk go on', async (_, failure) => {
  const stage = new RelayStage();
  const other = new ScriptedRelay(stage.clock, { lane: 'ccai' });
  stage.relays = [stage.relay, other];
  await stage.start();
  stage.relay.knows('1001', '1002');
  await stage.pass(1);
  const told = ['1001 idle', '1002 idle'];
  stage.relay.failure = failure;
  for (const number of ['1001', '1002']) stage.shows(number, 'INUSE');
  await stage.pass(0.5);
  stage.relay.failure = undefined;
  for (const number of ['1001', '1002']) stage.shows(number, 'NOT_INUSE');
  await stage.talks('a', '2001');
  stage.pbx.hangsUp('a');
  await stage.pass(30);
  expect(stage.relay.asked.map(({ words }) => words)).toEqual([...told, '1001 busy', '1002 busy']);
  expect(stage.helpDesk.toldOf('pbx1-a')).toEqual(['ask', 'transfered 2001', 'completed']);
  await stage.pass(30);
  expect(stage.relay.told).toEqual([...told, ...told]);
});

test('a far side that was away for a minute knows everybody as they are soon after', async () => {
  const numbers = Array.from({ length: 50 }, (_, index) => String(1_001 + index));
  const stage = new RelayStage();
  await stage.begins(...numbers);
  stage.relay.failure = unreachable;
  for (let second = 0; second < 60; second += 1) {
    for (const [index, number] of numbers.entries())
      if (index % 7 === second % 7) stage.shows(number, second % 3 === 0 ? 'INUSE' : 'NOT_INUSE');
    await stage.pass(1);
  }
  for (const number of numbers) stage.shows(number, 'UNAVAILABLE');
  stage.relay.failure = undefined;
  await stage.pass(5);
  for (const number of numbers) expect(stage.relay.toldOf(number).at(-1)).toBe(`${number} offline`);
  expect(await stage.owed()).toEqual([]);
});
