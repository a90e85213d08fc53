import type { Rule } from './rules.ts';

/** One key of the configuration: what it takes, what it is without anybody's doing, and what it means. */
export interface Setting<Value> extends Rule<Value> {
  /** Sentences: meaning, unit, and where the numbers come from. The limits are said by the rule itself. */
  readonly doc: string;
  /** `null`: there is no sensible default, so it must be given. */
  readonly default: Value | null;
  /** What the example file shows; commented out where there is a default. */
  readonly example?: Value;
  /** Its value must not be seen, and it has a sister key, its own name and `File`. */
  readonly secret?: SecretKey;
  /** The keys of each entry, where it is a list of groups. */
  readonly entry?: SettingGroup;
}

interface SecretKey {
  /** Its name among systemd's credentials. */
  readonly credential: string;
  /** The switch without which nobody needs it. Nothing: it is always needed, or has a default that is none. */
  readonly onlyWith?: string;
}

/** Settings by name, at most one storey of groups. */
export interface Schema {
  readonly [key: string]: Setting<unknown> | SettingGroup;
}

export interface SettingGroup {
  readonly [key: string]: Setting<unknown>;
}

/** What a schema's settings hold once they are valid. */
export type ValuesOf<Part> =
  Part extends Setting<infer Value> ? Value : { readonly [Key in keyof Part]: ValuesOf<Part[Key]> };

// No setting of ours is called `check`, and every setting has one: so it tells a setting from a group.
export const isSetting = (node: Setting<unknown> | SettingGroup): node is Setting<unknown> =>
  typeof node['check'] === 'function';

export const ENVIRONMENT_PREFIX = 'ASTERISK_MOVIDESK_';

/** `movidesk.requestsPerMinute` → `ASTERISK_MOVIDESK_MOVIDESK_REQUESTS_PER_MINUTE`. */
export function environmentName(path: string): string {
  const words = path.replaceAll('.', '_').replace(/([a-z0-9])([A-Z])/g, '$1_$2');
  return ENVIRONMENT_PREFIX + words.toUpperCase();
}

export interface SettingAt {
  readonly path: string;
  readonly setting: Setting<unknown>;
}

/** Every setting with its path, in the order of the schema. */
export function settingsOf(schema: Schema): readonly SettingAt[] {
  return Object.entries(schema).flatMap(([key, node]) =>
    isSetting(node)
      ? [{ path: key, setting: node }]
      : Object.entries(node).map(([inner, setting]) => ({ path: `${key}.${inner}`, setting })),
  );
}
