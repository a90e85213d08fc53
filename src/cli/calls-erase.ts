import type { Erasure } from '../adapters/sqlite/erase-number.ts';
import { eraseNumber } from '../adapters/sqlite/erase-number.ts';
import { systemClock } from '../adapters/system/system-clock.ts';
import { EXIT } from './exit-codes.ts';
import { Progress } from './progress.ts';
import type { StoreView } from './store-command.ts';
import { undone } from './store-command.ts';

/** `calls erase NUMBER`: forgets one person. Not done until nothing of them is left, so that it can be repeated. */
export function eraseCalls({ path, show }: StoreView, number: string): number {
  const erasure = eraseWatched(path, number);
  const { erased, stillNeeded, relays, isJournalEmpty, aside } = erasure;
  show({ erased, stillNeeded, relays, aside }, sumOf(erasure));
  const left = [...stillNeeded, ...relays.stillNeeded.map((id) => `entry ${id}`)];
  if (left.length > 0) {
    return undone(
      `not over yet, or not all told of it yet: ${left.join(', ')}`,
      'repeat this when outbox shows none of them, and calls none of them as open',
    );
  }
  if (!isJournalEmpty)
    return undone('somebody is reading the store, and its journal may still hold it', 'repeat this');
  if (aside.length > 0) {
    return undone(
      `damaged stores lie aside and may hold the number: ${aside.join(', ')}`,
      'delete those files',
    );
  }
  return EXIT.OK;
}

function eraseWatched(path: string, number: string): Erasure {
  using progress = new Progress(systemClock);
  let rows = 0;
  return eraseNumber(path, number, () => {
    rows += 1;
    progress.tell(() => `looked through ${rows} calls and relays`);
  });
}

function sumOf({ erased, relays }: Erasure): string {
  if (erased.length + relays.erased.length === 0) return 'No call that is over carries this number.';
  const from = [
    counted(relays.erased, 'relay'),
    erased.length === 0 ? '' : `${counted(erased, 'call')}: ${erased.join(', ')}`,
  ];
  return `The number is gone from ${from.filter((part) => part !== '').join(' and from ')}`;
}

function counted(ids: readonly unknown[], what: string): string {
  if (ids.length === 0) return '';
  return ids.length === 1 ? `1 ${what}` : `${ids.length} ${what}s`;
}
