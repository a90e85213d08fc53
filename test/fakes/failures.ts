import type { Failure } from '../../src/ports/failure.ts';

/** One failure of each kind, as an adapter would tell it. */
export const unreachable: Failure = { kind: 'unreachable', cause: 'connect ECONNREFUSED' };
export const noAnswer: Failure = { kind: 'unknown-outcome', cause: 'no answer within 10000 ms' };
export const broken: Failure = { kind: 'broken', status: 500, cause: '500 Internal Server Error' };
/** Not begun, for sure. */
export const unavailable: Failure = { kind: 'broken', status: 503, cause: '503 Service Unavailable' };
export const unauthorized: Failure = { kind: 'unauthorized', status: 401, cause: '401 Unauthorized' };
export const refused: Failure = { kind: 'refused', status: 422, cause: '422 no such id' };
export const throttled = (retryAfterMs?: number): Failure => ({
  kind: 'throttled',
  retryAfterMs,
  cause: '429 Too Many Requests',
});
