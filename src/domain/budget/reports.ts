import { frontEntries } from '../outbox/entry.ts';
import type { Report } from '../outbox/report.ts';
import { reserveOf } from './reserve.ts';
import type { Candidate, Spending } from './spending.ts';

type ReportClass = 'transfered' | 'endings' | 'unheard' | 'links' | 'repairs';

/** What is to be told, by its class. */
export type Reports = Readonly<Record<ReportClass, readonly Candidate[]>>;

export function reportsOf({ entries, inFlight, retryAt, now, window }: Spending): Reports {
  const reports: Record<ReportClass, Candidate[]> = {
    transfered: [],
    endings: [],
    unheard: [],
    links: [],
    repairs: [],
  };
  const wants = wantedBy(window.limit);
  for (const entry of frontEntries(entries)) {
    if (inFlight.has(entry.report.callId)) continue;
    const name = classOf(entry.report);
    const dueAt = retryAt.get(entry.seq) ?? now;
    reports[name].push({ request: { kind: 'report', entry }, dueAt, wants: wants[name] });
  }
  return reports;
}

function classOf(report: Report): ReportClass {
  switch (report.kind) {
    case 'received':
      // Where an agent may be held for them it is as urgent as their ending.
      return report.mayHoldAgent ? 'endings' : 'unheard';
    case 'transfered':
      return 'transfered';
    case 'completed':
    case 'lost':
    case 'canceled':
      return 'endings';
    case 'made-call-link':
      return 'links';
    case 'repaired-link':
      return 'repairs';
    default:
      return report satisfies never;
  }
}

function wantedBy(limit: number): Readonly<Record<ReportClass, number>> {
  const unheard = unitAndReserve(limit);
  const links = 1 + reserveOf(limit).ofTheRest;
  // Below four a minute a unit wants more permits than a link: a heap of repairs would take each that comes back from it.
  return { transfered: 1, endings: 1, unheard, links, repairs: Math.max(links, unheard) };
}

function unitAndReserve(limit: number): number {
  // The smallest limits have no room for both at once beside polls.
  return Math.max(1, Math.min(limit - 1, 2 + reserveOf(limit).ofBlindPolls));
}
