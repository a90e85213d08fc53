import { CONFIG_VARIABLE, type Environment } from './gather-environment.ts';
import { emptyGathering, type Gathering, gatherGroup, topOf } from './gather-group.ts';
import { keyLines } from './key-lines.ts';
import type { Mistake } from './mistake.ts';
import { schema } from './schema.ts';
import { settingsOf } from './setting.ts';
import { shippedFile } from './shipped-file.ts';
import { type FileText, FORBIDDEN, readTextFile } from './text-file.ts';
import { readYaml, type YamlFault } from './yaml-text.ts';

export const DEFAULT_CONFIG_FILE = '/etc/asterisk-movidesk/config.yaml';

// A hundred queues with comments are some 30 KB; of anything, a file of this size is read within a second or two.
const CONFIG_FILE_BYTES = 262_144;

interface ConfigFileRequest {
  readonly file: string | undefined;
  readonly env: Environment;
  /** Whether there may be no file at all, because the environment says it all (a container). */
  readonly mayBeMissing: boolean;
}

export interface ConfigFile {
  readonly gathering: Gathering;
  /** Nothing could be read from it, so what it lacks means nothing. */
  readonly isBroken: boolean;
}

export function readConfigFile({ file, env, mayBeMissing }: ConfigFileRequest): ConfigFile {
  const named = namedFile({ file, env });
  const path = named ?? DEFAULT_CONFIG_FILE;
  const read = readTextFile(path, CONFIG_FILE_BYTES);
  if (read.kind === 'missing') {
    return named === undefined && mayBeMissing ? gathered(new Map(), path, false) : broken(missing(path));
  }
  if (read.kind === 'unreadable')
    return broken({ key: path, ...(read.refusal === FORBIDDEN ? forbidden(path) : read.refusal) });
  return parsed(path, read);
}

/** Which file the configuration is read from. */
export const configFilePath = (request: Pick<ConfigFileRequest, 'file' | 'env'>): string =>
  namedFile(request) ?? DEFAULT_CONFIG_FILE;

/** An empty variable names no file; `--config ""` does, and is told so. */
const namedFile = ({ file, env }: Pick<ConfigFileRequest, 'file' | 'env'>): string | undefined =>
  file ?? (env[CONFIG_VARIABLE] || undefined);

/** In which line of the file each key stands, and which file that is. Of one that cannot be read, no line is known. */
export function configFileLines(request: Pick<ConfigFileRequest, 'file' | 'env'>): {
  readonly path: string;
  readonly lines: ReadonlyMap<string, number>;
} {
  const path = configFilePath(request);
  const read = readTextFile(path, CONFIG_FILE_BYTES);
  return { path, lines: read.kind === 'read' ? keyLines(read.text) : new Map() };
}

function parsed(path: string, { text, openToOthers }: Extract<FileText, { kind: 'read' }>): ConfigFile {
  const yaml = readYaml(text);
  if (!yaml.ok) return broken(...yaml.faults.map((fault) => faultIn(path, fault)));
  if (yaml.value === null) return broken(empty(path));
  return yaml.value instanceof Map ? gathered(yaml.value, path, openToOthers) : broken(noGroup(path));
}

function gathered(top: ReadonlyMap<unknown, unknown>, path: string, openToOthers: boolean): ConfigFile {
  const gathering = emptyGathering();
  gatherGroup(top, topOf(schema), gathering);
  if (openToOthers && holdsSecret(gathering)) gathering.mistakes.push(exposed(path));
  return { gathering, isBroken: false };
}

function holdsSecret({ given }: Gathering): boolean {
  return settingsOf(schema).some(({ path, setting }) => {
    const written = given.get(path)?.value ?? '';
    return setting.secret !== undefined && written !== '';
  });
}

const broken = (...mistakes: Mistake[]): ConfigFile => ({
  gathering: { ...emptyGathering(), mistakes },
  isBroken: true,
});

const faultIn = (path: string, fault: YamlFault): Mistake => ({
  key: `${path}:${fault.line}:${fault.column}`,
  problem: fault.problem,
  remedy: 'correct this place',
});

const missing = (path: string): Mistake => ({
  key: path === '' ? '--config' : path,
  problem: 'does not exist',
  remedy: `copy ${shippedFile('example.yaml')} there, or name the file with --config or ${CONFIG_VARIABLE}`,
});

const empty = (path: string): Mistake => ({
  key: path,
  problem: 'is empty',
  remedy: `begin with a copy of ${shippedFile('example.yaml')}`,
});

const noGroup = (path: string): Mistake => ({
  key: path,
  problem: 'is not a group of keys',
  remedy: `begin with a copy of ${shippedFile('example.yaml')}`,
});

// systemd makes a dynamic user at each start, so that nobody can give it a file.
const forbidden = (path: string): Omit<Mistake, 'key'> => ({
  problem: FORBIDDEN.problem,
  remedy: `where it holds no secret, run chmod 644 ${path}, as it must be for a dynamic user of systemd; else ${FORBIDDEN.remedy}`,
});

const exposed = (path: string): Mistake => ({
  key: path,
  problem: 'holds a secret and can be read or written by others',
  remedy: `run chmod 640 ${path}, or move the secret to a file of its own`,
});
