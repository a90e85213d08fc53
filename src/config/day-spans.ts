import type { Span } from '../domain/call-back/opening-hours.ts';
import { quoted } from './mistake.ts';
import { oneOrMore } from './one-or-more.ts';
import { isOverMidnight, spanFrom } from './opening-times.ts';
import { type Refusal, type Rule, text } from './rules.ts';

// Our choice: more than any day has that is served by people.
const MOST_SPANS = 8;
const CLOSED = 'closed';
const WANTED = `${CLOSED}, or a span of the day such as "08:00-12:00"`;

/** When a day of the week is served. */
export function daySpans(): Rule<string | readonly string[]> {
  const { check, ...rule } = oneOrMore(text(WANTED, objectionToSpan), MOST_SPANS);
  return {
    ...rule,
    check: (value) => {
      const verdict = check(value);
      const refusal = verdict.ok ? objectionToDay(verdict.value) : undefined;
      return refusal === undefined ? verdict : { ok: false, refusal };
    },
  };
}

function objectionToSpan(value: string): Refusal | undefined {
  if (value === CLOSED || spanFrom(value) !== undefined) return undefined;
  if (!isOverMidnight(value)) {
    const problem = `must be ${WANTED}, but is ${quoted(value)}`;
    return { problem, remedy: 'write two times from 00:00 to 24:00, each with four digits' };
  }
  return {
    problem: `must end after it has begun, but is ${quoted(value)}`,
    remedy:
      'let it end at 24:00, and write what lies after midnight as a span of the next day, from 00:00 on',
  };
}

function objectionToDay(written: string | readonly string[]): Refusal | undefined {
  if (typeof written === 'string') return undefined;
  if (written.includes(CLOSED) && written.length > 1)
    return { problem: 'is closed and has spans', remedy: 'write closed alone, or the spans alone' };
  const spans = spansOf(written).toSorted((one, other) => one.fromMinute - other.fromMinute);
  const isOverlapping = ({ untilMinute }: Span, index: number): boolean =>
    untilMinute > (spans[index + 1]?.fromMinute ?? untilMinute);
  return spans.some(isOverlapping)
    ? { problem: 'has spans that overlap', remedy: 'let each begin where the one before it has ended' }
    : undefined;
}

/** The spans of a day that its rule has let pass; none where it is closed. */
export function spansOf(written: string | readonly string[]): readonly Span[] {
  const texts = typeof written === 'string' ? [written] : written;
  return texts.map(spanFrom).filter((span) => span !== undefined);
}
