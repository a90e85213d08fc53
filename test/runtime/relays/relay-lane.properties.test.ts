import fc from 'fast-check';
import { test } from 'vitest';
import { isState, type RelayEntry } from '../../../src/domain/relay/relay.ts';
import { success } from '../../../src/ports/failure.ts';
import {
  broken,
  noAnswer,
  refused,
  throttled,
  unauthorized,
  unavailable,
  unreachable,
} from '../../fakes/failures.ts';
import { LaneWorld, type Turn } from './lane-world.ts';

const outcomes = [
  success(undefined),
  success({ name: 'task-77' }),
  ...[unreachable, broken, noAnswer, unavailable, refused, throttled(2_000), throttled(), unauthorized].map(
    (failure) => ({ ok: false, failure }) as const,
  ),
];

const turn: fc.Arbitrary<Turn> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ what: fc.constant('state'), of: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constant('deed'), of: fc.nat(3) }) },
  {
    weight: 6,
    arbitrary: fc.record({
      what: fc.constant('settles'),
      pick: fc.nat(9),
      outcome: fc.constantFrom(...outcomes),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('passes'), ms: fc.constantFrom(0, 700, 5_000, 60_000) }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('released'), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('given up'), pick: fc.nat(9) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('restarts') }) },
);
const life = fc.record({
  mostInFlight: fc.integer({ min: 1, max: 3 }),
  turns: fc.array(turn, { maxLength: 80 }),
});

/** Lives a life, and holds each of these to be true after each of its turns. */
async function always(law: (world: LaneWorld) => string | undefined): Promise<void> {
  await fc.assert(
    fc.asyncProperty(life, async ({ mostInFlight, turns }) => {
      const world = new LaneWorld(mostInFlight);
      for (const each of turns) {
        await world.take(each);
        const broken = law(world);
        if (broken !== undefined) throw new Error(broken);
      }
    }),
    { numRuns: 400 },
  );
}

test('no more are on their way than the far side bears, and one of a line at a time', () =>
  always(({ onTheirWay, mostInFlight }) => {
    if (onTheirWay.length > mostInFlight) return `${onTheirWay.length} on their way`;
    const lines = new Set(onTheirWay.map(({ line }) => line));
    return lines.size < onTheirWay.length ? 'two of a line on their way' : undefined;
  }));

test('what is sent is the oldest of its line that is not settled', () =>
  always(({ sentNow, unsettled }) => {
    const overtaking = sentNow.find((entry) => unsettled.some((other) => isBefore(other, entry)));
    return overtaking && `${overtaking.seq} overtakes`;
  }));

test('what was refused is not sent before a person has released it', () =>
  always(({ sentNow }) => {
    const refusedOne = sentNow.find(({ parkedBecause }) => parkedBecause !== undefined);
    return refusedOne && `${refusedOne.seq} was refused`;
  }));

test('what must not be done twice is not sent again while it may have been done, unless a person wants it', () =>
  always(({ isSentTwice }) => isSentTwice && `${isSentTwice.seq} is sent twice`));

const isBefore = (one: RelayEntry, other: RelayEntry) => one.line === other.line && one.seq < other.seq;

test('nothing is lost: all of it was delivered, given up, is moot by a newer state, or is still known to the store', () =>
  always(({ added, settled, kept }) => {
    const lost = added.find(({ seq }) => !settled.has(seq) && !kept.some((entry) => entry.seq === seq));
    return lost && `${lost.seq} is lost`;
  }));

test('only states are moot, and only where a newer one of their agent is there to be told, or was', () =>
  always(({ added, settled }) => {
    const wrong = added.find(
      (entry) =>
        settled.get(entry.seq) === 'superseded' &&
        !(isState(entry.relay) && added.some((other) => isBefore(entry, other))),
    );
    return wrong && `${wrong.seq} is moot`;
  }));

test('of an agent no more than one state waits besides the one on its way', () =>
  always(({ kept, onTheirWay, hasRestarted }) => {
    const waiting = kept.filter(
      (entry) => isState(entry.relay) && !onTheirWay.some(({ seq }) => seq === entry.seq),
    );
    // The one that was on its way before a restart may have been heard or not: it is told again.
    const most = hasRestarted ? 2 : 1;
    const tooMany = waiting.find(({ line }) => waiting.filter((other) => other.line === line).length > most);
    return tooMany && `${tooMany.line} waits more than once`;
  }));

test('when the far side takes everything again, and a person releases what it refused, all of it is told soon', () =>
  fc.assert(
    fc.asyncProperty(life, async ({ mostInFlight, turns }) => {
      const world = new LaneWorld(mostInFlight);
      for (const each of turns) await world.take(each);
      await world.calmsDown();
      if (world.kept.length > 0) throw new Error(`${world.kept.length} are still to be told`);
      const untold = world.added.find(({ seq }) => !world.settled.has(seq));
      if (untold !== undefined) throw new Error(`${untold.seq} was never settled`);
    }),
    { numRuns: 400 },
  ));
