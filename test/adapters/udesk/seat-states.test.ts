import { describe, expect, test } from 'vitest';
import { SeatStates } from '../../../src/adapters/udesk/seat-states.ts';
import type { AgentState } from '../../../src/domain/relay/agent-state.ts';

const START = 1_000;
const ECHO_MS = 10_000;
const BELIEVED_MS = 5 * 60_000;

/** Udesk has taken these from us, one after the other. */
function told(...states: readonly AgentState[]): SeatStates {
  const seat = new SeatStates();
  for (const state of states) seat.say(state).accepted(START);
  return seat;
}

describe('what we told', () => {
  test.each([
    ['busy', 'busy'],
    ['busy', 'inCall'],
    ['busy', 'locked'],
    ['onBreak', 'onBreak'],
  ] as const)('%s is our own doing where Udesk calls it %s, however much later', (state, heard) => {
    const seat = told(state);
    seat.hear({ state: heard }, START + BELIEVED_MS);
    expect(seat.takenBy(START + BELIEVED_MS)).toBeUndefined();
  });

  test.each([
    [ECHO_MS, undefined],
    [ECHO_MS + 1, 'busy in Udesk'],
  ])('before the last thing is an echo for ten seconds: %d ms', (laterMs, why) => {
    const seat = told('busy', 'idle');
    seat.hear({ state: 'busy' }, START + laterMs);
    expect(seat.takenBy(START + laterMs)).toBe(why);
  });

  test('stays ours for as long as what followed it has not arrived', () => {
    const seat = told('busy');
    seat.say('idle');
    seat.hear({ state: 'busy' }, START + BELIEVED_MS);
    expect(seat.takenBy(START + BELIEVED_MS)).toBeUndefined();
  });

  test('and may have arrived is ours as well', () => {
    const seat = told('idle');
    seat.say('busy');
    seat.hear({ state: 'busy' }, START + 1);
    expect(seat.takenBy(START + 1)).toBeUndefined();
  });

  test.each([
    [[], 'busy in Udesk'],
    [['busy'], undefined],
  ] as const)('and was refused is ours only where it was before: %j', (before, why) => {
    const seat = told('idle', ...before);
    seat.say('busy').refused(START);
    seat.hear({ state: 'busy' }, START + 1);
    expect(seat.takenBy(START + 1)).toBe(why);
  });

  test('ends what they were by themselves', () => {
    const seat = told('idle');
    seat.hear({ state: 'onBreak' }, START + 1);
    seat.say('offline').accepted(START + 2);
    expect(seat.takenBy(START + 2)).toBeUndefined();
    expect(seat.ownChoice).toBeUndefined();
  });

  test.each([
    ['busy', undefined],
    ['onBreak', 'onBreak in Udesk'],
    ['inCall', 'inCall in Udesk'],
  ] as const)('before we were started is not known, so %s counts as %s', (state, why) => {
    const seat = new SeatStates();
    seat.hear({ state }, START);
    expect(seat.takenBy(START)).toBe(why);
  });

  test('and Udesk has never accepted keeps nobody from being taken', () => {
    const seat = new SeatStates();
    seat.say('idle').refused(START);
    seat.hear({ state: 'onBreak' }, START + 1);
    expect(seat.takenBy(START + 1)).toBe('onBreak in Udesk');
  });
});

describe('what they are by themselves', () => {
  test.each(['busy', 'onBreak', 'inCall', 'locked'] as const)('%s takes them, for five minutes', (state) => {
    const seat = told('idle');
    seat.hear({ state }, START);
    expect(seat.takenBy(START + BELIEVED_MS)).toBe(`${state} in Udesk`);
    expect(seat.takenBy(START + BELIEVED_MS + 1)).toBeUndefined();
    // But it stays theirs to end.
    expect(seat.ownChoice?.state).toBe(state);
  });

  test.each([
    ['idle', undefined],
    ['offline', 'offline'],
  ] as const)('%s takes nobody', (state, choice) => {
    const seat = told('busy');
    seat.hear({ state: 'onBreak' }, START);
    seat.hear({ state }, START + 1);
    expect(seat.takenBy(START + 1)).toBeUndefined();
    expect(seat.ownChoice?.state).toBe(choice);
  });

  test.each([
    ['heard', (seat: SeatStates, now: number) => seat.hear({ state: 'unknown' }, now)],
    ['listed', (seat: SeatStates, now: number) => seat.hearListed('unknown', { askedAt: now, now })],
  ])('a word that nobody knows, %s, ends no break before its time, and prolongs none', (_, says) => {
    const seat = told('idle');
    seat.hear({ state: 'onBreak', subState: 3 }, START);
    says(seat, START + BELIEVED_MS);
    expect(seat.takenBy(START + BELIEVED_MS)).toBe('onBreak in Udesk');
    expect(seat.takenBy(START + BELIEVED_MS + 1)).toBeUndefined();
    expect(seat.ownChoice).toMatchObject({ state: 'onBreak', subState: 3 });
  });

  test('a word that nobody knows takes nobody of whom nothing was known', () => {
    const seat = told('idle');
    seat.hear({ state: 'unknown' }, START);
    expect(seat.takenBy(START)).toBeUndefined();
    expect(seat.ownChoice).toBeUndefined();
  });

  test('what is forgotten is not believed any more', () => {
    const seat = told('idle');
    seat.hear({ state: 'onBreak' }, START);
    seat.forget(START + 1);
    expect(seat.takenBy(START + 1)).toBeUndefined();
    expect(seat.ownChoice).toBeUndefined();
  });

  test('the kind of break is known until it is another one', () => {
    const seat = told('idle');
    seat.hear({ state: 'onBreak', subState: 3 }, START);
    seat.hear({ state: 'onBreak' }, START + 1);
    expect(seat.ownChoice).toMatchObject({ state: 'onBreak', subState: 3 });
    seat.hear({ state: 'onBreak', subState: 0 }, START + 2);
    expect(seat.ownChoice).toMatchObject({ subState: 0 });
    seat.hear({ state: 'busy' }, START + 3);
    expect(seat.ownChoice?.subState).toBeUndefined();
  });
});

describe('the list', () => {
  const later = { askedAt: START + 5, now: START + 6 };

  test('says who is taken', () => {
    const seat = told('idle');
    seat.hearListed('locked', later);
    expect(seat.takenBy(later.now)).toBe('locked in Udesk');
  });

  test.each([
    ['was heard', (seat: SeatStates, at: number) => seat.hear({ state: 'idle' }, at)],
    ['was told', (seat: SeatStates, at: number) => seat.say('idle').accepted(at)],
  ])('is older than what %s since it was asked for', (_, happens) => {
    const seat = told('idle');
    happens(seat, START + 20 * ECHO_MS);
    seat.hearListed('locked', { askedAt: START + 20 * ECHO_MS - 1, now: START + 20 * ECHO_MS + 1 });
    expect(seat.takenBy(START + 20 * ECHO_MS + 1)).toBeUndefined();
  });

  test.each([
    ['busy', 'busy'],
    ['onBreak', 'onBreak'],
    ['offline', 'offline'],
    ['inCall', undefined],
    ['locked', undefined],
  ] as const)('that says “not available” of somebody who was %s leaves them %s', (state, choice) => {
    const seat = told('idle');
    seat.hear({ state, subState: 3 }, START);
    seat.hearListed('offline', { askedAt: START + BELIEVED_MS, now: START + BELIEVED_MS + 1 });
    expect(seat.ownChoice?.state).toBe(choice);
    expect(seat.takenBy(START + 2 * BELIEVED_MS)).toBe(
      choice === undefined || choice === 'offline' ? undefined : `${choice} in Udesk`,
    );
  });

  test('that says it for longer than a break lasts is not believed to mean one', () => {
    const seat = told('idle');
    seat.hear({ state: 'onBreak' }, START);
    const hours = (count: number) => START + count * 3_600_000;
    seat.hearListed('offline', { askedAt: hours(1), now: hours(1) });
    expect(seat.takenBy(hours(1))).toBe('onBreak in Udesk');
    seat.hearListed('offline', { askedAt: hours(2), now: hours(2) });
    expect(seat.takenBy(hours(2))).toBeUndefined();
  });

  test('that says it of somebody of whom nothing was heard says nothing', () => {
    const seat = told('idle');
    seat.hearListed('offline', later);
    expect(seat.ownChoice).toBeUndefined();
  });
});
