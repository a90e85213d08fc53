import { expect, test } from 'vitest';
import { RequestPace } from '../../../src/adapters/ccai/request-pace.ts';
import { ManualClock, settled } from '../../fakes/manual-clock.ts';

function aPace({ mostInFlight = 1_000, patienceMs = 60_000 } = {}) {
  const clock = new ManualClock();
  const pace = new RequestPace({ clock, mostInFlight, patienceMs });
  const started: { readonly which: number; readonly at: number }[] = [];
  const begin = (which: number, work: Promise<unknown> = Promise.resolve()) =>
    pace.run(async () => {
      started.push({ which, at: clock.monotonic() });
      await work;
      return which;
    });
  return { clock, pace, started, begin };
}

const upTo = (count: number) => Array.from({ length: count }, (_, which) => which);

test('ten go at once, and the others when there is room, in the order of their coming', async () => {
  const { clock, started, begin } = aPace();
  const all = Promise.all(upTo(35).map((which) => begin(which)));
  await settled();
  expect(started).toHaveLength(10);
  await clock.pass(10_000);
  expect(await all).toEqual(upTo(35));
  expect(started.map(({ which }) => which)).toEqual(upTo(35));
});

test('no second of any position sees more than ten, however they come', async () => {
  const { clock, started, begin } = aPace();
  for (const which of upTo(60)) {
    void begin(which);
    await clock.pass((which * 37) % 190);
  }
  await clock.pass(60_000);
  expect(started).toHaveLength(60);
  for (const { at } of started)
    expect(started.filter((other) => other.at >= at && other.at < at + 1_000).length).toBeLessThanOrEqual(10);
});

test('nobody waits who comes when there is room', async () => {
  const { clock, started, begin } = aPace();
  for (const which of upTo(20)) {
    await begin(which);
    await clock.pass(200);
  }
  expect(started).toHaveLength(20);
  expect(clock.pending).toBe(0);
});

test('no more are under way than there are connections, so that nobody begins later than it is counted', async () => {
  const { started, begin } = aPace({ mostInFlight: 2 });
  const first = Promise.withResolvers<void>();
  void begin(0, first.promise);
  void begin(1, new Promise(() => {}));
  const third = begin(2);
  await settled();
  expect(started.map(({ which }) => which)).toEqual([0, 1]);
  first.resolve();
  expect(await third).toBe(2);
});

test('work that fails makes room like any other', async () => {
  const { pace, begin } = aPace({ mostInFlight: 1 });
  await expect(pace.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect(await begin(1)).toBe(1);
});

test('whoever has waited too long gives up, and those behind them go on waiting', async () => {
  const { clock, started, begin } = aPace({ mostInFlight: 1, patienceMs: 5_000 });
  const first = Promise.withResolvers<void>();
  void begin(0, first.promise);
  const second = begin(1);
  await clock.pass(3_000);
  const third = begin(2);
  await clock.pass(2_000);
  expect(await second).toBe(undefined);
  first.resolve();
  expect(await third).toBe(2);
  expect(started.map(({ which }) => which)).toEqual([0, 2]);
  await clock.pass(60_000);
  expect(clock.pending).toBe(0);
});

test('more than a hundred do not wait', async () => {
  const { begin } = aPace({ mostInFlight: 1 });
  void begin(0, new Promise(() => {}));
  for (const which of upTo(100)) void begin(which);
  expect(await begin(101)).toBe(undefined);
});

test('closing sends away whoever waits, and whoever comes later', async () => {
  const { clock, pace, started, begin } = aPace();
  const all = upTo(15).map((which) => begin(which));
  await settled();
  pace.close();
  expect(await Promise.all(all)).toEqual(upTo(15).map((which) => (which < 10 ? which : undefined)));
  expect(await begin(15)).toBe(undefined);
  expect(started).toHaveLength(10);
  expect(clock.pending).toBe(0);
});
