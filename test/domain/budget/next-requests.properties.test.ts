import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { permitsAt, permitsLeft } from '../../../src/domain/budget/request-window.ts';
import { LONGEST_KEPT_BACK_MS, reserveOf } from '../../../src/domain/budget/reserve.ts';
import type { Request, Spending } from '../../../src/domain/budget/spending.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import { frontEntries } from '../../../src/domain/outbox/entry.ts';
import { headsOf } from '../../../src/domain/queue/line.ts';
import type { Turn } from './spending-world.ts';
import { callIdIn, SpendingWorld } from './spending-world.ts';

const turn: fc.Arbitrary<Turn> = fc.record({
  afterMs: fc.oneof(fc.nat(300), fc.nat(20_000), fc.constantFrom(0, 60_000)),
  what: fc.constantFrom(
    'enters',
    'enters',
    'gives up',
    'is answered',
    'is answered',
    'ends the talk',
    'link',
    'made call ends',
    'recording moves',
  ),
  pick: fc.nat(1_000),
});
const limit = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.constantFrom(10, 600));
const day = fc.record({
  limit,
  turns: fc.array(turn, { maxLength: 60 }),
  luck: fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 50 }),
});

/** The same luck, round and round, until it is told to be good. */
function* turning(luck: readonly number[], isCalm: () => boolean): Generator<number> {
  for (;;) for (const drawn of luck) yield isCalm() ? 0 : drawn;
}

function everyDay(
  law: (world: SpendingWorld, limit: number) => void,
  runs: { numRuns: number; seed?: number } = { numRuns: 300 },
): void {
  fc.assert(
    fc.property(day, ({ limit: allowed, turns, luck }) => {
      const world = new SpendingWorld(
        allowed,
        turning(luck, () => false),
      );
      for (const each of turns) world.take(each);
      law(world, allowed);
    }),
    runs,
  );
}

const LOWER: readonly string[] = ['received', 'made-call-link', 'repaired-link'];

/** Reports of the upper two classes that could be sent at this instant if there is a permit. */
function dueNow({ entries, inFlight, retryAt, now }: Spending): readonly Entry[] {
  return frontEntries(entries).filter(
    ({ seq, report }) =>
      !LOWER.includes(report.kind) && !inFlight.has(report.callId) && (retryAt.get(seq) ?? now) <= now,
  );
}

const isUpper = (request: Request) => request.kind === 'report' && !LOWER.includes(request.entry.report.kind);

describe('on any day', () => {
  it('no 60 seconds see more requests than the limit', () => {
    everyDay(({ startedAt }, allowed) => {
      for (const [index, at] of startedAt.entries()) {
        const tooMany = startedAt[index + allowed];
        if (tooMany !== undefined) expect(tooMany - at).toBeGreaterThan(60_000);
      }
    });
  });

  it('an ending, or an agent’s screen, waits for nothing but the window', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log) {
        if (dueNow(spending).length === 0) continue;
        if (choice.kind === 'start') expect(isUpper(choice.request)).toBe(true);
        else {
          expect(permitsLeft(spending.window, spending.now)).toBe(0);
          expect(choice.until).toBeLessThanOrEqual(permitsAt(spending.window, 1, spending.now) ?? Infinity);
        }
      }
    });
  });

  it('the agent’s screen comes before endings, and the oldest ending first', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log) {
        if (choice.kind !== 'start' || choice.request.kind !== 'report') continue;
        if (!isUpper(choice.request)) continue;
        const due = dueNow(spending);
        const screens = due.filter(({ report }) => report.kind === 'transfered');
        const first = (screens.length > 0 ? screens : due).toSorted((one, other) => one.seq - other.seq)[0];
        expect(choice.request.entry.seq).toBe(first?.seq);
      }
    });
  });

  it('everything else leaves the reserve', () => {
    everyDay(({ log }, allowed) => {
      for (const { spending, choice } of log) {
        if (choice.kind !== 'start' || isUpper(choice.request)) continue;
        const { request } = choice;
        const left = permitsLeft(spending.window, spending.now);
        const { ofTheRest, ofEagerPolls } = reserveOf(allowed);
        const isHeldForLong =
          request.kind === 'ask' &&
          spending.now - (spending.held.get(request.call.callId) ?? spending.now) >= LONGEST_KEPT_BACK_MS;
        if (request.kind === 'report') expect(left).toBeGreaterThan(ofTheRest);
        else if (!isHeldForLong) expect(left).toBeGreaterThan(ofEagerPolls);
      }
    });
  });

  it('a link is told anew when no other report is due', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log) {
        if (choice.kind !== 'start' || choice.request.kind !== 'report') continue;
        if (choice.request.entry.report.kind !== 'repaired-link') continue;
        const { entries, inFlight, retryAt, now } = spending;
        const due = frontEntries(entries).filter(
          ({ seq, report }) => !inFlight.has(report.callId) && (retryAt.get(seq) ?? now) <= now,
        );
        expect(new Set(due.map(({ report }) => report.kind))).toEqual(new Set(['repaired-link']));
      }
    });
  });

  it('only heads and newcomers are asked for, and nobody while callers cannot be moved', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log) {
        if (choice.kind !== 'start' || choice.request.kind !== 'ask') continue;
        const { call, why } = choice.request;
        expect(spending.mayAsk).toBe(true);
        if (why === 'newcomer') expect(call.hearing).not.toBe('heard');
        // A first question that failed is repeated among the blind polls, whoever is the head.
        else if (why === 'again' || call.hearing === 'heard')
          expect(headsOf(spending.calls).get(call.queue)).toBe(call);
      }
    });
  });

  it('no call has two requests on their way', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log)
        if (choice.kind === 'start') expect(spending.inFlight.has(callIdIn(choice.request))).toBe(false);
    });
  });

  it('whoever is told to wait is told a later instant', () => {
    everyDay(({ log }) => {
      for (const { spending, choice } of log)
        if (choice.kind === 'wait') expect(choice.until ?? Infinity).toBeGreaterThan(spending.now);
    });
  });

  it('everything owed is told once callers stop coming and the help desk answers', () => {
    fc.assert(
      fc.property(day, ({ limit: allowed, turns, luck }) => {
        let isCalm = false;
        const world = new SpendingWorld(
          allowed,
          turning(luck, () => isCalm),
        );
        for (const each of turns) world.take(each);
        isCalm = true;
        world.calmDown();
        // Each report needs one permit, or two with the reserve; the last failures wait a minute for their retry.
        const minutes = 4 + Math.ceil((4 * world.owed) / allowed);
        world.advance(world.now + minutes * 60_500);
        expect(world.owed).toBe(0);
      }),
      { numRuns: 300 },
    );
  });
});

// Chance would leave something out now and then.
const SEEING_ALL = { numRuns: 1_000, seed: 4 };

describe('the runs of these laws', () => {
  it('see every kind of request, and full windows', () => {
    const seen = new Set<string>();
    everyDay(({ log }) => {
      for (const { spending, choice } of log) {
        if (choice.kind === 'wait' && permitsLeft(spending.window, spending.now) === 0) seen.add('full');
        if (choice.kind === 'wait') continue;
        const { request } = choice;
        seen.add(request.kind === 'ask' ? request.why : request.entry.report.kind);
      }
    }, SEEING_ALL);
    // Late ones are rare, and have tests of their own.
    seen.delete('late');
    const polls = ['again', 'blind', 'ended', 'newcomer', 'sign'];
    const reports = ['canceled', 'completed', 'made-call-link', 'received', 'repaired-link', 'transfered'];
    expect([...seen].sort()).toEqual(['full', ...polls, ...reports].sort());
  });
});
