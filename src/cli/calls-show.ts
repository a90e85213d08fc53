import type { RelayRow, TimelineRow } from '../adapters/sqlite/store-reader.ts';
import { StoreReader } from '../adapters/sqlite/store-reader.ts';
import { printable } from '../config/mistake.ts';
import type { Call } from '../domain/call/call.ts';
import { shownFile } from '../domain/recording/shown-file.ts';
import { EXIT } from './exit-codes.ts';
import { showMadeCall } from './made-calls-shown.ts';
import { whatOf } from './relay-words.ts';
import type { StoreView } from './store-command.ts';
import { undone } from './store-command.ts';
import { momentOf, table } from './table.ts';
import { progressFacts, stateText, toldFacts, toldText, withMaskedNumbers } from './told-shown.ts';

// Enough to pick the meant one from.
const IDS_NAMED = 5;

/** `calls show ID`: one call, all that happened to it, and what was told of it. */
export function showCall(view: StoreView, id: string): number {
  using reader = new StoreReader(view.path);
  const call = reader.call(id);
  if (call === undefined) return showAnother(view, reader, id);
  const timeline = reader.timelineOf(id);
  const told = reader.outboxOf(id);
  const relays = reader.relaysOf(id);
  view.show(
    {
      call: { ...withShownFiles(call), clientNumber: view.number(call.clientNumber) },
      timeline: timeline.map((line) => ({ ...line, at: momentOf(line.at) })),
      outbox: told.map((row) => toldFacts(row, view.number)),
      relays: relays.map((row) => relayFacts(row, view.number)),
    },
    [headOf(call, view.number), timelineText(timeline), toldText(told), ...relaysText(relays)].join('\n\n'),
  );
  return EXIT.OK;
}

/** One that an agent made, or none. */
function showAnother(view: StoreView, reader: StoreReader, id: string): number {
  const made = reader.madeCall(id);
  if (made === undefined) return noSuchCall(id, reader.idsBeginningWith(id, IDS_NAMED + 1));
  return showMadeCall(view, made, reader.outboxOf(id));
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

/** Nothing is said where nothing is relayed. */
function relaysText(rows: readonly RelayRow[]): readonly string[] {
  if (rows.length === 0) return [];
  const cells = rows.map((row) => [
    String(row.seq),
    row.lane,
    whatOf(row.relay),
    stateText(row),
    resultText(row),
  ]);
  return [table(['ID', 'LANE', 'RELAY', 'TOLD', 'RESULT'], cells)];
}

const resultText = ({ result = '', dueAt }: RelayRow): string =>
  dueAt === undefined ? result : `${result} for ${momentOf(dueAt)}`.trim();

const relayFacts = (row: RelayRow, number: StoreView['number']) => ({
  id: row.seq,
  lane: row.lane,
  line: row.line,
  relay: withMaskedNumbers(row.relay, number),
  result: row.result ?? null,
  dueAt: row.dueAt === undefined ? null : momentOf(row.dueAt),
  ...progressFacts(row),
});

/** What names a file in a call, whatever its phase. */
const FILES = new Set(['file', 'recording', 'message']);

const withShownFiles = (call: Call): object =>
  JSON.parse(
    JSON.stringify(call, (name, value: unknown) =>
      FILES.has(name) && typeof value === 'string' ? shownFile(value) : value,
    ),
  );
