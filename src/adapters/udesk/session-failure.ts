import { success } from '../../ports/failure.ts';
import type { UdeskOutcome } from './answer.ts';
import { errorOf, SUCCESS } from './error-codes.ts';
import type { Fields } from './json-fields.ts';
import { masked } from './masked.ts';
import type { Reply } from './pending-requests.ts';

// A reply has no HTTP status; over REST the same refusal comes with a 200.
const STATUS = 200;

/** What a reply means. Its cause begins with name and code of the error, as over REST. */
export function outcomeOfReply(
  method: string,
  { errCode, errDesc, fields }: Reply,
  excerpt: (text: string) => string,
): UdeskOutcome<Fields> {
  if (errCode === SUCCESS) return success(fields);
  const { error, means } = errorOf(errCode, errDesc);
  const label = `${error.name} (${masked(excerpt(error.code))})`;
  const cause = `${label}: ${method}: ${masked(excerpt(errDesc))}`;
  return { ok: false, failure: { kind: means, status: STATUS, cause, error } };
}
