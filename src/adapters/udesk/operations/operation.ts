import type { Kind, Kinds } from './kind.ts';

/** One operation of the document: a row of the table, from which everything about it follows. */
export interface Operation {
  /** The document's heading. */
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base URL. What stands in braces is a required parameter, percent-encoded. */
  readonly path: string;
  /** The name under which the application travels in the query. */
  readonly app: 'AppId' | 'app_id' | 'none';
  /** Parameters in the query beside those of authentication. */
  readonly query?: Kinds;
  /**
   * Parameters in the JSON body, whatever the method. A row that has them sends a body even if all are left out: without
   * `{}` the far side answers `100004 unexpected end of JSON input`.
   */
  readonly body?: Kinds;
  /**
   * Where the result stands: in `Result` (with `ErrCode` and `ErrDesc`), in `results` (with `code` and `message`), or
   * `beside` the `ErrCode` in fields of its own.
   */
  readonly answer: 'Result' | 'results' | 'beside';
  readonly result: Kind;
  /** Whether the same request once more does something new: rings again, adds a second one. */
  readonly repeating: 'harmless' | 'harmful';
}

export type Operations = Readonly<Record<string, Operation>>;
