import type { Lane } from '../adapters/sqlite/parked-entries.ts';
import type { OutboxRow, Progress, RelayRow } from '../adapters/sqlite/store-reader.ts';
import { StoreReader } from '../adapters/sqlite/store-reader.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { EXIT } from './exit-codes.ts';
import { whatOf } from './relay-words.ts';
import type { StoreView } from './store-command.ts';
import { ageText, momentOf, table } from './table.ts';

/** `outbox`: what is still to be told, by all lanes. */
export function listOutbox({ path, show }: StoreView): number {
  using reader = new StoreReader(path);
  const toTell = [...reader.undelivered().map(reportToTell), ...reader.undeliveredRelays().map(relayToTell)];
  const listed = listedOf(
    toTell.sort((one, other) => one.seq - other.seq),
    systemClock.now(),
  );
  show(
    listed,
    listed.length === 0 ? 'Nothing is waiting to be told.' : `${tableOf(listed)}\n\n${sumOf(listed)}`,
  );
  return EXIT.OK;
}

/** A report or a relay. */
interface ToTell extends Progress {
  readonly lane: Lane;
  /** In which order holds. */
  readonly line: string;
  readonly callId: string | undefined;
  readonly what: string;
  readonly at: number | undefined;
}

const reportToTell = (row: OutboxRow): ToTell => ({
  ...row,
  lane: 'movidesk',
  line: row.report.callId,
  callId: row.report.callId,
  what: row.report.kind,
  at: 'at' in row.report ? row.report.at : undefined,
});

const relayToTell = (row: RelayRow): ToTell => ({ ...row, what: whatOf(row.relay) });

interface Listed {
  readonly id: number;
  readonly lane: Lane;
  /** Nothing where it is about no call of ours. */
  readonly callId: string | null;
  readonly what: string;
  /** When that happened which is to be told; a made call's link has no moment. */
  readonly at: string | null;
  readonly ageSeconds: number | null;
  readonly attempts: number;
  /** `held`: due, but an earlier one of the same line is parked: of the same call, or of the same agent. */
  readonly state: 'due' | 'held' | 'parked';
  readonly heldBy: number | null;
  /** Why it is parked, or why the last attempt failed. */
  readonly reason: string | null;
}

function listedOf(all: readonly ToTell[], now: number): readonly Listed[] {
  const parked = new Map<string, number>();
  return all.map(({ seq, lane, line, callId, what, at, state, attempts, cause }) => {
    const lineOfLane = `${lane} ${line}`;
    const heldBy = parked.get(lineOfLane) ?? null;
    if (state === 'parked' && heldBy === null) parked.set(lineOfLane, seq);
    return {
      id: seq,
      lane,
      callId: callId ?? null,
      what,
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
    one.lane,
    one.callId ?? '-',
    one.what,
    one.ageSeconds === null ? '-' : ageText(one.ageSeconds * 1_000),
    String(one.attempts),
    one.heldBy === null ? one.state : `${one.state} by ${one.heldBy}`,
    one.reason ?? '',
  ]);
  return table(['ID', 'LANE', 'CALL', 'WHAT', 'AGE', 'ATTEMPTS', 'STATE', 'REASON'], rows);
}

function sumOf(listed: readonly Listed[]): string {
  const parked = listed.filter(({ state }) => state === 'parked').length;
  const sum = `${listed.length} to be told, ${parked} of them parked.`;
  return parked === 0
    ? sum
    : `${sum} Send one again with: outbox retry ID. Give it up for good: outbox drop ID.`;
}
