import type { Chapter, Row } from './row.ts';

const END = '<!-- End of what is generated. -->';

/** The page with its table as it should be, between two marks. `script` is what writes it: `generate:udesk`. */
export function withCoverage(page: string, script: string, chapters: readonly Chapter[]): string {
  const beginning = `<!-- Generated: npm run ${script} -->`;
  const [before, rest] = cutOnce(page, beginning);
  const [, after] = cutOnce(rest, END);
  return [before, beginning, '\n', ...chapters.map(chapterText), '\n', END, after].join('');
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
