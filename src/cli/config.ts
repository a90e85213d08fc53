import { formatMistakes, type Mistake, printable } from '../config/mistake.ts';
import { type EffectiveSetting, effectiveConfig } from './effective-config.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './json-text.ts';
import type { Surroundings } from './surroundings.ts';
import { table } from './table.ts';

export interface ConfigOptions {
  readonly file: string | undefined;
  readonly json: boolean;
}

/** `config`: every value that is in force, and where it came from. No secret is shown. */
export function config(options: ConfigOptions, { env }: Pick<Surroundings, 'env'>): number {
  const { code, out, error } = shownConfig(options, env);
  if (out !== undefined) console.log(out);
  if (error !== undefined) console.error(error);
  return code;
}

interface Shown {
  readonly code: number;
  readonly out?: string;
  readonly error?: string;
}

export function shownConfig({ file, json }: ConfigOptions, env: Surroundings['env']): Shown {
  const effective = effectiveConfig({ file, env });
  if (!effective.ok) return { code: EXIT.CONFIG, error: formatMistakes(effective.mistakes) };
  const { settings, withheld } = effective;
  const out = json ? jsonText(settings.map(facts)) : textOf(settings);
  return withheld.length === 0
    ? { code: EXIT.OK, out }
    : { code: EXIT.OK, out, error: aboutWithheld(withheld) };
}

const facts = ({ key, value, from, where }: EffectiveSetting) => ({ key, value, from, where: where ?? null });

/** Of a part that is switched off only what somebody wrote is worth a line. */
function textOf(settings: readonly EffectiveSetting[]): string {
  const rows = settings.filter(({ isOff, from }) => !isOff || from !== 'default').flatMap(rowsOf);
  return table(['KEY', 'VALUE', 'FROM'], rows);
}

function originText({ from, where }: EffectiveSetting): string {
  if (from === 'nowhere') return '';
  return where === undefined || from === 'file' ? (where ?? from) : `${from} ${where}`;
}

/** A list of groups takes a line for each of their keys, everything else one. */
function rowsOf(setting: EffectiveSetting): readonly (readonly string[])[] {
  const { key, value, leftOut } = setting;
  const origin = originText(setting);
  if (!isGroupList(value)) return [[key, valueText(value), origin]];
  return value.flatMap((entry, index) =>
    Object.entries(entry).map(([inner, one]) => {
      const path = `${key}[${index}].${inner}`;
      return [path, valueText(one), leftOut.includes(path) ? 'default' : origin];
    }),
  );
}

const isGroupList = (value: unknown): value is readonly object[] =>
  Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'object' && one !== null);

function valueText(value: unknown): string {
  if (value === '') return '(empty)';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function aboutWithheld(withheld: readonly Mistake[]): string {
  const each = withheld.map(({ key, problem }) => printable(`  ${key} ${problem}`));
  return [
    'asterisk-movidesk: secrets that this user has not been given, without which run would not start:',
    ...each,
    'The daemon may have them all the same, as systemd credentials or as another user.',
  ].join('\n');
}
