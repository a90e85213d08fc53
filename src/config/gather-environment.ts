import type { Gathering } from './gather-group.ts';
import { type Mistake, printable } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { ENVIRONMENT_PREFIX, environmentName, type Schema, type SettingAt, settingsOf } from './setting.ts';
import { readYaml, type YamlFault } from './yaml-text.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Names the configuration file. */
export const CONFIG_VARIABLE = `${ENVIRONMENT_PREFIX}CONFIG`;

// Kubernetes gives every container such variables for a service called asterisk-movidesk; nobody wrote them.
const SERVICE_LINK =
  /^(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT|PORT_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)$/;

/** Sorts our part of the environment into values of known settings and mistakes. */
export function gatherEnvironment(schema: Schema, env: Environment, into: Gathering): void {
  const byName = new Map(settingsOf(schema).map((found) => [environmentName(found.path), found]));
  for (const [name, text] of Object.entries(env)) {
    if (text === undefined || !name.startsWith(ENVIRONMENT_PREFIX) || name === CONFIG_VARIABLE) continue;
    const found = byName.get(name);
    if (found !== undefined) gatherVariable(name, text, found, into);
    else if (!SERVICE_LINK.test(name.slice(ENVIRONMENT_PREFIX.length))) {
      into.mistakes.push(unknownVariable(name, [...byName.keys()]));
    }
  }
}

function gatherVariable(name: string, text: string, { path, setting }: SettingAt, into: Gathering): void {
  if (setting.isYaml?.(text) !== true) {
    into.given.set(path, { value: setting.fromText(text), origin: name });
    return;
  }
  const yaml = readYaml(text);
  if (yaml.ok) {
    into.given.set(path, { value: yaml.value, origin: name });
    return;
  }
  into.unreadable.add(path);
  const remedy = `write ${setting.wanted}, as YAML or JSON`;
  into.mistakes.push(...yaml.faults.map((fault) => faultOf(name, fault, remedy)));
}

const faultOf = (name: string, fault: YamlFault, remedy: string): Mistake => ({
  key: `${name}:${fault.line}:${fault.column}`,
  problem: fault.problem,
  remedy,
});

function unknownVariable(name: string, known: readonly string[]): Mistake {
  const near = nearestKeys(name, known)[0];
  return {
    key: printable(name),
    problem: 'is not a known environment variable',
    remedy:
      near === undefined
        ? `remove it: every variable beginning with ${ENVIRONMENT_PREFIX} stands for a key of the file`
        : `the nearest known one is ${near}`,
  };
}
