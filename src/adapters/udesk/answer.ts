import { type Failure, failed, success } from '../../ports/failure.ts';
import type { HttpAnswer } from '../kit/http-client.ts';
import { codeFrom, errorOf, SUCCESS, type UdeskError } from './error-codes.ts';
import type { Operation } from './operations/operation.ts';
import { isRecord, read } from './operations/reading.ts';

/** A failure with the error that Udesk gave for it, where it gave one. Its cause then starts with name and code. */
export type UdeskFailure = Failure & { readonly error?: UdeskError };

export type UdeskOutcome<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: UdeskFailure };

type Body = Readonly<Record<string, unknown>>;

/**
 * What a 2xx answer means, in either of its shapes: `ErrCode`, `ErrDesc` and `Result`, or `code`, `message` and
 * `results`. Each is understood whatever the row says, since a refusal may come from in front of the operation.
 * `causeOf` names the request and makes the text fit for a log.
 */
export function outcomeOf(
  operation: Operation,
  { status, text }: HttpAnswer,
  causeOf: (text: string) => string,
): UdeskOutcome<unknown> {
  // By the document, what a DELETE may answer; by HTTP, there is no body then.
  const body = status === 204 ? { ErrCode: SUCCESS } : bodyFrom(text);
  const code = isRecord(body) ? codeFrom(body['ErrCode'] ?? body['code']) : undefined;
  // Done or not? Such an answer comes from something in between.
  if (!isRecord(body) || code === undefined)
    return failed({
      kind: 'unknown-outcome',
      cause: causeOf(`${status} without a code: ${strangeness(text)}`),
    });
  if (code !== SUCCESS) return failed(refusal(body, code, status, causeOf));
  const value = read(operation.result, payloadOf(operation, body));
  if (value !== undefined) return success(value);
  return failed({
    kind: 'unknown-outcome',
    cause: causeOf(`${status} with a result unlike the documented one`),
  });
}

/**
 * The same failure with the error that Udesk named in the body of a 4xx or 5xx. The code says more than the status, so it
 * decides; except over 401, 403 and 429, which speak for themselves.
 */
export function withError(failure: Failure): UdeskFailure {
  const [, code] = CODE.exec(failure.cause) ?? [];
  if (!('status' in failure) || code === undefined) return failure;
  const [, description = ''] = DESCRIPTION.exec(failure.cause) ?? [];
  const { error, means } = errorOf(codeFrom(code) ?? code, description);
  const kind = saysNothing(error, means) || failure.kind === 'unauthorized' ? failure.kind : means;
  return { kind, status: failure.status, cause: `${labelOf(error)}: ${failure.cause}`, error };
}

// Of a bad answer nothing is kept but the excerpt in the cause; code and description stand at the front of the body.
const CODE = /"(?:ErrCode|code)"\s*:\s*"?(\d{1,6})\b/;
const DESCRIPTION = /"(?:ErrDesc|message)"\s*:\s*"([^"]*)/;

function saysNothing({ name }: UdeskError, means: Failure['kind']): boolean {
  return name === 'Undocumented' && means === 'refused';
}

function refusal(body: Body, code: string, status: number, causeOf: (text: string) => string): UdeskFailure {
  const description = String(
    [body['ErrDesc'], body['message']].find((text) => typeof text === 'string') ?? '',
  );
  const { error, means } = errorOf(code, description);
  return { kind: means, status, cause: `${labelOf(error)}: ${causeOf(`${status} ${description}`)}`, error };
}

function labelOf({ name, code }: UdeskError): string {
  return `${name} (${code})`;
}

function payloadOf({ answer }: Operation, body: Body): unknown {
  const [first, second] = answer === 'results' ? ['results', 'Result'] : ['Result', 'results'];
  if (answer !== 'beside') return body[first] ?? body[second];
  return isRecord(body['Result']) ? { ...body['Result'], ...body } : body;
}

function bodyFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * What such an answer looks like. Only a page is quoted: JSON that breaks off may hold passwords and numbers that we have
 * never seen.
 */
function strangeness(text: string): string {
  const start = text.trimStart();
  if (start === '') return 'nothing at all';
  return start.startsWith('<') ? start : `${text.length} characters that are not the documented JSON`;
}
