import { join, resolve } from 'node:path';
import { secretPath } from './address-rules.ts';
import type { Environment } from './gather-environment.ts';
import type { Given, GivenValue } from './given.ts';
import type { Mistake } from './mistake.ts';
import { environmentName } from './setting.ts';
import { type FileText, readTextFile } from './text-file.ts';

/** A secret's key, and everything that may give it. */
export interface SecretSources {
  readonly path: string;
  readonly credential: string;
  readonly fromFile: Given;
  readonly fromEnvironment: Given;
  readonly env: Environment;
}

export type FoundSecret =
  | { readonly kind: 'found'; readonly secret: GivenValue }
  | { readonly kind: 'none' }
  | { readonly kind: 'mistaken'; readonly mistakes: readonly Mistake[] };

// A secret has at most 512 bytes; this is enough to tell a secret's file from a wrong one.
const SECRET_FILE_BYTES = 4096;
// Docker and Podman mount secrets here readable by all, in a container whose only user is ours.
const CONTAINER_SECRETS = '/run/secrets/';

/**
 * The secret from wherever it was given. A variable of the environment wins over everything else; short of one, the
 * credential and the file must agree, because it would be chance which of two different secrets was the meant one.
 */
export function findSecret(sources: SecretSources): FoundSecret {
  const fromVariables = [
    ...direct(sources, sources.fromEnvironment),
    ...byFile(sources, sources.fromEnvironment),
  ];
  const found = fromVariables.length > 0 ? fromVariables : withCredential(sources, byCredential(sources));
  const mistakes = found.flatMap((one) => (one.kind === 'mistaken' ? one.mistakes : []));
  if (mistakes.length > 0) return { kind: 'mistaken', mistakes };
  const secrets = found.flatMap((one) => (one.kind === 'found' ? [one.secret] : []));
  return agreed(sources.path, secrets);
}

/**
 * systemd reads the file as root and hands us a copy; we ourselves may not be able to read it, nor need to. So with a
 * credential in hand, a file out of our reach is no mistake.
 */
function withCredential(sources: SecretSources, credential: readonly FoundSecret[]): readonly FoundSecret[] {
  const isThere = credential.length > 0;
  // One that must be mended first says all: what the file holds for which it stands matters afterwards.
  if (credential.some(({ kind }) => kind === 'mistaken')) return credential;
  const { fromFile } = sources;
  return [...credential, ...direct(sources, fromFile), ...byFile(sources, fromFile, isThere)];
}

function agreed(path: string, secrets: readonly GivenValue[]): FoundSecret {
  const [first] = secrets;
  if (first === undefined) return { kind: 'none' };
  const other = secrets.find(({ value }) => value !== first.value);
  if (other === undefined) return { kind: 'found', secret: first };
  const problem = `is given twice and differently: by ${first.origin} and by ${other.origin}`;
  return { kind: 'mistaken', mistakes: [{ key: path, problem, remedy: 'keep one of the two' }] };
}

// Nothing is a place kept for a secret, not a secret: the example file has one, and so does `${TOKEN:-}`.
function direct({ path }: SecretSources, given: Given): readonly FoundSecret[] {
  const written = given.get(path);
  return written === undefined || isNothing(written.value) ? [] : [{ kind: 'found', secret: written }];
}

function byFile({ path }: SecretSources, given: Given, isOptional = false): readonly FoundSecret[] {
  const key = `${path}File`;
  const written = given.get(key);
  if (written === undefined || isNothing(written.value)) return [];
  const file = secretPath().check(written.value);
  // What is no path is refused by the key's own rule; silent here, so that it is said once.
  if (!file.ok) return [{ kind: 'mistaken', mistakes: [] }];
  const read = readTextFile(file.value, SECRET_FILE_BYTES);
  if (isOptional && (read.kind === 'missing' || read.kind === 'unreadable')) return [];
  return [fromText({ key, file: file.value, read })];
}

const isNothing = (value: unknown): boolean => value === '' || value === null;

function byCredential({ path, credential, env }: SecretSources): readonly FoundSecret[] {
  const directory = env['CREDENTIALS_DIRECTORY'];
  if (directory === undefined || directory === '') return [];
  const file = join(directory, credential);
  const read = readTextFile(file, SECRET_FILE_BYTES);
  return read.kind === 'missing' ? [] : [fromText({ key: path, file, read, credential })];
}

interface SecretText {
  readonly key: string;
  readonly file: string;
  readonly read: FileText;
  /** Of which systemd made the file: a copy that nobody can write to, and that does not say of what. */
  readonly credential?: string;
}

function fromText({ key, file, read, credential }: SecretText): FoundSecret {
  const mistaken = (problem: string, remedy: string): FoundSecret => ({
    kind: 'mistaken',
    mistakes: [
      credential === undefined
        ? { key, problem: `${file} ${problem}`, remedy }
        : { key, problem: `the systemd credential ${credential} ${problem}`, remedy: atSource(credential) },
    ],
  });
  if (read.kind === 'missing')
    return mistaken('does not exist', 'write the secret into it, or correct the path');
  if (read.kind === 'unreadable') return mistaken(read.refusal.problem, read.refusal.remedy);
  if (read.openToOthers && !resolve(file).startsWith(CONTAINER_SECRETS)) {
    return mistaken('can be read or written by others', `run chmod 640 ${file}`);
  }
  // Editors and `echo` end a file with a line break that is no part of the secret.
  const text = read.text.replace(/\r?\n$/, '');
  return text === ''
    ? mistaken('is empty', 'write the secret into it')
    : { kind: 'found', secret: { value: text, origin: file } };
}

const atSource = (credential: string): string =>
  `write the secret into the file that systemd takes it from: LoadCredential=${credential}:… of the unit names it (systemctl cat asterisk-movidesk); then systemctl restart --no-block asterisk-movidesk`;

/** Every way to give the secret, for whoever gave none. */
export function waysToGive(path: string, credential: string): string {
  const variable = environmentName(path);
  return `write it there, or name its file in ${path}File, or set ${variable}, or give the systemd credential ${credential}`;
}
