import { unreadable } from '../adapters/sqlite/sqlite-fault.ts';
import type { Config } from '../config/config.ts';
import { formatMistakes, printable } from '../config/mistake.ts';
import { numbersShown } from '../observe/mask-number.ts';
import { EXIT } from './exit-codes.ts';
import { jsonText } from './json-text.ts';
import { loadWithoutSecrets } from './load-without-secrets.ts';
import type { Surroundings } from './surroundings.ts';

/** An exit code, or what is wrong with the command line. */
export type Answer = number | string;

export interface StoreOptions {
  readonly config: string | undefined;
  readonly json: boolean | undefined;
}

/** What a command that looks into the store has to work with. */
export interface StoreView {
  readonly path: string;
  /** A caller's number as it may be shown. */
  readonly number: (text: string) => string;
  /** Prints the one or the other. */
  readonly show: (json: unknown, text: string) => void;
}

/** Finds the store as `run` finds it, and tells in plain words where it cannot be worked with. */
export function withStore(
  options: StoreOptions,
  { env }: Pick<Surroundings, 'env'>,
  work: (view: StoreView) => number,
): number {
  const loaded = loadWithoutSecrets({ file: options.config, env });
  if (!loaded.ok) {
    console.error(formatMistakes(loaded.mistakes));
    return EXIT.CONFIG;
  }
  const view = viewOf(loaded.config, options);
  try {
    return work(view);
  } catch (error) {
    const fault = unreadable(view.path, error);
    if (fault === undefined) throw error;
    const { message, why, remedy } = fault;
    return undone(why === undefined ? message : `${message}: ${why}`, remedy);
  }
}

/** Says what could not be done, and what to do about it. */
export function undone(problem: string, remedy: string): number {
  console.error(`asterisk-movidesk: ${printable(problem)}; ${printable(remedy)}.`);
  return EXIT.UNDONE;
}

function viewOf({ store, log }: Config, { json }: StoreOptions): StoreView {
  return {
    path: store.path,
    number: numbersShown(log.phoneNumbers),
    show: (facts, text) => console.log(json ? jsonText(facts) : text),
  };
}
