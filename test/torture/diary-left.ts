import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import type { Lab } from '../asterisk/lab/lab.ts';
import { isOffDisk, isSeen, type Truth } from './truth.ts';

const ENDINGS = ['asterisk_completedCall', 'asterisk_lostCall', 'asterisk_canceledCall'];

/** Call ids of which the dialplan's diary still has a note. */
export async function diaryLeft(lab: Lab): Promise<string[]> {
  const text = await lab.pbx.console('database show movidesk');
  return [...text.matchAll(/^\/movidesk\/([^/\s]+)\//gm)].map(([, callId = '']) => callId);
}

export async function eraseDiary(lab: Lab): Promise<void> {
  await lab.pbx.console('database deltree movidesk');
}

/**
 * A note stays where the daemon could not reach the PBX when Movidesk had heard the ending, or died before it asked; and
 * comes back where the PBX is killed before its database is on the disk.
 */
export function isExcused(callId: string, ledger: readonly LedgerEntry[], truth: Truth): boolean {
  const endings = ledger.filter(
    ({ operation, ...entry }) => entry.callId === callId && ENDINGS.includes(operation ?? ''),
  );
  const deliveredAt = endings.at(-1)?.at;
  if (deliveredAt === undefined) return false;
  return !isSeen(deliveredAt, truth) || isOffDisk(deliveredAt, truth);
}
