import { isPlaceholder, PLACEHOLDERS } from '../domain/recording/link-template.ts';
import { isWebAddress } from './credential-url.ts';
import { quoted } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { type Refusal, type Rule, text } from './rules.ts';

const KNOWN = [...PLACEHOLDERS.map((name) => `{${name}}`), '{date:yyyy/MM/dd}'] as const;
// Far above any real link, and still well under the 8 KB that web servers take as a request line.
const LINK_CHARACTERS = 1000;
// Linux's PATH_MAX is 4096, the folder's own path and a file's name of 255 bytes among it.
const PATH_CHARACTERS = 1000;
const ANY = /\{([^{}]*)\}/g;

/** The address under which a person opens one call's recording. */
export function linkTemplate(): Rule<string> {
  return text(
    'an http or https address with {file}, {path} or {callId} in it, and other placeholders where wanted',
    (value) => objectionToPlaceholders(value, KNOWN) ?? objectionToLink(value),
  );
}

/** Where a recording lies below the folder of recordings. */
export function pathTemplate(): Rule<string> {
  const known = KNOWN.filter((one) => one !== '{path}');
  return text(
    `a path below the folder, ending with {file}`,
    (value) => objectionToPlaceholders(value, known) ?? objectionToPath(value),
  );
}

function objectionToPlaceholders(value: string, known: readonly string[]): Refusal | undefined {
  const found = [...value.matchAll(ANY)].map(([whole, inside = '']) => ({ whole, inside }));
  const isFilledIn = ({ whole, inside }: { whole: string; inside: string }) =>
    known.includes(whole) || (inside.startsWith('date:') && isPlaceholder(inside));
  const unknown = found.find((one) => !isFilledIn(one));
  if (unknown !== undefined) return unknownPlaceholder(unknown.whole, known);
  if (/[{}]/.test(value.replace(ANY, ''))) {
    return { problem: 'has a brace without its partner', remedy: 'write placeholders as {file}' };
  }
  return undefined;
}

function unknownPlaceholder(found: string, known: readonly string[]): Refusal {
  if (found.startsWith('{date:')) {
    return {
      problem: `uses ${quoted(found)}, which is no date`,
      remedy: 'write {date:yyyy/MM/dd}: yyyy, MM and dd, with / . _ or - between them',
    };
  }
  const near = nearestKeys(found, known)[0];
  return {
    problem: `uses the unknown placeholder ${quoted(found)}`,
    remedy: near === undefined ? `use ${known.join(', ')}` : `the nearest known one is ${near}`,
  };
}

function objectionToLink(value: string): Refusal | undefined {
  const url = URL.parse(value.replace(ANY, 'x'));
  if (url === null || !isWebAddress(value)) {
    return {
      problem: 'is not an http or https address',
      remedy: 'write it as https://pbx.example.com/recordings/{file}',
    };
  }
  if (value.length > LINK_CHARACTERS) {
    return { problem: `has ${value.length} characters`, remedy: `write at most ${LINK_CHARACTERS}` };
  }
  return /\{(file|path|callId)\}/.test(value)
    ? undefined
    : { problem: 'would be the same link for every call', remedy: 'put {path}, {file} or {callId} into it' };
}

function objectionToPath(value: string): Refusal | undefined {
  const steps = value.split('/');
  if (steps.some((step) => step === '' || step === '.' || step === '..')) {
    return {
      problem: 'has a step that leads nowhere, or out of the folder',
      remedy: 'write it as {date:yyyy/MM/dd}/{file}, without / at its beginning',
    };
  }
  if (value.length > PATH_CHARACTERS) {
    return { problem: `has ${value.length} characters`, remedy: `write at most ${PATH_CHARACTERS}` };
  }
  return steps.at(-1) === '{file}'
    ? undefined
    : { problem: 'does not end with {file}', remedy: 'write folders alone in front of {file}' };
}
