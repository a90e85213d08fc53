import { expect, test } from 'vitest';
import type { RelayEntry } from '../../../src/domain/relay/relay.ts';
import { success } from '../../../src/ports/failure.ts';
import { RelayLane } from '../../../src/runtime/relays/relay-lane.ts';
import { unauthorized, unreachable } from '../../fakes/failures.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { anEntryOf, aState } from './relays.ts';

const agentOf = ({ relay }: RelayEntry): string => ('extension' in relay ? relay.extension : '');

interface Office {
  /** Agents of whom the far side does not let us speak. */
  readonly barred: ReadonlySet<string>;
  readonly mostInFlight: number;
  readonly failure?: typeof unauthorized;
}

const MINUTES = 30;

/** Phones change for half an hour, one of a hundred every two seconds; how late the others are told, and how often the barred are tried. */
async function halfAnHour({ barred, mostInFlight, failure = unauthorized }: Office) {
  const clock = new ManualClock();
  const lane = new RelayLane({ mostInFlight, clock, random: () => 0 }, []);
  const delays: number[] = [];
  let tried = 0;
  const addedAt = new Map<number, number>();
  let seq = 0;
  const add = (agent: string) => {
    seq += 1;
    addedAt.set(seq, clock.monotonic());
    lane.add(anEntryOf(seq, aState(agent, seq % 2 ? 'busy' : 'idle')));
  };
  const turn = () => {
    const sent: RelayEntry[] = [];
    for (let entry = lane.startNext(); entry !== undefined; entry = lane.startNext()) sent.push(entry);
    for (const entry of sent) {
      const isBarred = barred.has(agentOf(entry));
      if (isBarred) tried += 1;
      else delays.push(clock.monotonic() - (addedAt.get(entry.seq) ?? 0));
      lane.settled(entry, isBarred ? { ok: false, failure } : success(undefined));
    }
  };
  for (const agent of barred) add(agent);
  for (let half = 0; half < MINUTES * 120; half += 1) {
    if (half % 4 === 0) add(String(2_000 + ((half / 4) % 100)));
    turn();
    await clock.pass(500);
  }
  return { worstMs: Math.max(...delays), tried, told: delays.length, lane };
}

test.each([
  [1, 8, 1],
  [5, 8, 1],
  [1, 1, 1],
  // One a minute is tried until one of the others is.
  [5, 1, 6],
])(
  '%i agents of whom the far side does not let us speak do not delay the others, with %i under way at a time, for longer than %i minutes',
  async (count, mostInFlight, minutes) => {
    const barred = new Set(Array.from({ length: count }, (_, index) => String(1_000 + index)));
    const { worstMs, tried, told } = await halfAnHour({ barred, mostInFlight });
    expect(told).toBeGreaterThan(MINUTES * 30 - 200);
    // Before anything was heard at all it may be the credential.
    expect(worstMs).toBeLessThanOrEqual(minutes * 60_000);
    // Each by itself: five times in the first minute, then once a minute.
    expect(tried / count).toBeLessThanOrEqual(MINUTES + 6);
  },
);

test('once others were told, whoever is barred delays nobody at all, and is not taken for a far side that is down', async () => {
  const first = await halfAnHour({ barred: new Set(['2050']), mostInFlight: 8 });
  expect(first.worstMs).toBe(0);
  const { lane } = first;
  expect(lane.failingLineCount).toBe(1);
  expect(lane.isFailing).toBe(false);
});

test('an agent who always fails is not tried anew each time that another is told of', async () => {
  const { tried } = await halfAnHour({ barred: new Set(['1000']), mostInFlight: 8, failure: unreachable });
  expect(tried).toBeLessThanOrEqual(MINUTES + 6);
});

test('an agent who always fails is tried no more often where others are told of seldom', async () => {
  const clock = new ManualClock();
  const lane = new RelayLane({ mostInFlight: 8, clock, random: () => 0 }, []);
  let tried = 0;
  lane.add(anEntryOf(1, aState('1000', 'idle')));
  for (let second = 0; second < MINUTES * 60; second += 1) {
    if (second % 20 === 0) lane.add(anEntryOf(second + 2, aState('2000', second % 40 ? 'busy' : 'idle')));
    for (let entry = lane.startNext(); entry !== undefined; entry = lane.startNext()) {
      const fails = agentOf(entry) === '1000';
      if (fails) tried += 1;
      lane.settled(entry, fails ? { ok: false, failure: unreachable } : success(undefined));
    }
    await clock.pass(1_000);
  }
  expect(tried).toBeLessThanOrEqual(MINUTES + 6);
});

test('a credential that is refused for everybody is tried once a minute, and once it is mended all is told at once', async () => {
  const clock = new ManualClock();
  const kept = Array.from({ length: 20 }, (_, index) =>
    anEntryOf(index + 1, aState(String(1_000 + index), 'idle')),
  );
  const lane = new RelayLane({ mostInFlight: 4, clock, random: () => 0 }, kept);
  let tried = 0;
  let isMended = false;
  let told = 0;
  const turn = () => {
    const sent: RelayEntry[] = [];
    for (let entry = lane.startNext(); entry !== undefined; entry = lane.startNext()) sent.push(entry);
    for (const entry of sent) {
      tried += 1;
      if (isMended) told += 1;
      lane.settled(entry, isMended ? success(undefined) : { ok: false, failure: unauthorized });
    }
    return sent.length;
  };
  for (let second = 0; second < 600; second += 1) {
    turn();
    await clock.pass(1_000);
  }
  expect(tried).toBe(10 * 4);
  isMended = true;
  await clock.pass(60_000);
  while (turn() > 0) {}
  expect(told).toBe(20);
  expect(lane.failingLineCount).toBe(0);
});
