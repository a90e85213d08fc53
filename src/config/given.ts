/** A value that somebody wrote down, and where. */
export interface GivenValue {
  readonly value: unknown;
  /** `file`, the name of an environment variable, a credential or a secret's file. */
  readonly origin: string;
}

/** Written values by the path of their key. */
export type Given = ReadonlyMap<string, GivenValue>;

export const FROM_FILE = 'file';
