import type { CallType } from './definitions.ts';
import type { Kinds } from './kind.ts';
import type { RefusalCode } from './refusals.ts';

/** One chapter of the document: a row of the table, from which everything about it follows. */
export interface Operation {
  /** The document's heading. */
  readonly title: string;
  readonly method: 'GET' | 'POST' | 'PATCH';
  /** Below the base URL. `{id}` is that of a call. */
  readonly path: 'calls' | 'calls/{id}/customer_flag';
  /** Travels in the body. */
  readonly callType?: CallType;
  /** The other parameters in the JSON body. */
  readonly body?: Kinds;
  /** What each 2xx means, where the document says what it means. */
  readonly answers: Readonly<Record<string, AnswerKind>>;
  /** The messages with which it may say no. */
  readonly refusals: readonly RefusalCode[];
  /** Whether the same request once more does something new: somebody is called twice. */
  readonly repeating: 'harmless' | 'harmful';
}

export type AnswerKind = 'created' | 'needs-agent' | 'needs-outbound-number' | 'flags' | 'set';
export type Operations = Readonly<Record<string, Operation>>;
