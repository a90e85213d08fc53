import { systemClock } from '../adapters/system/system-clock.ts';
import { loadConfig } from '../config/load.ts';
import { filesOfDaemon, isRootUnderSystemd } from './check/access.ts';
import { isGiven, type LoadedForCheck, loadedForCheck } from './check/configuration.ts';
import { examineAll } from './check/examination.ts';
import { Examinations } from './check/examinations.ts';
import { namedExtensions } from './check/extensions.ts';
import { jsonOf, lineOf, sumOf } from './check/report.ts';
import { WaitingLine } from './check/waiting-line.ts';
import { EXIT } from './exit-codes.ts';
import { loadWithoutSecrets, SECRETS } from './load-without-secrets.ts';
import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

export interface CheckOptions {
  readonly config: string | undefined;
  readonly json: boolean | undefined;
  /** `1001,1002`: agents whose phones and hints are to be looked at. */
  readonly extension?: string | undefined;
}

/** Where the findings go. */
export interface Screen {
  readonly print: (line: string) => void;
  /** Nothing where no person watches. */
  readonly progress: ((text: string) => void) | undefined;
}

const TERMINAL: Screen = {
  print: (line) => console.log(line),
  progress: process.stderr.isTTY ? (text) => void process.stderr.write(text) : undefined,
};

/**
 * `check`: looks at everything that the daemon needs, changes nothing, and says what to mend. It may run beside the daemon,
 * and ends by itself. 0 where all was looked at and nothing FAILs, else 1.
 */
export async function check(
  { config: file, json = false, extension }: CheckOptions,
  { env, stop }: Pick<Surroundings, 'env' | 'stop'>,
  { print, progress: write }: Screen = TERMINAL,
): Promise<Answer> {
  const named = namedExtensions(extension);
  if (typeof named === 'string') return named;
  const progress = new WaitingLine(write, systemClock);
  const { loaded, files } = load(file, env);
  using examinations = new Examinations(loaded, { named, files });
  const findings = await examineAll(
    examinations.all,
    { clock: systemClock, stop },
    {
      onBegin: ({ area, what, isBlocking }) => progress.begin(`${area}: ${what}`, isBlocking),
      onFound: (found) => {
        progress.end();
        if (!json) for (const finding of found) print(lineOf(finding));
      },
    },
  );
  print(json ? jsonOf(findings) : `\n${sumOf(findings)}`);
  return stop.aborted || findings.some(({ state }) => state === 'FAIL') ? EXIT.UNDONE : EXIT.OK;
}

/** As the daemon loads it; where only secrets are missing, all that needs none of them is looked at all the same. */
function load(
  file: string | undefined,
  env: Surroundings['env'],
): { readonly loaded: LoadedForCheck; readonly files: readonly string[] } {
  const strict = loadConfig({ file, env });
  const mistakes = strict.ok ? [] : strict.mistakes;
  const needed = SECRETS.filter((path) => isGiven({ mistakes }, path));
  const loaded = loadedForCheck(strict, () => loadWithoutSecrets({ file, env, needed }));
  return { loaded, files: isRootUnderSystemd() ? filesOfDaemon({ file, env }, strict) : [] };
}
