import type { OutboxRow, TimelineRow } from '../adapters/sqlite/store-reader.ts';
import { StoreReader } from '../adapters/sqlite/store-reader.ts';
import { printable } from '../config/mistake.ts';
import type { Call } from '../domain/call/call.ts';
import { EXIT } from './exit-codes.ts';
import type { StoreView } from './store-command.ts';
import { undone } from './store-command.ts';
import { momentOf, table } from './table.ts';

// Enough to pick the meant one from.
const IDS_NAMED = 5;

/** `calls show ID`: one call, all that happened to it, and what was told of it. */
export function showCall(view: StoreView, id: string): number {
  using reader = new StoreReader(view.path);
  const call = reader.call(id);
  if (call === undefined) return noSuchCall(id, reader.idsBeginningWith(id, IDS_NAMED + 1));
  const timeline = reader.timelineOf(id);
  const told = reader.outboxOf(id);
  view.show(
    {
      call: { ...call, clientNumber: view.number(call.clientNumber) },
      timeline: timeline.map((line) => ({ ...line, at: momentOf(line.at) })),
      outbox: told.map((row) => toldFacts(row, view.number)),
    },
    [headOf(call, view.number), timelineText(timeline), toldText(told)].join('\n\n'),
  );
  return EXIT.OK;
}

function noSuchCall(id: string, longer: readonly string[]): number {
  if (longer.length === 0) {
    return undone(
      `no call ${id} is kept`,
      'calls shows the latest; old ones are forgotten after store.keepDays',
    );
  }
  const named = longer.slice(0, IDS_NAMED).join(', ') + (longer.length > IDS_NAMED ? ', …' : '');
  return undone(`${id} is not the whole ID of a call`, `these begin so: ${named}`);
}

function headOf(call: Call, number: StoreView['number']): string {
  const now = call.phase === 'ended' ? `ended: ${call.ending}` : call.phase;
  const what = `${call.callId}  ${now}  queue ${call.queue}  number ${number(call.clientNumber)}`;
  return printable(`${what}  uniqueid ${call.uniqueid}`);
}

function timelineText(lines: readonly TimelineRow[]): string {
  const rows = lines.map(({ at, from, to, input, facts, inferred }) => [
    momentOf(at),
    from === to ? from : `${from} → ${to}`,
    inferred ? `${input} (inferred)` : input,
    factsText(facts),
  ]);
  return table(['AT', 'PHASE', 'INPUT', 'FACTS'], rows);
}

const factsText = (facts: Readonly<Record<string, unknown>>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
    .join(' ');

function toldText(rows: readonly OutboxRow[]): string {
  if (rows.length === 0) return 'Nothing had to be told of it.';
  return table(
    ['ID', 'WHAT', 'TOLD', 'LINK'],
    rows.map((row) => [String(row.seq), row.report.kind, stateText(row), linkOf(row) ?? '']),
  );
}

function stateText({ state, settledAt, attempts, cause }: OutboxRow): string {
  const why = cause === undefined ? '' : `: ${cause}`;
  switch (state) {
    case 'delivered':
      return settledAt === undefined ? 'told' : momentOf(settledAt);
    case 'dropped':
      return `never, given up ${settledAt === undefined ? '' : momentOf(settledAt)}${why}`;
    case 'parked':
      return `not yet, parked${why}`;
    case 'due':
      return attempts === 0 ? 'not yet' : `not yet, failed ${attempts} times${why}`;
  }
}

function toldFacts(
  { seq, report, state, attempts, cause, settledAt }: OutboxRow,
  number: StoreView['number'],
) {
  return {
    id: seq,
    report: 'clientNumber' in report ? { ...report, clientNumber: number(report.clientNumber) } : report,
    state,
    attempts,
    reason: cause ?? null,
    settledAt: settledAt === undefined ? null : momentOf(settledAt),
  };
}

const linkOf = ({ report }: OutboxRow): string | undefined => ('link' in report ? report.link : undefined);
