import { eraseNumber } from '../adapters/sqlite/erase-number.ts';
import { EXIT } from './exit-codes.ts';
import type { StoreView } from './store-command.ts';
import { undone } from './store-command.ts';

/** `calls erase NUMBER`: forgets one person. Not done until nothing of them is left, so that it can be repeated. */
export function eraseCalls({ path, show }: StoreView, number: string): number {
  const { erased, stillNeeded, isJournalEmpty, aside } = eraseNumber(path, number);
  show({ erased, stillNeeded, aside }, sumOf(erased));
  if (stillNeeded.length > 0) {
    const which = stillNeeded.join(', ');
    return undone(
      `not over yet, or not all told of it yet: ${which}`,
      'repeat this when outbox and calls show them no more',
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

function sumOf(erased: readonly string[]): string {
  if (erased.length === 0) return 'No call that is over carries this number.';
  return `The number is gone from ${erased.length === 1 ? '1 call' : `${erased.length} calls`}: ${erased.join(', ')}`;
}
