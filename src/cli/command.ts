import type { Answer } from './store-command.ts';
import type { Surroundings } from './surroundings.ts';

/** One command as an operator sees it. Parsing, help, refusals and completion all follow from the table of these. */
export interface Command {
  readonly name: string;
  readonly usage: readonly Usage[];
  readonly options: Readonly<Record<string, Option>>;
  /** What an operator must know besides. */
  readonly about?: string;
  readonly examples: readonly string[];
  /** It goes on where nobody reads what it prints: callers are served whether or not anybody keeps the log. */
  readonly isUnreadToo?: true;
  /**
   * Reads the command's own modules, which nobody else needs: a look into the store starts twice as fast without the
   * daemon and the simulators.
   */
  readonly load: () => Promise<Perform>;
}

/** One way to call a command. */
export interface Usage {
  /** What follows the name: `show ID`. A word in small letters is typed as it is, one in capitals stands for something. */
  readonly words: string;
  readonly does: string;
}

export interface Option {
  /** What follows it, in capitals; nothing: the option stands alone. */
  readonly value?: string;
  readonly help: string;
}

export type Perform = (given: Given) => Answer | Promise<Answer>;

/** What was typed, options sorted out. */
export interface Given {
  readonly words: readonly string[];
  readonly values: Values;
  readonly surroundings: Surroundings;
  readonly commands: readonly Command[];
}

export interface Values {
  /** The last one, where it was given more than once. */
  text(name: string): string | undefined;
  /** Each time it was given. */
  texts(name: string): readonly string[];
  has(name: string): boolean;
}
