import { describe, expect, it } from 'vitest';
import type { AskMemory } from '../../../src/domain/budget/ask-memory.ts';
import { askedInVain, askStarted, noAsks } from '../../../src/domain/budget/ask-memory.ts';
import { noneHeld } from '../../../src/domain/budget/held-polls.ts';
import type { Choice, Spending } from '../../../src/domain/budget/next-requests.ts';
import { blindSpacingMs, nextRequest, reserveOf } from '../../../src/domain/budget/next-requests.ts';
import { requestStarted } from '../../../src/domain/budget/request-window.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { aCall, extension } from '../builders.ts';
import { anEntry } from '../outbox/entries.ts';

const NOW = 1_000_000;

/** Ten requests a minute, none spent, nothing to do. */
function spending(changes: Partial<Spending> & { limit?: number; spent?: readonly number[] } = {}): Spending {
  const { limit = 10, spent = [], ...rest } = changes;
  return {
    now: NOW,
    window: { limit, startedAt: spent },
    calls: [],
    entries: [],
    asks: noAsks,
    held: noneHeld,
    inFlight: new Set(),
    retryAt: new Map(),
    mayAsk: true,
    ...rest,
  };
}

/** So many requests, the first a second ago. */
const justSpent = (count: number) => Array.from({ length: count }, (_, at) => NOW - 1_000 + at);

function chosen(choice: Choice): string {
  if (choice.kind === 'wait') return choice.until === undefined ? 'nothing' : `wait ${choice.until - NOW}`;
  const { request } = choice;
  return request.kind === 'ask'
    ? `${request.why} ${request.call.callId}`
    : `${request.entry.report.kind} ${request.entry.report.callId}`;
}
const next = (changes: Parameters<typeof spending>[0]) => chosen(nextRequest(spending(changes)));

const head = aCall().withId('head').enteredAt(1_000).heard().waiting();
const later = aCall().withId('later').enteredAt(2_000);
const inVain = askedInVain(noAsks, callIdFrom('head'), extension('1001'));
const askedAgo = (ms: number, why: 'blind' | 'newcomer' = 'blind'): AskMemory =>
  askStarted(noAsks, callIdFrom('head'), why, NOW - ms);

describe('who spends the next request', () => {
  const everything = {
    calls: [head, later.unasked().waiting()],
    entries: [
      anEntry(1, 'received', 'unheard'),
      anEntry(2, 'canceled', 'unheard'),
      anEntry(3, 'made-call-link', 'made'),
      anEntry(4, 'completed', 'done'),
      anEntry(5, 'transfered', 'talking'),
    ],
    asks: inVain,
  };

  it('is decided by class: an agent’s screen, endings, hurried heads, newcomers, the unheard, blind polls', () => {
    const calls = [...everything.calls, aCall().withId('other').inQueue('sales').heard().waiting()];
    const order: string[] = [];
    let state: Spending = spending({ ...everything, calls, limit: 100 });
    for (let turn = 0; turn < 7; turn++) {
      const choice = nextRequest(state);
      order.push(chosen(choice));
      if (choice.kind === 'wait') break;
      const { request } = choice;
      const callId = request.kind === 'ask' ? request.call.callId : request.entry.report.callId;
      state = { ...state, inFlight: new Set(state.inFlight).add(callId) };
    }
    expect(order).toEqual([
      'transfered talking',
      'completed done',
      'again head',
      'newcomer later',
      'received unheard',
      'blind other',
      'made-call-link made',
    ]);
  });

  it('is nobody where nothing is to be done', () => {
    expect(next({})).toBe('nothing');
  });

  it.each([
    ['transfered', 'transfered a'],
    ['completed', 'completed a'],
    ['lost', 'lost a'],
    ['canceled', 'canceled a'],
  ] as const)('may be %s with the last permit', (kind, request) => {
    expect(next({ entries: [anEntry(1, kind, 'a')], spent: justSpent(9) })).toBe(request);
  });

  it('is nobody when all permits are spent, until the first comes back', () => {
    expect(next({ entries: [anEntry(1, 'completed', 'a')], spent: justSpent(10) })).toBe('wait 59500');
  });

  it.each([
    ['a hurried head', { calls: [head], asks: inVain }],
    [
      'a head held for long',
      { calls: [head], asks: askedAgo(20_000), held: new Map([[head.callId, NOW - 17_200]]) },
    ],
    ['a newcomer', { calls: [later.unasked().waiting()] }],
  ])(
    'is not %s when only two permits are left: an agent may be free for them, so they may have one more',
    (_, wish) => {
      expect(next({ ...wish, spent: justSpent(7) })).not.toMatch(/wait|nothing/);
      expect(next({ ...wish, spent: justSpent(8) })).toBe('wait 59500');
    },
  );

  it.each([
    ['a blind poll', { calls: [head] }],
    ['a repaired link', { entries: [anEntry(1, 'made-call-link', 'made')] }],
  ])('is not %s when only the reserve of three is left', (_, wish) => {
    expect(next({ ...wish, spent: justSpent(6) })).not.toMatch(/wait|nothing/);
    expect(next({ ...wish, spent: justSpent(7) })).toBe('wait 59500');
  });

  it('is a caller gone unheard only where two requests fit above the reserve: they are one unit', () => {
    const entries = [anEntry(1, 'received', 'a'), anEntry(2, 'canceled', 'a')];
    expect(next({ entries, spent: justSpent(5) })).toBe('received a');
    expect(next({ entries, spent: justSpent(6) })).toBe('wait 59500');
  });

  it('is the ending of a caller gone unheard at once, after their registration', () => {
    expect(next({ entries: [anEntry(2, 'canceled', 'a')], calls: [head], spent: justSpent(9) })).toBe(
      'canceled a',
    );
  });
});

describe('endings', () => {
  it('go oldest first', () => {
    const entries = [anEntry(3, 'lost', 'b'), anEntry(4, 'canceled', 'a')];
    expect(next({ entries })).toBe('lost b');
  });

  it('wait for their own retry, and hold up nobody else', () => {
    const entries = [anEntry(3, 'lost', 'b'), anEntry(4, 'canceled', 'a')];
    expect(next({ entries, retryAt: new Map([[3, NOW + 5]]) })).toBe('canceled a');
    expect(next({ entries: entries.slice(0, 1), retryAt: new Map([[3, NOW + 5]]) })).toBe('wait 5');
    expect(next({ entries: entries.slice(0, 1), retryAt: new Map([[3, NOW]]) })).toBe('lost b');
  });

  it('that wait for a retry leave the permits to polls', () => {
    const entries = [anEntry(3, 'lost', 'b')];
    expect(next({ entries, retryAt: new Map([[3, NOW + 5]]), calls: [head] })).toBe('blind head');
  });

  it('are not sent while another request of that call is on its way', () => {
    const entries = [anEntry(3, 'lost', 'b'), anEntry(4, 'canceled', 'a')];
    expect(next({ entries, inFlight: new Set([callIdFrom('b')]) })).toBe('canceled a');
  });

  it('that are parked are not sent', () => {
    expect(next({ entries: [anEntry(3, 'lost', 'b', '400')] })).toBe('nothing');
  });
});

describe('polls', () => {
  it('are for heads only', () => {
    expect(next({ calls: [later.heard().waiting(), head] })).toBe('blind head');
    const asked = askedAgo(1);
    expect(next({ calls: [later.heard().waiting(), head], asks: asked })).toBe('wait 8571');
  });

  it('pass over a call that was named in vain and is no head any more', () => {
    const asks = askedInVain(askedAgo(1), callIdFrom('later'), extension('1001'));
    expect(next({ calls: [head, later.heard().waiting()], asks })).toBe('wait 8571');
  });

  it('go on for the next in line while the first is being offered', () => {
    const offered = aCall().withId('head').enteredAt(1_000).offeredTo('1001');
    expect(next({ calls: [offered, later.heard().waiting()] })).toBe('blind later');
  });

  it('skip nobody: the head whose question is on its way keeps its queue waiting', () => {
    const calls = [head, later.heard().waiting()];
    expect(next({ calls, inFlight: new Set([callIdFrom('head')]) })).toBe('nothing');
  });

  it('are one for a newcomer who is not the head: supervisors see them', () => {
    expect(next({ calls: [head, later.unasked().waiting()], asks: askedAgo(1) })).toBe('newcomer later');
  });

  it('register newcomers in the order in which they came', () => {
    const calls = [later.unasked().waiting(), aCall().withId('sooner').enteredAt(1_500).asked().waiting()];
    expect(next({ calls })).toBe('newcomer sooner');
  });

  it('repeat a newcomer’s failed first question among the blind polls', () => {
    const newcomer = aCall().withId('head').asked().waiting();
    expect(next({ calls: [newcomer], asks: askedAgo(571, 'newcomer') })).toBe('wait 8001');
    expect(next({ calls: [newcomer], asks: askedAgo(8_572, 'newcomer') })).toBe('blind head');
  });

  it('hurry where the extension named cannot take the call', () => {
    const asks = askedInVain(askedAgo(1), callIdFrom('head'), extension('1001'));
    expect(next({ calls: [head], asks })).toBe('again head');
  });

  it('are blind only for those of whom the help desk has heard', () => {
    expect(next({ calls: [aCall().withId('head').asked().waiting()] })).toBe('newcomer head');
  });

  it('are spread over all heads, the one asked about longest ago first', () => {
    const other = aCall().withId('other').inQueue('sales').enteredAt(500).heard().waiting();
    const first = askStarted(noAsks, other.callId, 'blind', NOW - 9_000);
    expect(next({ calls: [other, head], asks: first })).toBe('blind head');
    const both = askStarted(first, head.callId, 'blind', NOW);
    expect(next({ calls: [other, head], asks: both })).toBe('wait 8572');
    expect(next({ calls: [head, other], asks: both, now: NOW + 8_572 })).toBe('blind other');
  });

  it('are none while callers cannot be moved; reports go on', () => {
    const calls = [head, later.unasked().waiting()];
    expect(next({ calls, asks: inVain, mayAsk: false })).toBe('nothing');
    const entries = [anEntry(1, 'received', 'a')];
    expect(next({ calls, asks: inVain, mayAsk: false, entries })).toBe('received a');
  });
});

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
        state = { ...state, asks: askStarted(state.asks, head.callId, request.why, now) };
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
    [1, 0, 60_000],
    [3, 0, 20_000],
    [4, 1, 20_000],
    [10, 3, 8_572],
    [60, 3, 1_053],
    [600, 3, 1_000],
  ])('of %d a minute keeps a reserve of %d, and a blind poll every %d ms', (limit, reserve, spacing) => {
    expect([reserveOf(limit), blindSpacingMs(limit)]).toEqual([reserve, spacing]);
  });

  it('of one a minute still serves everybody in turn', () => {
    expect(next({ limit: 1, entries: [anEntry(1, 'received', 'a')] })).toBe('received a');
    expect(next({ limit: 1, calls: [head] })).toBe('blind head');
    expect(next({ limit: 1, calls: [head], spent: [NOW - 10_000] })).toBe('wait 50500');
  });

  it('of 600 a minute keeps only its reserve from polls', () => {
    expect(next({ limit: 600, calls: [head], spent: justSpent(596) })).toBe('blind head');
    expect(next({ limit: 600, calls: [head], spent: justSpent(597) })).toBe('wait 59500');
  });
});
