/**
 * Every fault of a far side, in the one shape that crosses a port.
 * `cause` is for the log: text made by the adapter, without tokens and without line breaks.
 */
export type Failure =
  /** Told to wait (429). `retryAfterMs` is what the far side asked for, where it did. */
  | { readonly kind: 'throttled'; readonly retryAfterMs: number | undefined; readonly cause: string }
  /** Nothing was sent: refused connection, no route, name not found. */
  | { readonly kind: 'unreachable'; readonly cause: string }
  /** Sent, and no answer came: repeat only where repeating is harmless. */
  | { readonly kind: 'unknown-outcome'; readonly cause: string }
  /** Heard, and broken over there (5xx, 408): ask again. */
  | { readonly kind: 'broken'; readonly status: number; readonly cause: string }
  /** The credential is not accepted (401, 403): a person must act. */
  | { readonly kind: 'unauthorized'; readonly status: number; readonly cause: string }
  /** Heard, and said no (other 4xx): park it. */
  | { readonly kind: 'refused'; readonly status: number; readonly cause: string };

export type Outcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure };

export const success = <Value>(value: Value): Outcome<Value> => ({ ok: true, value });
export const failed = (failure: Failure): Outcome<never> => ({ ok: false, failure });
