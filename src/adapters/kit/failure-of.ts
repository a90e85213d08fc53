import type { Failure } from '../../ports/failure.ts';

/** An answer other than 2xx, with its texts already made fit for a log. */
export interface BadAnswer {
  readonly status: number;
  /** What `Retry-After` asks for, where it does. */
  readonly retryAfterMs: number | undefined;
  readonly cause: string;
}

/**
 * Which failure a status means. A redirect is not followed, since a token must not go to somebody's Location; it comes
 * from something in between, a gateway or a maintenance page, and passes like it.
 */
export function failureOfStatus({ status, retryAfterMs, cause }: BadAnswer): Failure {
  if (status === 429) return { kind: 'throttled', retryAfterMs, cause };
  if (status === 401 || status === 403) return { kind: 'unauthorized', status, cause };
  if (status === 408 || status >= 500 || (status >= 300 && status < 400))
    return { kind: 'broken', status, cause };
  return { kind: 'refused', status, cause };
}

/**
 * Which failure an exchange without a usable answer means. Only one thing decides: had the request begun to leave?
 * Refused ports, unknown names, TLS that fails and connects that time out all come before that moment; resets and
 * timeouts after it leave open whether the far side acted.
 */
export function failureOfSilence(sent: boolean, cause: string): Failure {
  return sent ? { kind: 'unknown-outcome', cause } : { kind: 'unreachable', cause };
}

/** What went wrong in words: code and message of the error, or of the errors inside it. */
export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A name with several addresses fails with one error per address and an empty message on top.
  if (error instanceof AggregateError) return error.errors.map(causeOf).join('; ');
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  return [code, error.message].filter((text) => text).join(' ') || error.name;
}
