import { whatActiveCallLacks } from './active-call-needs.ts';
import { assemble } from './assemble.ts';
import { readAuthorities } from './authorities.ts';
import { readCcai } from './ccai-parts.ts';
import type { Config } from './config.ts';
import { readConfigFile } from './config-file.ts';
import { type Environment, gatherEnvironment } from './gather-environment.ts';
import { emptyGathering } from './gather-group.ts';
import { FROM_FILE, type Given, type GivenValue } from './given.ts';
import { readAllowance } from './hours-table.ts';
import type { Mistake } from './mistake.ts';
import { readQueues } from './queue-list.ts';
import { whatServingLacks } from './recordings-needs.ts';
import { queueSchema, schema } from './schema.ts';
import { readSeats } from './seat-list.ts';
import { findSecret, waysToGive } from './secret-sources.ts';
import { settingsOf } from './setting.ts';
import { type ShownValues, shownValues } from './shown-values.ts';
import { whatUdeskLacks } from './udesk-needs.ts';
import { validate } from './validate.ts';

export interface LoadRequest {
  /** The value of `--config`, where it was given. */
  readonly file?: string | undefined;
  readonly env: Environment;
}

export type LoadResult =
  | {
      readonly ok: true;
      readonly config: Config;
      /** By the path of each key: `default`, `file`, the environment variable, or the file of a secret. Of a queue's, `queues[0].name`, only defaults. */
      readonly origins: Readonly<Record<string, string>>;
      /** By the path of each key: its value as it is to be shown, secrets as stars. */
      readonly values: ShownValues;
    }
  | { readonly ok: false; readonly mistakes: readonly Mistake[] };

/**
 * The configuration from defaults, file and environment (the later wins), or everything that is wrong with it.
 * Reads files at once, for nothing else can start before it, and never throws.
 */
export function loadConfig({ file, env }: LoadRequest): LoadResult {
  const fromEnvironment = emptyGathering();
  gatherEnvironment(schema, env, fromEnvironment);
  const read = readConfigFile({ file, env, mayBeMissing: fromEnvironment.given.size > 0 });
  const fromFile = read.gathering;
  const mistakes = [...fromFile.mistakes, ...fromEnvironment.mistakes];
  // Without the file every required key would be said to be missing, which would bury the one thing to mend.
  if (read.isBroken) return { ok: false, mistakes };
  const given = new Map([...fromFile.given, ...fromEnvironment.given]);
  const silent = placeSecrets(
    given,
    { fromFile: fromFile.given, fromEnvironment: fromEnvironment.given, env },
    mistakes,
  );
  for (const path of fromEnvironment.unreadable) silent.add(path);
  return validated(given, silent, mistakes);
}

function validated(given: Given, silent: ReadonlySet<string>, mistakes: Mistake[]): LoadResult {
  const values = validate(schema, given, { prefix: '', silent, mistakes });
  const originOf = (path: string): string => given.get(path)?.origin ?? FROM_FILE;
  const queues = readQueues(values.queues, originOf('queues'), mistakes);
  const parts = {
    requestsPerMinute: readAllowance(values.movidesk, originOf('movidesk.requestsPerMinute'), mistakes),
    queues,
    authorities: authoritiesOf(values.asterisk, mistakes),
    seats: readSeats(values.udesk.seats, originOf('udesk.seats'), mistakes),
  };
  mistakes.push(...whatUdeskLacks(values.udesk, silent));
  mistakes.push(...whatServingLacks(values.recordings, { silent, logLevel: values.log.level }));
  mistakes.push(...whatActiveCallLacks(values.activeCall, silent));
  const keepDays = values.store.keepDays;
  const ccai = readCcai(values.ccai, { queues, keepDays, silent, originOf }, mistakes);
  if (mistakes.length > 0) return { ok: false, mistakes };
  const config = assemble(values, { ...parts, ccai });
  const origins = Object.freeze({ ...originsOf(given), ...defaultsOfQueues(values.queues) });
  return { ok: true, config, origins, values: shownValues(values, { queues }) };
}

/** Whom to trust over TLS; nothing where the system says it, or something is wrong. */
function authoritiesOf(
  { caFile, tls }: { readonly caFile: string; readonly tls: boolean },
  mistakes: Mistake[],
): readonly string[] | undefined {
  // What is no path was refused by the key's own rule.
  if (caFile === '' || !schema.asterisk.caFile.check(caFile).ok) return undefined;
  if (tls === false) mistakes.push(CA_WITHOUT_TLS);
  if (tls !== true) return undefined;
  const read = readAuthorities(caFile);
  if (read.ok) return read.certificates;
  mistakes.push({ key: CA_WITHOUT_TLS.key, ...read.refusal });
  return undefined;
}

const CA_WITHOUT_TLS: Mistake = {
  key: 'asterisk.caFile',
  problem: 'has no effect while asterisk.tls is false',
  remedy: 'set asterisk.tls to true, or remove the key',
};

/** Puts each secret under its own key, wherever it came from. Returns the keys about which all was said. */
function placeSecrets(
  given: Map<string, GivenValue>,
  sources: { readonly fromFile: Given; readonly fromEnvironment: Given; readonly env: Environment },
  mistakes: Mistake[],
): Set<string> {
  const silent = new Set<string>();
  for (const { path, setting } of settingsOf(schema)) {
    if (setting.secret === undefined) continue;
    const { credential, onlyWith } = setting.secret;
    const isNeeded = onlyWith === undefined || given.get(onlyWith)?.value === true;
    given.delete(path);
    // Of a part that is switched off not even the files are looked for: they may be gone with it.
    if (!isNeeded) continue;
    const found = findSecret({ ...sources, path, credential });
    if (found.kind === 'found') {
      given.set(path, found.secret);
      continue;
    }
    // It has a default, which is none; whoever needs it after all says so.
    if (found.kind === 'none' && setting.default !== null) continue;
    silent.add(path);
    if (found.kind === 'mistaken') mistakes.push(...found.mistakes);
    else mistakes.push({ key: path, problem: 'is missing', remedy: waysToGive(path, credential) });
  }
  return silent;
}

function originsOf(given: Given): Readonly<Record<string, string>> {
  const origins = settingsOf(schema).map(({ path }) => [path, given.get(path)?.origin ?? 'default']);
  return Object.fromEntries(origins);
}

/** What an entry of the list leaves out stands nowhere in the file. */
function defaultsOfQueues(entries: readonly unknown[]): Readonly<Record<string, string>> {
  const left = entries.flatMap((entry, index) =>
    Object.keys(queueSchema)
      .filter((key) => entry instanceof Map && !entry.has(key))
      .map((key) => [`queues[${index}].${key}`, 'default']),
  );
  return Object.fromEntries(left);
}
