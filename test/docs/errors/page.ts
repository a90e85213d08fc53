import { AMI_CODES } from '../../../src/adapters/asterisk/link-codes.ts';
import { EXIT, EXIT_MEANINGS } from '../../../src/cli/exit-codes.ts';
import { LISTEN_FAULTS } from '../../../src/observe/http/listen-fault.ts';
import type { CodeMeaning } from '../../../src/ports/code-meaning.ts';
import { STORE_FAULTS, STORE_NOTICES } from '../../../src/ports/store-fault.ts';

type Meanings = Readonly<Record<string, CodeMeaning>>;

interface Chapter {
  readonly title: string;
  readonly says: string;
  readonly codes: Meanings;
}

const exits = Object.fromEntries(
  Object.entries(EXIT_MEANINGS).map(([name, meaning]) => [EXIT[name as keyof typeof EXIT], meaning]),
);

const CHAPTERS: readonly Chapter[] = [
  {
    title: 'How the process ends',
    says: 'The exit code: `systemctl status asterisk-movidesk` shows it, and scripts read it. A second signal ends the process at once, with 130 or 143.',
    codes: exits,
  },
  {
    title: 'The PBX',
    says: 'In the field `code` of a line. While there is no link, callers go to the fallback; it is tried again for ever.',
    codes: AMI_CODES,
  },
  {
    title: 'The store',
    says: 'In the field `code`, or said by a command.',
    codes: STORE_FAULTS,
  },
  {
    title: 'The store, found at the start',
    says: 'In the field `code`. The daemon goes on.',
    codes: STORE_NOTICES,
  },
  {
    title: 'Health, metrics and status page',
    says: 'In the field `code`. The process has ended with 70, nothing was begun, and the next start tries again.',
    codes: LISTEN_FAULTS,
  },
];

const HEAD = `# Codes

<!-- Generated: npm run generate:errors. Meanings and remedies stand in the source, where each code is born. -->

What an operator may see and look up. In a line of the log \`code\` is one of these, \`remedy\` says what to do in the case at
hand, and \`cause\` is in the words of whoever noticed. What the messages without a code mean stands in
[operations.md](operations.md#what-the-log-says).

A mistake in the configuration needs no code: each line names the key, what is wrong with it, and the remedy. Why Movidesk did
not take a request (\`throttled\`, \`refused\` …) stands in [metrics.md](metrics.md#result-and-outcome), what Udesk says in
[udesk.md](udesk.md), what CCAI Platform says, and what \`POST /ccai/outbound\` answers, in [ccai.md](ccai.md).
`;

export const codesOnPage: readonly string[] = CHAPTERS.flatMap(({ codes }) => Object.keys(codes));

/** The page as it should be. */
export function errorsPage(): string {
  return [HEAD, ...CHAPTERS.map(chapterText)].join('\n');
}

function chapterText({ title, says, codes }: Chapter): string {
  const rows = Object.entries(codes).map(([code, { means, toDo }]) => `| \`${code}\` | ${means} | ${toDo} |`);
  const table = ['| code | it means | what to do |', '|---|---|---|', ...rows, ''].join('\n');
  return [`## ${title}`, '', says, '', table].join('\n');
}
