import type { Choice, Request, Spending } from '../../../src/domain/budget/spending.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';

/** When an entry that failed is sent again; nothing for one that was never sent. */
type RetryAt = (entry: Entry) => number | undefined;

interface DueReports {
  /** `transfered` first, then endings, the oldest first. */
  readonly urgent: readonly Request[];
  /** Of callers who left before Movidesk heard of them: no agent waits for it. */
  readonly unheard: readonly Request[];
  /** When the first of those that wait for their retry is due. */
  readonly nextRetryAt: number;
}

/** What may be told now. */
export function dueReports(
  spending: Spending,
  retryAt: RetryAt = (entry) => spending.retryAt.get(entry.seq),
): DueReports {
  const { due, nextRetryAt } = dueEntries(spending, retryAt);
  const of = (isWanted: (kind: string) => boolean) =>
    due.filter(({ report }) => isWanted(report.kind)).map((entry) => ({ kind: 'report', entry }) as const);
  return {
    urgent: [...of((kind) => kind === 'transfered'), ...of((kind) => ENDINGS.has(kind))],
    unheard: of((kind) => kind === 'received'),
    nextRetryAt,
  };
}

const ENDINGS: ReadonlySet<string> = new Set(['completed', 'lost', 'canceled']);

/**
 * The first entry of each call, where it may be sent. The lane keeps the oldest first and nobody parks any here, so that
 * one pass does; `frontEntries`, which sorts, took half of the bench's time over the heaps that the field piles up.
 */
function dueEntries({ entries, inFlight, now }: Spending, retryAt: RetryAt) {
  const due: Entry[] = [];
  let nextRetryAt = Infinity;
  const seen = new Set<string>();
  for (const entry of entries) {
    const { callId } = entry.report;
    if (seen.has(callId)) continue;
    seen.add(callId);
    if (inFlight.has(callId)) continue;
    const dueAt = retryAt(entry) ?? now;
    if (dueAt <= now) due.push(entry);
    else nextRetryAt = Math.min(nextRetryAt, dueAt);
  }
  return { due, nextRetryAt };
}

/** Now, or as soon as it is permitted. */
export function startWhen(permitted: number, now: number, request: Request): Choice {
  if (permitted <= now) return { kind: 'start', request };
  return { kind: 'wait', until: whenever(permitted), held: [] };
}

export const whenever = (at: number): number | undefined => (at === Infinity ? undefined : at);
