import { callbackEventsChapter, servedChapter } from './callbacks.ts';
import { operationsChapter } from './operations.ts';
import type { Chapter, Row } from './row.ts';
import { eventsChapter, requestsChapter } from './session.ts';

/** Everything that Udesk's document has. */
export function coverage(): readonly Chapter[] {
  return [operationsChapter(), requestsChapter, eventsChapter, callbackEventsChapter, servedChapter];
}

const BEGINNING = '<!-- Generated: npm run generate:udesk -->';
const END = '<!-- End of what is generated. -->';

/** The page with the table as it should be between its two marks. */
export function withCoverage(page: string, chapters: readonly Chapter[]): string {
  const [before, rest] = cutOnce(page, BEGINNING);
  const [, after] = cutOnce(rest, END);
  return [before, BEGINNING, '\n', ...chapters.map(chapterText), '\n', END, after].join('');
}

function cutOnce(text: string, mark: string): readonly [string, string] {
  const [before, after, ...more] = text.split(mark);
  if (before === undefined || after === undefined || more.length > 0)
    throw new Error(`the page must have once: ${mark}`);
  return [before, after];
}

function chapterText({ title, unused, rows }: Chapter): string {
  const head = '| in the document | on the wire | used by the daemon | tested |\n|---|---|---|---|';
  return `\n### ${title}\n\n${head}\n${rows.map((row) => rowText(row, unused)).join('\n')}\n`;
}

function rowText({ title, wire, use, test }: Row, unused: string): string {
  const used = use === undefined ? unused : `${use.purpose}: ${link(use.file)}`;
  const names = wire.map((name) => `\`${name}\``).join(', ');
  return `| ${[title, names, used, `yes: ${link(test.file)}`].join(' | ')} |`;
}

const link = (file: string): string => `[${file.split('/').at(-1)}](../${file})`;
