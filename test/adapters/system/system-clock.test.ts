import { execFileSync } from 'node:child_process';
import { uptime } from 'node:os';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { systemRandom } from '../../../src/adapters/system/system-random.ts';

test('a timer calls back once, and not before its time', async () => {
  const start = systemClock.monotonic();
  let calls = 0;
  await new Promise<void>((resolve) => {
    systemClock.after(20, () => {
      calls += 1;
      resolve();
    });
  });
  // A millisecond of grace: timers and the monotonic clock round differently.
  expect(systemClock.monotonic() - start).toBeGreaterThanOrEqual(19);
  expect(calls).toBe(1);
});

test('a timer that was canceled does not call back', async () => {
  const calls: string[] = [];
  const cancel = systemClock.after(1, () => calls.push('canceled'));
  cancel();
  await new Promise<void>((resolve) => {
    systemClock.after(5, () => {
      calls.push('kept');
      resolve();
    });
  });
  expect(calls).toEqual(['kept']);
});

test('a wait longer than the machine can count does not come at once', async () => {
  const calls: string[] = [];
  const cancel = systemClock.after(3_000_000_000, () => calls.push('the long wait'));
  await new Promise<void>((resolve) => {
    systemClock.after(5, resolve);
  });
  cancel();
  expect(calls).toEqual([]);
});

test('the clock that never jumps means the same in another process: it counts from the boot of the machine', () => {
  const clock = fileURLToPath(new URL('../../../src/adapters/system/system-clock.ts', import.meta.url));
  const script = `console.log((await import(${JSON.stringify(clock)})).systemClock.monotonic())`;
  const before = systemClock.monotonic();
  const there = Number(
    execFileSync(process.execPath, ['--input-type=module', '--eval', script], { env: {} }),
  );
  const after = systemClock.monotonic();
  expect(there).toBeGreaterThan(before);
  expect(there).toBeLessThan(after);
  // The machine's own word for how long it is up counts sleep, too.
  expect(after).toBeLessThanOrEqual((uptime() + 1) * 1_000);
});

test('the wall clock tells milliseconds since the epoch', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1_000);
});

test('chance is at least 0 and less than 1', () => {
  const drawn = Array.from({ length: 1_000 }, systemRandom);
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
  expect(Math.max(...drawn)).toBeLessThan(1);
  expect(new Set(drawn).size).toBeGreaterThan(900);
});
