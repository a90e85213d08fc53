import { describe, expect, it } from 'vitest';
import { askAnswered, askStarted } from '../../../src/domain/budget/ask-memory.ts';
import { nextRequest } from '../../../src/domain/budget/next-requests.ts';
import { requestStarted } from '../../../src/domain/budget/request-window.ts';
import { evenSpacingMs, reserveOf } from '../../../src/domain/budget/reserve.ts';
import { headAsked, headDenied } from '../../../src/domain/queue/known-agents.ts';
import { anEntry } from '../outbox/entries.ts';

import { asked, denied, head, justSpent, NOW, next, spending } from './some-spending.ts';

describe('a head who waits for long and a caller gone unheard', () => {
  /** What is sent in an hour, and when: the head is never served, and one unit waits from the beginning. */
  function hour(limit: number) {
    let state = spending({
      limit,
      calls: [head],
      entries: [anEntry(1, 'received', 'gone'), anEntry(2, 'canceled', 'gone')],
    });
    const sent: { what: string; afterMs: number }[] = [];
    while (state.now < NOW + 3_600_000) {
      const choice = nextRequest(state);
      if (choice.kind === 'wait') {
        state = { ...state, now: choice.until ?? NOW + 3_600_000 };
        continue;
      }
      const { request } = choice;
      const { now } = state;
      sent.push({ what: request.kind === 'ask' ? 'poll' : request.entry.report.kind, afterMs: now - NOW });
      state = { ...state, window: requestStarted(state.window, now) };
      if (request.kind === 'ask')
        state = {
          ...state,
          asks: askAnswered(askStarted(state.asks, head.callId, now), head.callId),
          agents: headDenied(headAsked(state.agents, head.queue, now), head.queue, now),
        };
      else state = { ...state, entries: state.entries.filter((entry) => entry !== request.entry) };
    }
    return sent;
  }

  it.each([1, 2, 3, 5, 10, 20, 60, 600])('are both served at %d a minute', (limit) => {
    const sent = hour(limit);
    const ending = sent.find(({ what }) => what === 'canceled');
    expect(ending?.afterMs).toBeLessThanOrEqual(5 * 60_500);
    const polls = sent.filter(({ what }) => what === 'poll');
    const gaps = polls.map(({ afterMs }, at) => afterMs - (polls[at - 1]?.afterMs ?? 0));
    expect(Math.max(...gaps)).toBeLessThanOrEqual(4 * 60_500);
  });
});

describe('the registering of a caller for whom an agent may be held', () => {
  it('spends the last permit, like an ending', () => {
    const unheard = anEntry(1, 'received', 'gone');
    const held = { ...unheard, report: { ...unheard.report, mayHoldAgent: true } } as typeof unheard;
    expect(next({ entries: [held], spent: justSpent(9) })).toBe('received gone');
    expect(next({ entries: [unheard], spent: justSpent(9) })).not.toBe('received gone');
  });
});

describe('the limit', () => {
  it.each([
    [1, [0, 0, 0], 60_000],
    [3, [0, 0, 0], 20_000],
    [4, [0, 0, 1], 20_000],
    [7, [0, 1, 2], 12_000],
    [10, [1, 2, 3], 8_572],
    [60, [1, 2, 3], 1_053],
    [600, [1, 2, 3], 1_000],
  ])(
    'of %d a minute keeps back %j permits, and repeats what failed every %d ms',
    (limit, reserve, spacing) => {
      const { ofEagerPolls, ofBlindPolls, ofTheRest } = reserveOf(limit);
      expect([ofEagerPolls, ofBlindPolls, ofTheRest]).toEqual(reserve);
      expect(evenSpacingMs(limit)).toBe(spacing);
    },
  );

  it('of one a minute still serves everybody in turn', () => {
    expect(next({ limit: 1, entries: [anEntry(1, 'received', 'a')] })).toBe('received a');
    expect(next({ limit: 1, calls: [head] })).toBe('blind head');
    expect(next({ limit: 1, calls: [head], spent: [NOW - 10_000] })).toBe('wait 50500');
  });

  it('of 600 a minute keeps only its reserve from guesses', () => {
    const guess = { limit: 600, calls: [head], asks: asked(90_000), agents: denied(90_000) };
    expect(next({ ...guess, spent: justSpent(597) })).toBe('blind head');
    expect(next({ ...guess, spent: justSpent(598) })).toBe('wait 15000');
  });
});
