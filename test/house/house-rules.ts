import type { Sources } from './import-law.ts';
import { readSource } from './source-text.ts';

/** Something of the machine that only some files may touch, and what the others use instead. */
interface Rule {
  readonly what: string;
  readonly pattern: RegExp;
  readonly mayIn: RegExp;
  readonly instead: string;
}

// A simulator's own `clock.ts` is the clock that the demo and the tests hand in; the status page runs in a browser, which
// nobody hands one.
const CLOCKS = /^src\/(adapters\/system\/|observe\/http\/page\/clock\.js$|simulators\/([\w-]+\/)*clock\.ts$)/;

const RULES: readonly Rule[] = [
  {
    what: 'the wall clock',
    pattern: /\bDate\.now\b|\bnew Date\(\s*\)|(?<![\w.])Date\(\s*\)|\bTemporal\.Now\b/,
    mayIn: CLOCKS,
    instead: 'take a Clock',
  },
  {
    what: 'the machine’s clock',
    pattern: /\bperformance\.now\b|\bhrtime\b/,
    mayIn: CLOCKS,
    instead: 'take a Clock',
  },
  {
    what: 'a timer',
    pattern: /(?<![\w.])set(?:Timeout|Interval|Immediate)\b/,
    mayIn: CLOCKS,
    instead: 'use Clock.after',
  },
  {
    what: 'chance',
    pattern: /\bMath\.random\b/,
    mayIn: /^src\/adapters\/system\//,
    instead: 'take a Random',
  },
  {
    what: 'the environment',
    pattern: /\bprocess\.env\b/,
    mayIn: /^src\/(main\.ts$|config\/)/,
    instead: 'be given it by the configuration',
  },
  {
    what: 'the process',
    pattern: /\bprocess\.(?:exit|exitCode|on|once|kill|abort|argv|chdir)\b/,
    mayIn: /^src\/main\.ts$/,
    instead: 'return an exit code, take an AbortSignal',
  },
  { what: 'the console', pattern: /\bconsole\./, mayIn: /^src\/cli\//, instead: 'take a Log' },
];

/** Every breach in the daemon's source, as `file:line: what; instead`. */
export function breaches(sources: Sources): readonly string[] {
  return [...sources].flatMap(([file, text]) => {
    const lines = readSource(text).code.split('\n');
    return RULES.filter((rule) => !rule.mayIn.test(file)).flatMap((rule) =>
      lines.flatMap((line, at) =>
        rule.pattern.test(line) ? [`${file}:${at + 1}: ${rule.what}; ${rule.instead}`] : [],
      ),
    );
  });
}

const MOST_LINES = 400;

export function tooLong(sources: Sources): readonly string[] {
  const lengths = [...sources].map(([file, text]) => [file, text.trimEnd().split('\n').length] as const);
  return lengths
    .filter(([, lines]) => lines > MOST_LINES)
    .map(([file, lines]) => `${file}: ${lines} lines, at most ${MOST_LINES}`);
}

const SET_ASIDE =
  /\b(?:it|test|describe|suite)\.(?:\w+\.)*(?:skip|only|todo|skipIf|runIf|fails)\b|\bx(?:it|describe)\(/;
const RETRIED = /\bretry:\s*[1-9]/;

/** Tests that are not run, run alone, or run until they pass. */
export function setAside(tests: Sources): readonly string[] {
  return [...tests].flatMap(([file, text]) =>
    readSource(text)
      .code.split('\n')
      .flatMap((line, at) => (SET_ASIDE.test(line) || RETRIED.test(line) ? [`${file}:${at + 1}`] : [])),
  );
}

// The folder in which this was written, and what lay beside it: no other machine has them. Spelled in pieces, for this
// file is looked at, too.
const FOREIGN_PLACES = new RegExp(`(?<![\\w./-])/${'wo'}rk/|\\.\\./${'sha'}red\\b`);

/** Lines that name a place outside the repository. */
export function foreignPlaces(files: Sources): readonly string[] {
  return [...files].flatMap(([file, text]) =>
    text
      .split('\n')
      .flatMap((line, at) => (FOREIGN_PLACES.test(line) ? [`${file}:${at + 1}: ${line.trim()}`] : [])),
  );
}
