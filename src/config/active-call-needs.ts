import type { ActiveCallValues } from './active-call-config.ts';
import { activeCallSchema } from './active-call-schema.ts';
import type { Mistake } from './mistake.ts';
import { waysToGive } from './secret-sources.ts';

type Key = keyof ActiveCallValues;

/** What is missing for calls that are made from the help desk. Nothing is said of keys in `silent`, about which all was said. */
export function whatActiveCallLacks(
  values: ActiveCallValues,
  silent: ReadonlySet<string>,
): readonly Mistake[] {
  // Where something else stands there than true, its own rule says so.
  if (values.enabled !== true) return [];
  const lacks = (key: Key): boolean =>
    (values[key] === '' || isEmptyList(values[key])) && !silent.has(`activeCall.${key}`);
  return [
    ...(lacks('extensions') ? [NO_EXTENSIONS] : []),
    ...(lacks('dialContext') ? [NO_CONTEXT] : []),
    ...(values.auth === 'token' && lacks('token') ? [NO_TOKEN] : []),
    ...(values.auth === 'basic' && lacks('password') ? [NO_PASSWORD] : []),
    ...(values.monitor === true && lacks('supervisors') ? [NO_SUPERVISORS] : []),
  ];
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

const lacking = (key: Key, when: string, remedy: string): Mistake => ({
  key: `activeCall.${key}`,
  problem: `is missing while ${when}`,
  remedy,
});

const ENABLED = 'activeCall.enabled is true';
const NO_EXTENSIONS = lacking('extensions', ENABLED, 'write which agents may be rung: ["1001", "1100-1149"]');
const NO_CONTEXT = lacking(
  'dialContext',
  ENABLED,
  "write the context that dials the world for agents' phones (FreePBX: from-internal)",
);
const { token, password } = activeCallSchema;
const NO_TOKEN = lacking(
  'token',
  'activeCall.auth is token',
  waysToGive('activeCall.token', token.secret.credential),
);
const NO_PASSWORD = lacking(
  'password',
  'activeCall.auth is basic',
  waysToGive('activeCall.password', password.secret.credential),
);
const NO_SUPERVISORS = lacking(
  'supervisors',
  'activeCall.monitor is true',
  'write the extensions that may listen, or set activeCall.monitor to false',
);
