import { expect, test } from 'vitest';
import { type Examination, examineAll } from '../../../src/cli/check/examination.ts';
import { ok } from '../../../src/cli/check/finding.ts';
import { lineOf, sumOf } from '../../../src/cli/check/report.ts';
import { WaitingLine } from '../../../src/cli/check/waiting-line.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const watcher = { onBegin: () => {}, onFound: () => {} };
const goingOn = () => new AbortController().signal;
const never = () => new Promise<never>(() => {});
const look = (what: string, examine: Examination['examine']): Examination => ({
  area: 'a',
  what,
  deadlineMs: 5_000,
  examine,
});
const good = look('good', () => [ok('good', 'fine')]);

test('an examination that never ends is given up at its deadline, and the next one begins', async () => {
  const clock = new ManualClock();
  const examined = examineAll([look('stuck', never), good], { clock, stop: goingOn() }, watcher);
  await clock.pass(5_000);
  expect(await examined).toMatchObject([
    { area: 'a', name: 'stuck', state: 'FAIL', found: 'no result within 5 s' },
    { area: 'a', name: 'good', state: 'ok' },
  ]);
  expect(clock.pending).toBe(0);
});

test('whoever asks it to stop is obeyed at once, and told what was not looked at', async () => {
  const stop = new AbortController();
  const examined = examineAll(
    [look('stuck', never), good],
    { clock: new ManualClock(), stop: stop.signal },
    watcher,
  );
  stop.abort();
  expect(await examined).toMatchObject([
    { name: 'stuck', state: 'skipped', found: 'asked to stop' },
    { name: 'good', state: 'skipped', found: 'asked to stop' },
  ]);
});

test('a person who waits longer than a second sees for what, and it goes again', async () => {
  const clock = new ManualClock();
  const written: string[] = [];
  const line = new WaitingLine((text) => written.push(text), clock);
  line.begin('quick');
  await clock.pass(999);
  line.begin('pbx: the login');
  await clock.pass(1_000);
  expect(written).toEqual(['looking at pbx: the login …']);
  line.end();
  expect(written.at(-1)).toBe('\r\u001b[K');
  line.end();
  expect(written).toHaveLength(2);
});

test('of what leaves no moment to tell it later, a person is told at once', () => {
  const clock = new ManualClock();
  const written: string[] = [];
  const line = new WaitingLine((text) => written.push(text), clock);
  line.begin('store: the store', true);
  expect(written).toEqual(['looking at store: the store …']);
  line.end();
  expect(written.at(-1)).toBe('\r\u001b[K');
});

test('where no terminal is, nothing is written of waiting', async () => {
  const clock = new ManualClock();
  const line = new WaitingLine(undefined, clock);
  line.begin('anything');
  expect(clock.pending).toBe(0);
  line.end();
});

test('a finding is one line, whatever a far side wrote into it', () => {
  const line = lineOf({
    area: 'pbx',
    state: 'FAIL',
    name: 'login',
    found: 'a\nb\u001b[31m',
    remedy: 'mend it',
  });
  expect(line).toMatch(/^FAIL {5}pbx: login +a\\u\{a\}b\\u\{1b\}\[31m → mend it$/);
});

test('the last line counts what was found', () => {
  const finding = { area: 'a', name: 'n', found: 'f' } as const;
  expect(
    sumOf([
      { ...finding, state: 'ok' },
      { ...finding, state: 'skipped' },
    ]),
  ).toBe('1 ok, 0 warn, 0 FAIL, 1 skipped.');
  expect(sumOf([{ ...finding, state: 'FAIL', remedy: 'r' }])).toMatch(/1 FAIL, .* run check again\.$/);
});
