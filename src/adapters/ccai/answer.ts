import { type Failure, failed, type Outcome, success } from '../../ports/failure.ts';
import type { HttpAnswer } from '../kit/http-client.ts';
import { callFrom, isCall } from './call-object.ts';
import { customerFlagsFrom } from './customer-flags.ts';
import { text } from './kind.ts';
import type { Operation } from './operation.ts';
import { isRecord, readFields } from './reading.ts';
import { refusalFrom } from './refusal.ts';

/** Statuses beside 2xx that the document gives a meaning to. */
export const REFUSING_STATUSES: readonly number[] = [400, 404];

const OUTBOUND_REQUEST = { call_type: text, agent_email: text, end_user_number: text, lang: text } as const;

export interface Telling {
  /** Of the request, for causes. */
  readonly name: string;
  /** Makes text of the far side fit for a log. */
  readonly excerpt: (text: string) => string;
}

/** What an answer means. */
export function answerFrom(
  operation: Operation,
  { status, text: body }: HttpAnswer,
  { name, excerpt }: Telling,
): Outcome<unknown> {
  if (REFUSING_STATUSES.includes(status))
    return success({ kind: 'refused', why: refusalFrom(status, body, excerpt) });
  const told = tellingOf(operation, status, jsonFrom(body));
  if (told !== undefined) return success(told);
  // Done or not? Such an answer comes from something in between.
  const cause = `${name}: ${excerpt(`${status} that is not documented: ${oddity(body)}`)}`;
  return failed({ kind: 'unknown-outcome', cause });
}

/**
 * What a fault means for this operation. A far side that broke down over a call may have made it first, and to ask again
 * would call somebody twice. 503 is one that takes nothing on (RFC 9110 §15.6.4), 408 one that heard only a part, and 3xx
 * comes from in front of it.
 */
export function failureFor({ repeating }: Operation, failure: Failure): Failure {
  if (repeating === 'harmless' || failure.kind !== 'broken') return failure;
  const { status, cause } = failure;
  return status >= 500 && status !== 503 ? { kind: 'unknown-outcome', cause } : failure;
}

function tellingOf({ answers }: Operation, status: number, found: unknown): unknown {
  switch (answers[String(status)] ?? answers['2xx']) {
    case 'created':
      // 201 alone says that it is done, whatever the body.
      return { kind: 'created', call: callFrom(found) };
    case 'needs-agent':
      return { kind: 'needs-agent' };
    case 'needs-outbound-number':
      if (isCall(found)) return { kind: 'created', call: callFrom(found) };
      return isRecord(found)
        ? { kind: 'needs-outbound-number', request: readFields(OUTBOUND_REQUEST, found) }
        : undefined;
    case 'flags':
      return isRecord(found) ? { kind: 'flags', flags: customerFlagsFrom(found) } : undefined;
    case 'set':
      return { kind: 'set' };
    default:
      return isCall(found) ? { kind: 'created', call: callFrom(found) } : undefined;
  }
}

function jsonFrom(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Only a page is quoted: JSON may hold a name or a number that nobody knows. */
function oddity(body: string): string {
  const start = body.trimStart();
  if (start === '') return 'nothing at all';
  return start.startsWith('<') ? start : `${body.length} characters`;
}
