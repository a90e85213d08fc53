// Three slips are as many as a person makes in a word that is still recognisable.
const FARTHEST = 3;
// No key of ours is longer; a hostile key must not cost more than this squared.
const LONGEST_COMPARED = 80;

/**
 * The known keys that a person may have meant: those with the same last segment (`token` → `movidesk.token`), else the
 * one with the fewest slips. Empty where nothing is near.
 */
export function nearestKeys(unknown: string, known: readonly string[]): readonly string[] {
  const sameEnd = known.filter((key) => plain(lastSegment(key)) === plain(lastSegment(unknown)));
  return sameEnd.length > 0 ? sameEnd : fewestSlips(unknown, known);
}

function fewestSlips(unknown: string, known: readonly string[]): readonly string[] {
  const measured = known.map((key) => ({ key, slips: slipsBetween(plain(unknown), plain(key)) }));
  const nearest = measured.sort((left, right) => left.slips - right.slips)[0];
  return nearest !== undefined && nearest.slips <= FARTHEST ? [nearest.key] : [];
}

const lastSegment = (key: string): string => key.slice(key.lastIndexOf('.') + 1);
// `max_wait_seconds` and `MaxWaitSeconds` are no slips, only another habit.
const plain = (key: string): string => key.slice(0, LONGEST_COMPARED).toLowerCase().replace(/[_-]/g, '');

/** Damerau-Levenshtein distance (adjacent letters swapped count once): the slips between two words. */
export function slipsBetween(left: string, right: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: right.length + 1 }, (_, column) => column);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    for (let column = 1; column <= right.length; column++) {
      const same = left[row - 1] === right[column - 1] ? 0 : 1;
      const swapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      current.push(
        Math.min(
          at(last, column) + 1,
          at(current, column - 1) + 1,
          at(last, column - 1) + same,
          row > 1 && column > 1 && swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    beforeLast = last;
    last = current;
  }
  return at(last, right.length);
}

const at = (row: readonly number[], column: number): number => row[column] ?? Number.POSITIVE_INFINITY;
