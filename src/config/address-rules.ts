import { isIP } from 'node:net';
import { isWebAddress } from './credential-url.ts';
import { quoted } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { matching, type Refusal, type Rule, text } from './rules.ts';

// RFC 1035: labels of up to 63 letters, digits and hyphens. An underscore is no host name but common inside Docker.
const HOST_LABEL = /^[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?$/;
const HOST_CHARACTERS = 253;

export function host(): Rule<string> {
  const wanted = 'a host name or an IP address';
  return text(wanted, (value) =>
    isHost(value)
      ? undefined
      : {
          problem: `must be ${wanted}, but is ${quoted(value)}`,
          remedy: 'write it without scheme, port or path',
        },
  );
}

function isHost(value: string): boolean {
  if (isIP(value) !== 0) return true;
  const labels = value.split('.');
  // No top-level name is a number: `10.0.0.300` is a mistyped address.
  if (/^[0-9]+$/.test(labels.at(-1) ?? '')) return false;
  return value.length <= HOST_CHARACTERS && labels.every((label) => HOST_LABEL.test(label));
}

// Linux's PATH_MAX.
export const absolutePath = (): Rule<string> =>
  matching('an absolute path of at most 4096 characters', /^\/.{0,4095}$/u);

/** Path of a file that holds a secret. Its refusals do not show the value, for it is often the secret itself. */
export function secretPath(): Rule<string> {
  const path = absolutePath();
  const refusal: Refusal = {
    problem: 'is not an absolute path',
    remedy: 'write the path of a file, beginning with /; the secret itself belongs into the key without File',
  };
  return text(path.wanted, (value) => (path.check(value).ok ? undefined : refusal));
}

const LINK_PLACEHOLDERS = ['{file}', '{callId}', '{extension}', '{queue}'] as const;
// Far above any real link, and still well under the 8 KB that web servers take as a request line.
const LINK_CHARACTERS = 1000;

/** The address under which a person opens one call's recording. */
export function linkTemplate(): Rule<string> {
  return text(
    `an http or https address with {file} or {callId} in it, and {extension} and {queue} where wanted`,
    (value) => objectionToPlaceholders(value) ?? objectionToLink(value),
  );
}

function objectionToPlaceholders(value: string): Refusal | undefined {
  const unknown = [...value.matchAll(/\{[^{}]*\}/g)].map(([found]) => found).find((found) => !isKnown(found));
  if (unknown?.startsWith('{date:') === true) {
    return {
      problem: 'uses {date:…}, which this version cannot fill in yet',
      remedy: 'use {file}, {callId}, {extension} or {queue}',
    };
  }
  if (unknown !== undefined) return unknownPlaceholder(unknown);
  if (/[{}]/.test(withoutPlaceholders(value))) {
    return { problem: 'has a brace without its partner', remedy: 'write placeholders as {file}' };
  }
  return undefined;
}

function unknownPlaceholder(found: string): Refusal {
  const near = nearestKeys(found, LINK_PLACEHOLDERS)[0];
  return {
    problem: `uses the unknown placeholder ${quoted(found)}`,
    remedy: near === undefined ? `use ${LINK_PLACEHOLDERS.join(', ')}` : `the nearest known one is ${near}`,
  };
}

function objectionToLink(value: string): Refusal | undefined {
  const url = URL.parse(withoutPlaceholders(value));
  if (url === null || !isWebAddress(value)) {
    return {
      problem: 'is not an http or https address',
      remedy: 'write it as https://pbx.example.com/recordings/{file}',
    };
  }
  if (value.length > LINK_CHARACTERS) {
    return { problem: `has ${value.length} characters`, remedy: `write at most ${LINK_CHARACTERS}` };
  }
  return value.includes('{file}') || value.includes('{callId}')
    ? undefined
    : { problem: 'would be the same link for every call', remedy: 'put {file} or {callId} into it' };
}

const isKnown = (found: string): boolean => LINK_PLACEHOLDERS.some((placeholder) => placeholder === found);
const withoutPlaceholders = (value: string): string =>
  LINK_PLACEHOLDERS.reduce((left, placeholder) => left.replaceAll(placeholder, 'x'), value);
