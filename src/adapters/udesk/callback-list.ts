import type { Instant } from '../../domain/identity.ts';
import type { HandedOut } from '../../ports/lost-callers.ts';
import type { ListAnswer, NumbersAnswer } from '../../ports/udesk-inbox.ts';
import { type CallbackRefusal, type ReceivedCallback, verifyCallback } from './callback.ts';
import { SUCCESS } from './error-codes.ts';
import { type Fields, readFields, textOf, wholeNumberOf } from './json-fields.ts';

export interface ListRequest {
  readonly taskId: string;
}

export interface NumbersRequest extends ListRequest {
  readonly count: number;
}

/**
 * What Udesk asks of the list of callers to be called back.
 * `repeated`: word for word what it has asked before, or perhaps has. `faulty`: Udesk's, and not as the document has it. `refused`: not
 * Udesk's, or about another application; why is for our log.
 */
export type ListReading<Request> =
  | { readonly kind: 'asked'; readonly request: Request }
  | { readonly kind: 'repeated' }
  | { readonly kind: 'faulty'; readonly why: string }
  | { readonly kind: 'refused'; readonly why: CallbackRefusal };

export type ReceivedRequest = ReceivedCallback & {
  readonly body: string;
  /** What came before that is not remembered: a request from then may be one that was answered before a restart. */
  readonly memoryBegan: Instant;
};

// The most that one answer gives, whatever was asked for: while so many are looked up no caller is served (20 ms, measured). The
// document has no highest count, and whoever is given fewer learns that there are others.
const MOST_NUMBERS = 100;
// A task's id is kept beside each caller who was given to it. The document's examples are uuids, of 36 characters.
const LONGEST_TASK_ID = 256;

/** `POST cc_ad_task/numbers`: app_id, ad_task_id, count. */
export function readNumbersRequest(received: ReceivedRequest): ListReading<NumbersRequest> {
  return readRequest(received, (fields, taskId) => {
    const count = wholeNumberOf(fields.get('count'));
    if (count === undefined || count === 0) return faulty('count is no whole number from 1 on');
    return asked({ taskId, count: Math.min(count, MOST_NUMBERS) });
  });
}

/** `POST cc_ad_task/stop`: app_id, ad_task_id. */
export function readStopRequest(received: ReceivedRequest): ListReading<ListRequest> {
  return readRequest(received, (_fields, taskId) => asked({ taskId }));
}

/**
 * The document describes no authentication for these two requests. Taken at its word, anybody who reaches the daemon could
 * take away callers and their numbers, which are personal data, with nothing but an application's id. So the signature is
 * demanded that the document has for everything else that Udesk sends us (`Timestamp`, `AppId`, `Sign` in the query).
 */
function readRequest<Request>(
  received: ReceivedRequest,
  read: (fields: Fields, taskId: string) => ListReading<Request>,
): ListReading<Request> {
  const verdict = verifyCallback(received);
  if (!verdict.ok)
    return verdict.reason === 'replayed' ? { kind: 'repeated' } : { kind: 'refused', why: verdict.reason };
  // One that was sent in the very second of the start, or by a clock that is behind, is told to ask again, as below.
  if (verdict.sentAt < received.memoryBegan) return { kind: 'repeated' };
  const reading = readFields(received.body);
  if (!reading.ok) return faulty(`the body is ${reading.why}`);
  if (textOf(reading.fields.get('app_id')) !== received.appId) return { kind: 'refused', why: 'wrong-app' };
  const taskId = textOf(reading.fields.get('ad_task_id'));
  if (taskId === undefined || taskId.length > LONGEST_TASK_ID) return faulty('ad_task_id is no id');
  return read(reading.fields, taskId);
}

const asked = <Request>(request: Request): ListReading<Request> => ({ kind: 'asked', request });
const faulty = (why: string): ListReading<never> => ({ kind: 'faulty', why });

const OK: ListAnswer = { code: SUCCESS, message: 'OK' };

/** A number's id is that of the call in which its caller was lost. */
export function numbersAnswer({ callers, exhausted }: HandedOut): NumbersAnswer {
  return { ...OK, exhausted, results: callers.map(({ callId, number }) => ({ id: callId, number })) };
}

/**
 * Somebody may be sending an old request again to take more callers away, perhaps after a restart, or Udesk may have asked
 * twice within one second, which looks the same. Nobody now, and ask again, is right for both.
 */
export const NOBODY_NOW: NumbersAnswer = { ...OK, exhausted: false, results: [] };

/** A task that is over leaves nothing to be done: what it was given was given for good. */
export const STOP_NOTED: ListAnswer = OK;

// "Parameter error" in the document's table.
const PARAMETER_ERROR = '000001';

/** For both requests: of numbers there are none in it. HTTP says 200, as it does when Udesk answers with an error. */
export function faultyAnswer(why: string): NumbersAnswer {
  return { code: PARAMETER_ERROR, message: why, exhausted: false, results: [] };
}
