import { describe, expect, it } from 'vitest';
import { newCall, reservedBy, visitOf } from '../../../src/domain/call/call.ts';
import { deadlineOf, msUntilDeadline } from '../../../src/domain/call/deadline.ts';
import { aCall, MORNING, NOW, someRules } from '../builders.ts';

const everyPhase = [
  aCall().waiting(),
  aCall().offeredTo('1001'),
  aCall().talkingTo('1001'),
  aCall().leaving('closed'),
  aCall().ended('lost'),
];

describe('a call that nothing happens to', () => {
  it.each([
    ['waiting', aCall().waiting(), MORNING + 600_000],
    ['offered', aCall().offeredTo('1001', 'moving', NOW + 7), NOW + 7],
    ['on its way out', aCall().leaving('closed', { lookAt: NOW + 8 }), NOW + 8],
    ['arrived where it leaves', aCall().leaving('closed', { lookAt: undefined }), undefined],
    ['talking', aCall().talkingTo('1001'), undefined],
    ['ended', aCall().ended('completed'), undefined],
  ])('is looked at in time while %s', (_, call, at) => {
    expect(deadlineOf(call, someRules())).toBe(at);
  });
});

describe('an extension', () => {
  it('is reserved while it is offered, and only then', () => {
    expect(everyPhase.map(reservedBy)).toEqual([undefined, '1001', undefined, undefined, undefined]);
  });
});

describe('a visit', () => {
  it('is the same in every phase, with nothing of the phase in it', () => {
    const visits = everyPhase.map((call) => JSON.stringify(visitOf(call)));
    expect(new Set(visits).size).toBe(1);
    expect(Object.keys(visitOf(aCall().talkingTo('1001')))).not.toContain('extension');
  });

  it('begins with waiting, unasked', () => {
    const { hearing: _, ...visit } = visitOf(aCall().waiting());
    expect(newCall(visit)).toEqual(aCall().unasked().waiting());
  });
});

describe('how long until a call is looked at', () => {
  const HOUR_MS = 3_600_000;
  const rules = someRules({ maxWaitMs: 600_000 });
  const waiting = { ...aCall().enteredAt(NOW).waiting(), enteredAtMonotonic: 50_000 };

  it.each([0, HOUR_MS, -HOUR_MS])(
    'is what is left of their wait, though the clock was set by %i ms',
    (setBy) => {
      expect(msUntilDeadline(waiting, rules, { now: NOW + setBy, monotonic: 250_000 })).toBe(400_000);
      expect(msUntilDeadline(waiting, rules, { now: NOW + setBy, monotonic: 900_000 })).toBe(0);
    },
  );

  it('is told by the wall clock where the machine was booted since, or the instant was not kept', () => {
    const rebooted = { now: NOW + 100_000, monotonic: 20_000 };
    expect(msUntilDeadline(waiting, rules, rebooted)).toBe(500_000);
    const old = { ...waiting, enteredAtMonotonic: Number.NaN };
    expect(msUntilDeadline(old, rules, { ...rebooted, monotonic: 900_000 })).toBe(500_000);
    expect(msUntilDeadline(waiting, rules, { now: NOW - HOUR_MS, monotonic: 20_000 })).toBe(600_000);
  });

  it.each([
    [aCall().offeredTo('1001', 'checking', NOW + 5_000), 25_000],
    [aCall().leaving('closed', { lookAt: NOW + 5_000 }), 5_000],
  ])('is never more than its whole length, though the clock was set back by an hour: %#', (call, ms) => {
    expect(msUntilDeadline(call, rules, { now: NOW, monotonic: 0 })).toBe(5_000);
    expect(msUntilDeadline(call, rules, { now: NOW - HOUR_MS, monotonic: 0 })).toBe(ms);
  });

  it('is nothing where nothing is awaited', () => {
    expect(msUntilDeadline(aCall().talkingTo('1001'), rules, { now: NOW, monotonic: 0 })).toBeUndefined();
  });
});
