import type { Handled } from '../adapters/sqlite/parked-entries.ts';
import { ParkedEntries } from '../adapters/sqlite/parked-entries.ts';
import type { OutboxRow } from '../adapters/sqlite/store-reader.ts';
import { StoreReader } from '../adapters/sqlite/store-reader.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { EXIT } from './exit-codes.ts';
import type { Answer, StoreOptions, StoreView } from './store-command.ts';
import { undone, withStore } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';
import { ageText, momentOf, table } from './table.ts';

export interface OutboxOptions extends StoreOptions {
  readonly all: boolean | undefined;
}

/** `outbox`, `outbox retry ID`, `outbox retry --all`, `outbox drop ID`. */
export function outbox(words: readonly string[], options: OutboxOptions, surroundings: Surroundings): Answer {
  const [verb, id, ...tooMany] = words;
  if (tooMany.length > 0) return `unexpected ${tooMany.join(' ')}`;
  if (options.all && (verb !== 'retry' || id !== undefined)) return '--all stands for the ID of outbox retry';
  if (verb === undefined) return withStore(options, surroundings, list);
  if (verb !== 'retry' && verb !== 'drop') return `unknown command outbox ${verb}`;
  if (options.all) return withStore(options, surroundings, retryAll);
  if (id === undefined || !/^[0-9]{1,15}$/.test(id)) return `outbox ${verb} takes an ID that outbox shows`;
  const handle = verb === 'retry' ? retry : drop;
  return withStore(options, surroundings, (view) => handle(view, Number(id)));
}

function list({ path, show }: StoreView): number {
  using reader = new StoreReader(path);
  const now = systemClock.now();
  const listed = listedOf(reader.undelivered(), now);
  show(
    listed,
    listed.length === 0 ? 'Nothing is waiting to be told.' : `${tableOf(listed)}\n\n${sumOf(listed)}`,
  );
  return EXIT.OK;
}

interface Listed {
  readonly id: number;
  readonly callId: string;
  readonly what: string;
  /** When that happened which is to be told; a made call's link has no moment. */
  readonly at: string | null;
  readonly ageSeconds: number | null;
  readonly attempts: number;
  /** `held`: due, but an earlier one of the same call is parked. */
  readonly state: 'due' | 'held' | 'parked';
  readonly heldBy: number | null;
  /** Why it is parked, or why the last attempt failed. */
  readonly reason: string | null;
}

function listedOf(rows: readonly OutboxRow[], now: number): readonly Listed[] {
  const parked = new Map<string, number>();
  return rows.map(({ seq, report, state, attempts, cause }) => {
    const heldBy = parked.get(report.callId) ?? null;
    if (state === 'parked' && heldBy === null) parked.set(report.callId, seq);
    const at = 'at' in report ? report.at : undefined;
    return {
      id: seq,
      callId: report.callId,
      what: report.kind,
      at: at === undefined ? null : momentOf(at),
      ageSeconds: at === undefined ? null : Math.floor((now - at) / 1_000),
      attempts,
      state: state === 'parked' ? 'parked' : heldBy === null ? 'due' : 'held',
      heldBy,
      reason: cause ?? null,
    };
  });
}

function tableOf(listed: readonly Listed[]): string {
  const rows = listed.map((one) => [
    String(one.id),
    one.callId,
    one.what,
    one.ageSeconds === null ? '-' : ageText(one.ageSeconds * 1_000),
    String(one.attempts),
    one.heldBy === null ? one.state : `${one.state} by ${one.heldBy}`,
    one.reason ?? '',
  ]);
  return table(['ID', 'CALL', 'WHAT', 'AGE', 'ATTEMPTS', 'STATE', 'REASON'], rows);
}

function sumOf(listed: readonly Listed[]): string {
  const parked = listed.filter(({ state }) => state === 'parked').length;
  const sum = `${listed.length} to be told, ${parked} of them parked.`;
  return parked === 0
    ? sum
    : `${sum} Send one again with: outbox retry ID. Give it up for good: outbox drop ID.`;
}

const SENT_SOON = 'A running daemon sends them within seconds; short of one, the next start does.';

function retryAll({ path, show }: StoreView): number {
  using entries = new ParkedEntries(path);
  const released = entries.releaseAll();
  show(
    { released },
    released.length === 0 ? 'Nothing is parked.' : `${released.length} due again. ${SENT_SOON}`,
  );
  return EXIT.OK;
}

function retry({ path, show }: StoreView, id: number): number {
  using entries = new ParkedEntries(path);
  const handled = entries.release(id);
  if (handled.kind !== 'done') return notHandled(id, handled);
  show({ released: [id] }, `1 due again. ${SENT_SOON}`);
  return EXIT.OK;
}

function drop({ path, show }: StoreView, id: number): number {
  using entries = new ParkedEntries(path);
  const handled = entries.drop(id, systemClock.now());
  if (handled.kind !== 'done') return notHandled(id, handled);
  show({ dropped: [id] }, `Given up: Movidesk will not hear of ${id}. What waited behind it goes on.`);
  return EXIT.OK;
}

function notHandled(id: number, handled: Exclude<Handled, { kind: 'done' }>): number {
  if (handled.kind === 'unknown') return undone(`no entry ${id} is kept`, 'outbox shows those that are');
  return undone(`entry ${id} is not parked but ${handled.state}`, 'nothing needs to be done with it');
}
