import type { Config } from '../../config/config.ts';
import type { LoadResult } from '../../config/load.ts';
import type { Mistake } from '../../config/mistake.ts';
import { type Finding, fail, ok, warn } from './finding.ts';

/** The configuration as `run` would take it, and with it what else can be looked at. */
export interface LoadedForCheck {
  /** Nothing where too much is wrong with it. */
  readonly config: Config | undefined;
  readonly mistakes: readonly Mistake[];
}

/** Whether the secret of this key is at hand; if not, that was told. */
export const isGiven = ({ mistakes }: Pick<LoadedForCheck, 'mistakes'>, key: string): boolean =>
  !mistakes.some((mistake) => mistake.key === key || mistake.key === `${key}File`);

/** `strict`: as the daemon loads it. `lenient`: where missing secrets are no mistake. */
export function loadedForCheck(strict: LoadResult, lenient: () => LoadResult): LoadedForCheck {
  if (strict.ok) return { config: strict.config, mistakes: [] };
  const second = lenient();
  return { config: second.ok ? second.config : undefined, mistakes: strict.mistakes };
}

export function configurationFindings({ config, mistakes }: LoadedForCheck): readonly Finding[] {
  if (mistakes.length > 0) return mistakes.map(({ key, problem, remedy }) => fail(key, problem, remedy));
  if (config === undefined) return [];
  return [
    ok('file and environment', `understood, ${count(config.queues.length, 'queue')}`),
    ...links(config),
    ...dialling(config),
  ];
}

function links({ recordings }: Config): readonly Finding[] {
  return recordings.linkTemplate === undefined
    ? [
        warn(
          'recordings.linkTemplate',
          'is empty: Movidesk gets no link to any recording',
          'set it to the address under which recordings open, such as https://pbx.example.com/recordings/{file}',
        ),
      ]
    : [ok('recordings.linkTemplate', 'Movidesk gets a link to each recording')];
}

function dialling({ activeCall }: Config): readonly Finding[] {
  if (activeCall === undefined) return [];
  const name = 'activeCall.allowedPrefixes';
  return activeCall.allowedPrefixes.length === 0
    ? [
        warn(
          name,
          'is empty: from Movidesk every number may be dialled, costly ones abroad and codes of the PBX (555) among them',
          'write what the numbers in your tickets begin with: ["+55"], or ["01", "02"] and so on to "09", or as docs/active-call.md says; "0" alone lets 00 through',
        ),
      ]
    : [ok(name, 'calls from Movidesk go to numbers that begin so, and to no others')];
}

export const count = (many: number, noun: string): string => `${many} ${noun}${many === 1 ? '' : 's'}`;
