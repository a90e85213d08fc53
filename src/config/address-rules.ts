import { isIP } from 'node:net';
import { quoted } from './mistake.ts';
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
