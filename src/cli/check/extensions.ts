import type { ExtensionFacts } from '../../adapters/asterisk/extension-facts.ts';
import type { Config } from '../../config/config.ts';
import { type Extension, extensionFrom } from '../../domain/identity.ts';
import { count } from './configuration.ts';
import { type Finding, fail, ok, skipped, warn } from './finding.ts';

// Each takes the PBX three questions of a millisecond.
const MOST_EXTENSIONS = 100;

export const NO_EXTENSION = skipped(
  'devices and hints',
  'no extension is known yet: name some with --extension 1001,1002',
);

/** Those that `--extension` names; nothing where it was not given; as text, what is wrong with it. */
export function namedExtensions(option: string | undefined): readonly Extension[] | undefined | string {
  if (option === undefined) return undefined;
  const words = option.split(',').map((word) => word.trim());
  const extensions = words.flatMap((word) => extensionFrom(word) ?? []);
  return extensions.length < words.length
    ? '--extension takes extensions of two digits or more, separated by commas'
    : extensions;
}

/** Those that were named, else those of Udesk's seats and of calls in the store. */
export function extensionsToLookAt(
  named: readonly Extension[] | undefined,
  { udesk }: Pick<Config, 'udesk'>,
  inStore: readonly Extension[],
): readonly Extension[] {
  const seats = (udesk?.seats ?? []).map(({ extension }) => extension);
  return [...new Set(named ?? [...seats, ...inStore])].slice(0, MOST_EXTENSIONS);
}

export function extensionFindings(
  facts: readonly ExtensionFacts[],
  { device, hintContext }: Config['agents'],
): readonly Finding[] {
  return [
    ...deviceFindings(facts, device),
    ...(facts.some(({ dndDevice }) => dndDevice !== '') ? [dndFinding(facts)] : []),
    ...(hintContext === undefined ? [] : [hintFinding(facts, hintContext)]),
  ];
}

const those = (facts: readonly ExtensionFacts[]): string =>
  facts.map(({ extension }) => extension).join(', ');

function deviceFindings(facts: readonly ExtensionFacts[], template: string): readonly Finding[] {
  const unknown = facts.filter(({ deviceState }) => deviceState === 'INVALID');
  const known = facts.filter(({ deviceState }) => deviceState !== 'INVALID');
  return [
    ...(unknown.length > 0 ? [unknownFinding(unknown, template)] : []),
    ...(known.length > 0 ? [awayFinding(unknown.length > 0 ? 'other devices' : 'devices', known)] : []),
  ];
}

const unknownFinding = (unknown: readonly ExtensionFacts[], template: string): Finding =>
  fail(
    'devices',
    `the PBX has no ${unknown.map(({ device }) => device).join(', ')}: ${those(unknown)} would never be offered a caller`,
    `set agents.device (now ${template}) to what the PBX dials: asterisk -rx 'core show hints' and 'pjsip show endpoints' show the names`,
  );

/** Of those whom the PBX knows. */
function awayFinding(name: string, facts: readonly ExtensionFacts[]): Finding {
  const away = facts.filter(({ deviceState }) => deviceState === 'UNAVAILABLE');
  if (away.length === facts.length)
    return warn(
      name,
      away.length === 1 ? `${those(away)} is not registered` : `none of ${those(away)} is registered`,
      "asterisk -rx 'pjsip show contacts' shows who is; a phone that is registered under another name needs another agents.device",
    );
  return ok(name, `${count(facts.length, 'device')} there, ${away.length} of them not registered now`);
}

function dndFinding(facts: readonly ExtensionFacts[]): Finding {
  const invalid = facts.filter(({ dndState }) => dndState === 'INVALID');
  const remedy =
    'set agents.dndDeviceState to the device that your PBX sets (FreePBX: Custom:DEVDND{extension}, or Custom:DND{extension}), or to "" where there is none';
  if (invalid.length > 0)
    return fail(
      'do not disturb',
      `the PBX has no ${invalid.map(({ dndDevice }) => dndDevice).join(', ')}`,
      remedy,
    );
  const unset = facts.filter(({ dndState }) => dndState === 'UNKNOWN');
  if (unset.length === facts.length)
    return warn(
      'do not disturb',
      `${unset[0]?.dndDevice ?? 'the device'} was never set, nor that of any other: nobody ever used it, or it has another name`,
      `have one agent switch it on and run check again; if it says the same, ${remedy}`,
    );
  return ok('do not disturb', `known of ${facts.length - unset.length} of ${facts.length}`);
}

function hintFinding(facts: readonly ExtensionFacts[], context: string): Finding {
  const missing = facts.filter(({ hasHint }) => hasHint === false);
  if (missing.length === 0) return ok('hints', `each has one in ${context}`);
  return fail(
    'hints',
    `no hint in ${context} for ${those(missing)}: they would never be offered a caller`,
    `add to [${context}]: exten => ${missing[0]?.extension ?? '1001'},hint,${missing[0]?.device ?? ''}; then asterisk -rx 'dialplan reload'; or set agents.hintContext to "", for the daemon asks the phones as well`,
  );
}
