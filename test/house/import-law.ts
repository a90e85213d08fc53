import { posix } from 'node:path';
import { readSource } from './source-text.ts';

/** Sources by their path from the root of the repository. */
export type Sources = ReadonlyMap<string, string>;

/**
 * Imports point down only: `main → cli → app → runtime, adapters, config, observe → ports → domain`. Rooms of one
 * storey do not know each other, and each adapter is a room of its own; `kit` is what they share.
 */
const STOREYS: Readonly<Record<string, number>> = {
  main: 6,
  cli: 5,
  app: 4,
  runtime: 3,
  adapters: 3,
  config: 3,
  observe: 3,
  ports: 2,
  domain: 1,
};

// `as` is in front of words too, and `import.meta` is no import: what counts is the text that follows.
const IMPORTS = /\b(?:import|export)\b(?:[\w\s{},*$]*?\bfrom\b)?\s*\(?\s*(['"])([^'"\n]+)\1/g;

/** What a source imports, as written; types count like values. */
export function importsOf(source: string): readonly string[] {
  const { uncommented, code } = readSource(source);
  return [...uncommented.matchAll(IMPORTS)]
    .filter((match) => code.startsWith(match[0].slice(0, 6), match.index))
    .map((match) => match[2] ?? '');
}

/** Every arrow that the law forbids, as `from → to: why`. */
export function wrongArrows(sources: Sources): readonly string[] {
  const wrong: string[] = [];
  for (const [from, text] of sources) {
    for (const to of importsOf(text)) {
      const why = isOwn(to) ? whyNotOwn(from, targetOf(from, to), sources) : whyNotForeign(from, to);
      if (why !== undefined) wrong.push(`${from} → ${isOwn(to) ? targetOf(from, to) : to}: ${why}`);
    }
  }
  return wrong;
}

/** Rings of imports, each told once, from its first file on. */
export function rings(sources: Sources): readonly string[] {
  const found = new Set<string>();
  const finished = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start !== -1) found.add(ringFrom(path.slice(start)));
    if (start !== -1 || finished.has(file)) return;
    for (const to of importsOf(sources.get(file) ?? '').filter(isOwn))
      walk(targetOf(file, to), [...path, file]);
    finished.add(file);
  };
  for (const file of sources.keys()) walk(file, []);
  return [...found];
}

const isOwn = (specifier: string) => specifier.startsWith('.');
const targetOf = (from: string, specifier: string) => posix.join(posix.dirname(from), specifier);

/**
 * Calendar and time zones as the language itself will have them (Temporal): arithmetic, which asks the machine for nothing
 * but its table of zones, as `Intl` does. The clock in it, `Temporal.Now`, is held off by the house rules.
 */
const LIKE_THE_LANGUAGE = 'temporal-polyfill';

function whyNotForeign(from: string, to: string): string | undefined {
  return roomOf(from) === 'domain' && to !== LIKE_THE_LANGUAGE
    ? 'the domain imports only the domain'
    : undefined;
}

function whyNotOwn(from: string, to: string, sources: Sources): string | undefined {
  // The version that the command line prints is written in one place only.
  if (to === 'package.json' && roomOf(from) === 'cli') return undefined;
  if (!to.startsWith('src/')) return 'outside the source';
  if (!sources.has(to)) return 'there is no such file';
  return whyNotRoom(from, to);
}

function whyNotRoom(from: string, to: string): string | undefined {
  const [here, there] = [roomOf(from), roomOf(to)];
  if (here === there) return undefined;
  if (there === 'simulators') {
    return /^src\/cli\/demo(-[a-z]+)?\.ts$/.test(from)
      ? undefined
      : 'only the demo and tests import simulators';
  }
  if (here === 'simulators') return 'a far side knows nothing of the daemon';
  if (here.startsWith('adapters/') && there === 'adapters/kit') return undefined;
  const [above, below] = [storeyOf(here), storeyOf(there)];
  if (above === undefined || below === undefined) return 'a room that the law does not know';
  if (above > below) return undefined;
  return above === below ? 'rooms of one storey do not know each other' : 'imports point down only';
}

/** The part of the house that a file lives in: the first folder, and for adapters the second. */
function roomOf(file: string): string {
  const [, first = '', second = ''] = file.split('/');
  if (first === 'main.ts') return 'main';
  if (first.endsWith('.ts')) return 'app';
  return first === 'adapters' ? `adapters/${second}` : first;
}

function storeyOf(room: string): number | undefined {
  return STOREYS[room.split('/')[0] ?? ''];
}

/** A ring reads the same wherever the walk entered it. */
function ringFrom(ring: readonly string[]): string {
  const first = ring.indexOf([...ring].sort()[0] ?? '');
  const turned = [...ring.slice(first), ...ring.slice(0, first)];
  return [...turned, turned[0]].join(' → ');
}
