import type { Allowance, AllowedFrom } from '../domain/budget/allowance.ts';
import type { AllowanceValue } from './allowance-rule.ts';
import { FROM_FILE } from './given.ts';
import type { Mistake } from './mistake.ts';
import { type Refusal, wholeNumber } from './rules.ts';
import { LEAST_A_MINUTE, MOST_A_MINUTE, schema } from './schema.ts';

const PATH = 'movidesk.requestsPerMinute';

/** What the account is allowed; mistakes in a table are added, and then it means nothing. */
export function readAllowance(
  { requestsPerMinute, timeZone }: { readonly requestsPerMinute: AllowanceValue; readonly timeZone: string },
  origin: string,
  mistakes: Mistake[],
): Allowance {
  if (typeof requestsPerMinute === 'number') return requestsPerMinute;
  // Refused as a whole, by its own rule.
  if (!schema.movidesk.requestsPerMinute.check(requestsPerMinute).ok) return { timeZone, hours: [] };
  const where = origin === FROM_FILE ? '' : ` (from ${origin})`;
  const hours = [...requestsPerMinute].map(([name, limit], place) => {
    const time = String(name);
    const refusals = [objectionToTime(time), objectionToLimit(limit)].filter((each) => each !== undefined);
    for (const { problem, remedy } of refusals)
      mistakes.push({ key: PATH + shown(time, place), problem: problem + where, remedy });
    return { fromMinute: minuteOf(time), limit: Number(limit) };
  });
  return { timeZone, hours: hours.sort(byTime) };
}

const byTime = (one: AllowedFrom, other: AllowedFrom): number => one.fromMinute - other.fromMinute;
const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

const TIME = /^([01][0-9]|2[0-3]):[0-5][0-9]$/;

/**
 * YAML 1.2, which we read, takes 18:00 for text, and so needs no quotes. YAML 1.1 takes it for 1080 (18 times 60): what a
 * tool that speaks it has written comes as a number, and is refused rather than guessed at.
 */
function objectionToTime(time: string): Refusal | undefined {
  if (TIME.test(time)) return undefined;
  return {
    problem: 'is not a time of day',
    remedy: 'write it as "08:00", from "00:00" to "23:59", in quotes, and a colon and a blank behind it',
  };
}

/** It does not show a text: with a line indented wrongly, that is the token. */
function objectionToLimit(limit: unknown): Refusal | undefined {
  const rule = wholeNumber(LEAST_A_MINUTE, MOST_A_MINUTE);
  const verdict = rule.check(limit);
  if (verdict.ok) return undefined;
  if (typeof limit !== 'string') return verdict.refusal;
  return { problem: `must be ${rule.wanted}, but is text`, remedy: verdict.refusal.remedy };
}

// What else stands there is not shown, for the same reason, but told by its place.
const LIKE_A_TIME = /^[0-9]{1,2}[:.][0-9]{1,2}([:.][0-9]{1,2})?$|^[0-9]{1,4}$/;
const shown = (time: string, place: number): string =>
  LIKE_A_TIME.test(time) ? `["${time}"]` : `[${place}]`;
