/** One line of the coverage table. Files by their path from the root of the repository. */
export interface Row {
  /** The document's heading. */
  readonly title: string;
  /** What goes over the wire: method and path, or the name in each of its spellings. */
  readonly wire: readonly string[];
  /** What the daemon does with it; nothing where it does nothing. */
  readonly use: Use | undefined;
  readonly test: Proof;
}

export interface Use extends Proof {
  readonly purpose: string;
}

/** A file, and the words in it by which one sees that it is about this row. */
export interface Proof {
  readonly file: string;
  readonly words: string;
}

export interface Chapter {
  readonly title: string;
  /** What a row without a use says. */
  readonly unused: string;
  readonly rows: readonly Row[];
}
