import type { OperationName } from './operation.ts';

/** One request, in the order of arrival. Nothing in it tells the token. */
export interface RequestEntry {
  readonly at: number;
  /** Nothing where the platform did not get as far, or where there is no such place. */
  readonly operation: OperationName | undefined;
  readonly method: string;
  /** From the base path on, as in `/calls`. */
  readonly path: string;
  /** As it was read; the text itself where it is no JSON, nothing where there was none. */
  readonly body: unknown;
  /** The status answered, or how the answer stayed away. */
  readonly status: number | 'silence' | 'cut';
  /** The same of what was answered; where it was cut off, or silent, what would have been. */
  readonly answer: unknown;
}

export function describeRequest({ method, path, status, body }: RequestEntry): string {
  return `${method} ${path} ${status} ${JSON.stringify(body)}`;
}
