import { describe, expect, it } from 'vitest';
import { newCall, reservedBy, visitOf } from '../../../src/domain/call/call.ts';
import { deadlineOf, longestWatch } from '../../../src/domain/call/deadline.ts';
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

it.each([
  [aCall().waiting(), 600_000],
  [aCall().offeredTo('1001', 'checking', NOW + 5_000), 25_000],
  [aCall().leaving('closed', { lookAt: NOW + 5_000 }), 5_000],
])('is looked at in time though the clock was set back by an hour: %#', (call, ms) => {
  expect(longestWatch(call, someRules())).toBe(ms);
});
