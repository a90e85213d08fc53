import { Refusal } from './refusal.ts';

/** A status and what is answered as JSON; without a body nothing is. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
}

export const refused = ({ message }: Refusal): Answer => ({ status: 400, body: { message } });

/** The meaning that the document gives to 404. */
export const NOT_FOUND: Answer = { status: 404, body: { message: 'Resource not found' } };

/** Assumed: the document names the limit nowhere. */
export const TOO_MANY: Answer = { status: 429, body: { message: 'Too many requests' } };

/** Assumed: the document leaves authentication out. */
export const UNAUTHORIZED: Answer = { status: 401, body: { message: 'Unauthorized' } };

export function answerOr<Found>(found: Found | Refusal, answer: (found: Found) => Answer): Answer {
  return found instanceof Refusal ? refused(found) : answer(found);
}
