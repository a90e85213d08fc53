/**
 * The log: a fixed message, and facts as fields. Phone numbers go in the field `clientNumber` only, where they are
 * masked; nothing secret goes in at all.
 */
export interface Log {
  debug(facts: Facts, message: string): void;
  info(facts: Facts, message: string): void;
  warn(facts: Facts, message: string): void;
  error(facts: Facts, message: string): void;
}

export type Facts = Readonly<Record<string, unknown>>;
