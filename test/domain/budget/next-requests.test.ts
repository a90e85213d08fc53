import { describe, expect, it } from 'vitest';
import { askedInVain, askStarted, noAsks } from '../../../src/domain/budget/ask-memory.ts';
import { nextRequest } from '../../../src/domain/budget/next-requests.ts';
import type { Spending } from '../../../src/domain/budget/spending.ts';
import { callIdFrom } from '../../../src/domain/identity.ts';
import { agentEngaged, endingHeard, nobodyKnown } from '../../../src/domain/queue/known-agents.ts';
import { aCall, extension } from '../builders.ts';
import { anEntry } from '../outbox/entries.ts';

import {
  ana,
  asked,
  chosen,
  denied,
  head,
  inVain,
  justDenied,
  justSpent,
  knowingTwentySeconds,
  later,
  NOW,
  next,
  other,
  shownFree,
  spending,
} from './some-spending.ts';

describe('who spends the next request', () => {
  const everything = {
    calls: [head, later.unasked().waiting()],
    entries: [
      anEntry(1, 'received', 'unheard'),
      anEntry(2, 'canceled', 'unheard'),
      anEntry(0, 'repaired-link', 'moved'),
      anEntry(3, 'made-call-link', 'made'),
      anEntry(4, 'completed', 'done'),
      anEntry(5, 'transfered', 'talking'),
    ],
  };

  it('is decided by class: an agent’s screen, endings, hurried heads, newcomers, the unheard, guesses, links, and links told anew', () => {
    const guessedAbout = {
      ...justDenied,
      agents: denied(90_000, other, { known: denied(1_100), member: extension('1002') }),
    };
    const order: string[] = [];
    let state: Spending = spending({
      ...everything,
      calls: [...everything.calls, other, aCall().withId('third').inQueue('billing').heard().waiting()],
      asks: { ...guessedAbout.asks, askAgain: new Set([callIdFrom('third')]) },
      agents: guessedAbout.agents,
      limit: 100,
    });
    for (let turn = 0; turn < 8; turn++) {
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
      'again third',
      'newcomer later',
      'received unheard',
      'blind other',
      'made-call-link made',
      'repaired-link moved',
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
    ['a newcomer for whom somebody may be free', { calls: [later.unasked().waiting()] }],
    [
      'a head for whom somebody is free, by all signs',
      { calls: [head], asks: asked(2_000), agents: shownFree },
    ],
  ])('is not %s with the last permit, unless it was kept back for a quarter of a minute', (_, wish) => {
    expect(next({ ...wish, spent: justSpent(8) })).not.toMatch(/wait|nothing/);
    expect(next({ ...wish, spent: justSpent(9) })).toBe('wait 15000');
    const [call] = wish.calls;
    const heldFor = (ms: number) => new Map([[call?.callId ?? head.callId, NOW - ms]]);
    expect(next({ ...wish, spent: justSpent(9), held: heldFor(14_999) })).toBe('wait 1');
    expect(next({ ...wish, spent: justSpent(9), held: heldFor(15_000) })).not.toMatch(/wait|nothing/);
  });

  it('is not a guess when only two permits are left, unless they were kept back for a quarter of a minute', () => {
    const wish = { calls: [head], asks: asked(90_000), agents: denied(90_000) };
    expect(next({ ...wish, spent: justSpent(7) })).toBe('blind head');
    expect(next({ ...wish, spent: justSpent(8) })).toBe('wait 15000');
    const held = new Map([[head.callId, NOW - 15_000]]);
    expect(next({ ...wish, spent: justSpent(8), held })).toBe('blind head');
    expect(next({ ...wish, spent: justSpent(9), held })).toMatch(/wait/);
  });

  it.each([
    ['a newcomer to be registered', { calls: [head, later.unasked().waiting()], ...justDenied }],
    ['the link of a call that an agent made', { entries: [anEntry(1, 'made-call-link', 'made')] }],
    ['a link told anew', { entries: [anEntry(1, 'repaired-link', 'moved')] }],
  ])('is not %s when only the reserve of three is left', (_, wish) => {
    expect(next({ ...wish, spent: justSpent(6) })).not.toMatch(/wait|nothing/);
    expect(next({ ...wish, spent: justSpent(7) })).toMatch(/wait/);
  });

  it('is a caller gone unheard only where two requests fit above the reserve: they are one unit', () => {
    const entries = [anEntry(1, 'received', 'a'), anEntry(2, 'canceled', 'a')];
    expect(next({ entries, spent: justSpent(6) })).toBe('received a');
    expect(next({ entries, spent: justSpent(7) })).toBe('wait 59500');
  });

  it.each([3, 10])(
    'is a link told anew only where a caller gone unheard could be told of, too, of %i',
    (limit) => {
      const unheard = [anEntry(1, 'received', 'a'), anEntry(2, 'canceled', 'a')];
      const moved = anEntry(3, 'repaired-link', 'moved');
      for (let spent = 0; spent <= limit; spent++) {
        const world = { limit, spent: justSpent(spent) };
        if (next({ ...world, entries: [moved] }) === 'repaired-link moved')
          expect(next({ ...world, entries: [moved, ...unheard] })).toBe('received a');
        else expect(next({ ...world, entries: [moved, ...unheard] })).not.toBe('repaired-link moved');
      }
      expect(next({ limit, entries: [moved] })).toBe('repaired-link moved');
    },
  );

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
  /** The questions that are due, and held back: all permits are spent. */
  const heldAmong = (changes: Parameters<typeof spending>[0]) => {
    const choice = nextRequest(spending({ spent: justSpent(10), ...changes }));
    return choice.kind === 'wait' ? choice.held : [];
  };
  /** Ana's call ended since, and wrap-ups take twenty seconds. */
  const wrappingUp = knowingTwentySeconds(
    endingHeard(
      agentEngaged(denied(300_000), callIdFrom('done'), {
        extension: ana,
        queue: head.queue,
        hasTalked: true,
      }),
      callIdFrom('done'),
      NOW - 17_000,
    ),
  );
  const allInUse = { isInUse: () => true, isSetAside: () => false, nextInTurnAt: undefined };

  it('are for heads only', () => {
    expect(next({ calls: [later.heard().waiting(), head] })).toBe('blind head');
    expect(next({ calls: [later.heard().waiting(), head], ...justDenied })).toMatch(/wait/);
  });

  it('pass over a call that was named in vain and is no head any more', () => {
    const asks = askedInVain(justDenied.asks, callIdFrom('later'), ana);
    expect(next({ calls: [head, later.heard().waiting()], ...justDenied, asks })).toMatch(/wait/);
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
    const calls = [head, later.unasked().waiting()];
    expect(next({ calls, ...justDenied })).toBe('newcomer later');
  });

  it('are none for a newcomer while the head’s own question is on its way, or due', () => {
    const calls = [head, later.unasked().waiting()];
    expect(next({ calls, ...justDenied, inFlight: new Set([head.callId]) })).toBe('nothing');
    const asks = askedInVain(justDenied.asks, head.callId, ana);
    expect(next({ calls, ...justDenied, asks })).toBe('again head');
  });

  it('are none for a newcomer who may be named the agent for whom the head waits', () => {
    const calls = [head, later.unasked().waiting()];
    const agents = denied(60_000);
    expect(next({ calls, asks: asked(60_000), agents, spent: justSpent(8) })).toBe('wait 15000');
  });

  it('register newcomers in the order in which they came', () => {
    const calls = [
      head,
      later.unasked().waiting(),
      aCall().withId('sooner').enteredAt(1_500).asked().waiting(),
    ];
    expect(next({ calls, ...justDenied })).toBe('newcomer sooner');
  });

  it('repeat a first question that failed, at the even spacing', () => {
    const newcomer = aCall().withId('head').asked().waiting();
    const failed = (msAgo: number) => askStarted(noAsks, callIdFrom('head'), NOW - msAgo);
    expect(next({ calls: [newcomer], asks: failed(572) })).toBe('wait 8000');
    expect(next({ calls: [newcomer], asks: failed(8_572) })).toBe('blind head');
    // Somebody else's question was in vain just now: that leaves them the head they are, and no newcomer.
    expect(next({ calls: [newcomer], asks: failed(8_572), agents: denied(1_100) })).toBe('blind head');
  });

  it('are due in their own time, though nothing else happens', () => {
    const wish = { calls: [head], asks: asked(2_000), agents: denied(2_000) };
    const choice = nextRequest(spending(wish));
    const until = choice.kind === 'wait' ? (choice.until ?? Infinity) : NOW;
    expect(until - NOW).toBeGreaterThan(1_000);
    expect(until - NOW).toBeLessThan(60_000);
    expect(next({ ...wish, now: until - 1_000 })).toMatch(/wait/);
    expect(next({ ...wish, now: until })).toBe('blind head');
  });

  it('are looked at again when a permit comes back, for they are cheaper then, or an extension is in turn again', () => {
    const wish = { calls: [head], asks: asked(2_000), agents: denied(2_000) };
    expect(next({ ...wish, spent: [NOW - 59_500, ...justSpent(8)] })).toBe('wait 1000');
    const extensions = { isInUse: () => false, isSetAside: () => true, nextInTurnAt: NOW + 700 };
    expect(next({ ...wish, extensions })).toBe('wait 700');
  });

  it('are dearer while a caller gone unheard waits for two permits', () => {
    const wish = { calls: [head], asks: asked(22_000), agents: denied(22_000), spent: justSpent(7) };
    const entries = [anEntry(1, 'received', 'gone'), anEntry(2, 'canceled', 'gone')];
    expect(next(wish)).toBe('blind head');
    expect(next({ ...wish, entries })).toMatch(/wait/);
  });

  it.each([
    ['nobody is known', { agents: nobodyKnown }],
    ['nobody was seen free for a quarter of an hour', { asks: asked(900_000), agents: denied(900_000) }],
    ['an agent is still wrapping up, for all that is known', { asks: asked(300_000), agents: wrappingUp }],
  ])('leave two permits, and promise nothing, where %s', (_, wish) => {
    expect(next({ calls: [head], ...wish, spent: justSpent(7) })).toMatch(/ head$/);
    expect(next({ calls: [head], ...wish, spent: justSpent(8) })).toBe('wait 15000');
    expect(heldAmong({ calls: [head], ...wish })).toEqual([{ callId: head.callId, isPromising: false }]);
  });

  it('hurry where the extension named cannot take the call', () => {
    const asks = askedInVain(justDenied.asks, head.callId, ana);
    expect(next({ calls: [head], ...justDenied, asks })).toBe('again head');
  });

  it('come at once where an ending was heard, and where nobody has a wrap-up', () => {
    const engaged = agentEngaged(denied(5_000), callIdFrom('done'), {
      extension: ana,
      queue: head.queue,
      hasTalked: true,
    });
    const wish = { calls: [head], asks: asked(5_000) };
    expect(next({ ...wish, agents: engaged })).toMatch(/wait/);
    expect(next({ ...wish, agents: endingHeard(engaged, callIdFrom('done'), NOW - 300) })).toBe('ended head');
  });

  it('come at most once a second for one head', () => {
    const wish = { calls: [head], agents: nobodyKnown };
    expect(next({ ...wish, asks: asked(300) })).toBe('wait 700');
    expect(next({ ...wish, asks: asked(1_000) })).toBe('blind head');
  });

  it('are for the head who has waited longest for one, where two are due', () => {
    const asks = { ...asked(5_000), lastAskedAt: new Map([[head.callId, NOW - 5_000]]) };
    const askedAfter = new Map(asks.lastAskedAt);
    expect(
      next({
        calls: [head, other],
        asks: { ...asks, lastAskedAt: askedAfter.set(other.callId, NOW - 9_000) },
      }),
    ).toBe('blind other');
    expect(
      next({
        calls: [other, head],
        asks: { ...asks, lastAskedAt: askedAfter.set(other.callId, NOW - 3_000) },
      }),
    ).toBe('blind head');
  });

  it('are for the head who has waited longest for one, also where the other was never asked about', () => {
    const enteredAgo = (ms: number) => ({ ...other, enteredAtMonotonic: NOW - ms });
    expect(next({ calls: [head, enteredAgo(3_000)], asks: asked(5_000) })).toBe('blind head');
    expect(next({ calls: [head, enteredAgo(9_000)], asks: asked(5_000) })).toBe('blind other');
  });

  it('are none while every known agent of the queue is in use; after three minutes one is', () => {
    const silentFor = (ms: number) =>
      next({ calls: [head], asks: asked(ms), agents: denied(ms), extensions: allInUse });
    expect(silentFor(179_999)).toBe('wait 1');
    expect(silentFor(180_000)).toBe('late head');
    // Asked about as a newcomer, before they were the head.
    const asNewcomer = { asks: asked(10_000), agents: denied(200_000) };
    expect(next({ calls: [head], ...asNewcomer, extensions: allInUse })).toMatch(/wait/);
  });

  it('are none while callers cannot be moved; reports go on', () => {
    const calls = [head, later.unasked().waiting()];
    expect(next({ calls, asks: inVain, mayAsk: false })).toBe('nothing');
    const entries = [anEntry(1, 'received', 'a')];
    expect(next({ calls, asks: inVain, mayAsk: false, entries })).toBe('received a');
  });

  it('that may not be sent are told of, and whether an agent is free for them', () => {
    const sure = { calls: [head], asks: asked(2_000), agents: shownFree };
    expect(heldAmong(sure)).toContainEqual({ callId: head.callId, isPromising: true });
    const guess = { calls: [head], asks: asked(90_000), agents: denied(90_000) };
    expect(heldAmong(guess)).toEqual([{ callId: head.callId, isPromising: false }]);
    expect(heldAmong({ calls: [head], ...justDenied })).toEqual([]);
    // Nobody is lost who cannot be registered: they are no head.
    expect(heldAmong({ calls: [head, later.unasked().waiting()], ...justDenied })).toEqual([]);
    // All who are known are in calls; nobody was asked about for three minutes.
    const late = { calls: [head], asks: asked(180_000), agents: denied(180_000), extensions: allInUse };
    expect(new Set(heldAmong(late))).toEqual(new Set([{ callId: head.callId, isPromising: false }]));
  });
});
