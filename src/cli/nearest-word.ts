import { slipsBetween } from '../config/nearest.ts';

// A third of a word may be wrong, and it is still the word that was meant.
const SLIPS_PER_LETTER = 1 / 3;
// No word of ours is longer; what is typed may be anything.
const LONGEST_COMPARED = 40;

/** The known word that a person may have meant, if any is near. */
export function nearestWord(typed: string, known: readonly string[]): string | undefined {
  const word = typed.slice(0, LONGEST_COMPARED).toLowerCase();
  const [nearest] = known
    .map((one) => ({ one, slips: slipsBetween(word, one) }))
    .sort((left, right) => left.slips - right.slips);
  if (nearest === undefined) return undefined;
  const patience = Math.max(1, Math.floor(nearest.one.length * SLIPS_PER_LETTER));
  return nearest.slips <= patience || isBeginning(word, nearest.one) ? nearest.one : undefined;
}

const isBeginning = (word: string, whole: string): boolean => word.length > 1 && whole.startsWith(word);

/** As the end of a sentence about what is not known. */
export function didYouMean(nearest: string | undefined): string {
  return nearest === undefined ? '' : `; the nearest known one is ${nearest}`;
}
