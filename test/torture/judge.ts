import type { SimulatedCall } from '../../src/simulators/movidesk/call-book.ts';
import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import type { Links } from './case.ts';
import { repeatBreaches } from './judge-repeats.ts';
import { visitBreaches } from './judge-visit.ts';
import { callsOf, type Match, matchings } from './match-visits.ts';
import type { CallerTruth, Truth } from './truth.ts';

/** All that Movidesk heard in a round. */
export interface Heard {
  readonly calls: readonly SimulatedCall[];
  readonly ledger: readonly LedgerEntry[];
  /** Rules of its own that were broken, order and second endings among them. */
  readonly violations: readonly string[];
}

export interface Rules {
  readonly pbxName: string;
  readonly maxWaitSeconds: number;
  readonly links: Links;
}

/** What Movidesk heard against what really happened: one sentence for each call lost, doubled or misreported. */
export function judge(truth: Truth, heard: Heard, rules: Rules): string[] {
  const known = new Set(truth.callers.flatMap((caller) => callsOf(caller, heard.calls, rules.pbxName)));
  const strangers = heard.calls.filter((call) => !known.has(call));
  return [
    ...truth.callers.flatMap((caller) =>
      callerBreaches(caller, { truth, heard, rules }).map(
        (breach) => `caller ${caller.number} (${caller.uniqueid}): ${breach}`,
      ),
    ),
    ...strangers.map(({ callId }) => `${callId}: nobody called`),
    ...heard.violations.map((violation) => `Movidesk's rule: ${violation}`),
    ...repeatBreaches(heard.ledger, truth),
    ...truth.secondOffers,
  ];
}

interface Hearing {
  readonly truth: Truth;
  readonly heard: Heard;
  readonly rules: Rules;
}

function callerBreaches(caller: CallerTruth, hearing: Hearing): string[] {
  const { truth, heard, rules } = hearing;
  const calls = callsOf(caller, heard.calls, rules.pbxName);
  const readings = matchings(caller.visits, calls, truth).map((matches) =>
    matchBreaches(caller, matches, hearing),
  );
  // Where a visit may have stayed unknown, two readings may be possible; the kindest one counts.
  const [best] = readings.toSorted((one, other) => one.length - other.length);
  return best ?? [`${caller.visits.length} visits to our queues, ${calls.length} calls in Movidesk`];
}

function matchBreaches(caller: CallerTruth, matches: readonly Match[], hearing: Hearing): string[] {
  const { truth, heard, rules } = hearing;
  return matches.flatMap(({ visit, call }, index) => {
    if (call === undefined) return [];
    const one = { ...rules, number: caller.number, visit, call, truth, ledger: heard.ledger };
    return visitBreaches(one).map((breach) => `visit ${index + 1}, ${call.callId}: ${breach}`);
  });
}
