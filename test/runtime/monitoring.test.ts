import { expect, test } from 'vitest';
import { callIdFrom } from '../../src/domain/identity.ts';
import type { Originated } from '../../src/ports/pbx.ts';
import { Monitoring } from '../../src/runtime/monitoring.ts';
import { extension } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';

const SUPERVISOR = extension('1900');

function listening(outcome: Originated, afterMs = 0) {
  const clock = new ManualClock();
  let rung = 0;
  const hearCall = async () => {
    rung += 1;
    if (afterMs > 0) await new Promise<void>((resolve) => void clock.after(afterMs, resolve));
    return outcome;
  };
  const log = new MemoryLog();
  const monitoring = new Monitoring({ pbx: { hearCall }, clock, log, ringMs: 30_000, callsPerMinute: 2 });
  const hears = (id: string, agent = '1001') => monitoring.hear(callIdFrom(id), SUPERVISOR, extension(agent));
  return { clock, hears, log, rung: () => rung };
}

test('a supervisor who clicks twice is rung once, and so many times a minute', async () => {
  const { clock, hears } = listening({ ok: true });
  expect(await hears('a')).toEqual({ kind: 'made', callId: 'a' });
  expect(await hears('b')).toEqual({ kind: 'made', callId: 'a' });
  await clock.pass(2_000);
  expect(await hears('c')).toEqual({ kind: 'made', callId: 'c' });
  expect(await hears('d', '1002')).toEqual({ kind: 'too-many', retryAfterMs: 58_000 });
});

test.each<[Originated, string]>([
  [{ ok: false, problem: 'unknown-outcome', cause: 'no answer' }, 'unknown'],
  [{ ok: false, problem: 'forbidden', cause: 'Permission denied' }, 'unavailable'],
])('the PBX said %j to it: %s', async (outcome, kind) => {
  expect(await listening(outcome).hears('a')).toEqual({ kind });
});

test('where there is no link to the PBX the log says so, and not that the PBX was asked', async () => {
  const { hears, log } = listening({ ok: false, problem: 'unlinked', cause: 'no link to the PBX' });
  expect(await hears('a')).toEqual({ kind: 'unavailable' });
  expect(log.lines.map(({ level, message }) => [level, message])).toEqual([
    ['warn', 'there is no link to the PBX to make a call over: nobody was rung'],
  ]);
});

test('of one who clicks twice before the PBX has said a word both hear what it says, and nobody is rung twice', async () => {
  const { hears, rung } = listening({ ok: false, problem: 'unknown-outcome', cause: 'no answer' });
  expect(await Promise.all([hears('a'), hears('b')])).toEqual([{ kind: 'unknown' }, { kind: 'unknown' }]);
  expect(await hears('c'), 'the phone may be ringing').toEqual({ kind: 'unknown' });
  expect(rung()).toBe(1);
});

test('while the PBX takes its time nobody is rung twice, and after its word for as long as a double click takes', async () => {
  const { clock, hears, rung } = listening({ ok: true }, 5_000);
  const clicks = [hears('a')];
  await clock.pass(4_000);
  clicks.push(hears('b'));
  await clock.pass(1_000);
  expect(await Promise.all(clicks)).toEqual([
    { kind: 'made', callId: 'a' },
    { kind: 'made', callId: 'a' },
  ]);
  await clock.pass(1_000);
  expect(await hears('c')).toEqual({ kind: 'made', callId: 'a' });
  expect(rung()).toBe(1);
});

test('who was refused may try again at once', async () => {
  const { hears, rung } = listening({ ok: false, problem: 'unlinked', cause: 'not connected' });
  for (const id of ['a', 'b']) await hears(id);
  expect(rung()).toBe(2);
});
