import { isObject, parseJson } from '../../kit/json.ts';
import { type Problem, readFields, refuses } from '../fields.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import type { RestOperation } from './operation.ts';

export interface ReadBody {
  /** As it came: JSON where it is any, else the text. */
  readonly given: unknown;
  readonly values: unknown;
  readonly refusal: Refusal | undefined;
  readonly breaches: readonly string[];
}

/** The body, against the fields of an operation. */
export function readBody({ fields, body }: RestOperation, text: string): ReadBody {
  const nothing = { given: text, values: undefined, refusal: undefined, breaches: [] };
  if (fields === undefined) {
    const breaches = body === 'none' && text !== '' ? ['a body where the document has none'] : [];
    return { ...nothing, breaches };
  }
  const given = parseJson(text);
  if (!isObject(given)) {
    return { ...nothing, refusal: REFUSALS.endOfInput, breaches: ['the body is no JSON object'] };
  }
  const { value, problems } = readFields(fields, given);
  const refusal = problems.some(refuses) ? refusalFor(problems.filter(refuses)) : undefined;
  return { given, values: value, refusal, breaches: problems.map(({ field, why }) => `${field} ${why}`) };
}

// The table of codes says so: these have a message of their own where they are missing.
const IDS = /(?:^|\.)(?:AgentId|AppId|WorkId|agent_id|agent_Id)$/;

/** All are 000001; the message tells which kind. */
function refusalFor(problems: readonly Problem[]): Refusal {
  const missing = problems.filter(({ kind }) => kind === 'missing').map(({ field }) => field);
  if (missing.some((field) => IDS.test(field))) return REFUSALS.idsBlank;
  if (missing.includes('FileName')) return REFUSALS.fileNameBlank;
  return problems.some(({ kind }) => kind === 'value') ? REFUSALS.paramsInvalid : REFUSALS.parameterError;
}
