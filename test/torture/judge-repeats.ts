import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import type { Truth } from './truth.ts';

// From Movidesk's answer until the daemon has it on the disk, an answer held back for 0.7 s included.
const COMMITTED_AFTER_MS = 1_500;

/**
 * A report is told again only where its answer may not have been heard, or not been kept: Movidesk failed, or the daemon
 * died right after.
 */
export function repeatBreaches(
  ledger: readonly LedgerEntry[],
  { deaths, stallMs }: Pick<Truth, 'deaths' | 'stallMs'>,
): string[] {
  const reports = ledger.filter(({ operation }) => operation !== 'asterisk_receivedCall');
  const tellings = Map.groupBy(reports, ({ operation, query }) => `${operation} ${JSON.stringify(query)}`);
  return [...tellings].flatMap(([what, times]) =>
    times
      .slice(0, -1)
      .filter(({ at, status }) => status === 200 && !deaths.some((death) => isRightAfter(death, at, stallMs)))
      .map(({ at }) => `told again without need: ${what}, heard at ${new Date(at).toISOString()}`),
  );
}

const isRightAfter = (death: number, at: number, stallMs: number): boolean =>
  death >= at - 100 - stallMs && death <= at + COMMITTED_AFTER_MS + 2 * stallMs;
