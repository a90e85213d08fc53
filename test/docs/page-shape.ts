/**
 * A page without its words, paragraph by paragraph: what a translation has in common with it. A line each, so that a
 * difference shows where it is.
 */
export function shapeOf(text: string): readonly string[] {
  return partsOf(text).flatMap(shapeOfPart);
}

/** The fenced blocks of a page, with their fences. */
export const fencesOf = (text: string): readonly string[] =>
  partsOf(text).filter((part) => part.startsWith('```'));

const FENCE = /(^```[\s\S]*?^```$)/m;

/** Paragraphs, tables, headings, and fenced blocks as a whole, whatever blank lines are in them. */
function partsOf(text: string): readonly string[] {
  return text
    .split(FENCE)
    .flatMap((piece) => (piece.startsWith('```') ? [piece] : piece.split(/\n{2,}/)))
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

function shapeOfPart(part: string): readonly string[] {
  if (part.startsWith('```')) return [part];
  const heading = /^#+/.exec(part)?.[0];
  if (heading !== undefined) return [[heading, ...marksOf(part)].join(' ')];
  if (part.startsWith('|')) return part.split('\n').map(shapeOfRow);
  return itemsOf(part).map((item) => [kindOf(item), ...marksOf(item)].join(' '));
}

function shapeOfRow(row: string): string {
  const cells = row.split('|').length - 2;
  return [`row of ${cells}`, ...marksOf(row)].join(' ');
}

/** The items of a list, each with the lines that go on with it; of anything else, the whole. */
const itemsOf = (part: string): readonly string[] => part.split(/\n(?=(?:-|\d+\.) )/);

const kindOf = (item: string): string => /^(?:-|\d+\.) /.exec(item)?.[0].trim() ?? 'text';

/** What stays as it is in any language: code, and where links lead. In the order of the alphabet, for sentences differ. */
function marksOf(text: string): readonly string[] {
  const code = [...text.matchAll(/`([^`]+)`/g)].map(([whole]) => whole.replace(/\s+/g, ' '));
  const links = [...text.matchAll(/\]\(([^)\s]+)\)|<(https?:[^>\s]+)>/g)].map(
    ([, target, address]) => `(${target ?? address})`,
  );
  return [...code, ...links].sort();
}
