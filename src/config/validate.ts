import convict from 'convict';
import { FROM_FILE, type Given } from './given.ts';
import type { Mistake } from './mistake.ts';
import type { Refusal } from './rules.ts';
import { isSetting, type Schema, type Setting, type ValuesOf } from './setting.ts';

type Report = (path: string, refusal: Refusal) => void;

// convict turns a text into whatever the default is, loosely: "5038x" becomes 5038, and any word but "false" becomes
// true. A format with a name of our own has no such coercion, and keeps values as they were written.
const AS_WRITTEN = 'as-written';
convict.addFormat({
  name: AS_WRITTEN,
  validate: (value: unknown, { judge }) => judge(value),
});

/**
 * The values of all settings, the defaults filled in; mistakes are added to `mistakes`, and then the values mean
 * nothing. `silent` are keys about which something was already said.
 */
export function validate<Part extends Schema>(
  schema: Part,
  given: Given,
  complaints: { readonly prefix: string; readonly silent: ReadonlySet<string>; readonly mistakes: Mistake[] },
): ValuesOf<Part> {
  const { prefix, silent, mistakes } = complaints;
  const report: Report = (path, { problem, remedy }) => {
    const origin = given.get(path)?.origin ?? FROM_FILE;
    const where = origin === FROM_FILE ? '' : ` (from ${origin})`;
    const key = prefix + path;
    if (!silent.has(key)) mistakes.push({ key, problem: problem + where, remedy });
  };
  // Both empty: convict would otherwise read the process's own environment and arguments.
  const config = convict(watched(schema, '', report), { env: {}, args: [] });
  for (const [path, { value }] of given) config.set(path, value);
  config.validate({ allowed: 'strict' });
  return config.getProperties() as ValuesOf<Part>;
}

/** The schema for convict. Its formats report instead of throwing, so that no mistake hides another. */
function watched(schema: Schema, prefix: string, report: Report): convict.Schema<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(schema).map(([key, node]) => [
      key,
      isSetting(node)
        ? watchedSetting(node, prefix + key, report)
        : watched(node, `${prefix}${key}.`, report),
    ]),
  );
}

function watchedSetting(setting: Setting<unknown>, path: string, report: Report): convict.SchemaObj<unknown> {
  return {
    doc: setting.doc,
    default: setting.default,
    format: AS_WRITTEN as convict.PredefinedFormat,
    sensitive: setting.secret !== undefined,
    judge: (value: unknown) => {
      if (value === null) {
        report(path, nothingGiven(setting));
        return;
      }
      const verdict = setting.check(value);
      if (!verdict.ok) report(path, verdict.refusal);
    },
  };
}

const nothingGiven = ({ wanted, default: fallback }: Setting<unknown>): Refusal =>
  fallback === null
    ? { problem: 'is missing', remedy: `write ${wanted}` }
    : { problem: 'has nothing after its colon', remedy: `write ${wanted}, or remove the key` };
