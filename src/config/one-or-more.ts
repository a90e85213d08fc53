import { list, type Refusal, type Rule } from './rules.ts';

/** One value, or a list of them. */
export function oneOrMore<Value>(one: Rule<Value>, most: number): Rule<Value | readonly Value[]> {
  const wanted = `${one.wanted}, or a list of such`;
  const many = list(wanted, 1, most);
  return {
    wanted,
    check: (value) => {
      if (!Array.isArray(value)) return one.check(value);
      const verdict = many.check(value);
      if (!verdict.ok) return verdict;
      const refusal = firstRefusal(value, one) ?? repetition(value);
      return refusal === undefined ? { ok: true, value } : { ok: false, refusal };
    },
    fromText: one.fromText,
  };
}

function firstRefusal(values: readonly unknown[], one: Rule<unknown>): Refusal | undefined {
  for (const [index, value] of values.entries()) {
    const verdict = one.check(value);
    if (verdict.ok) continue;
    const { problem, remedy } = verdict.refusal;
    return { problem: `has something at place ${index + 1} that ${problem}`, remedy };
  }
  return undefined;
}

function repetition(values: readonly unknown[]): Refusal | undefined {
  const twice = values.find((value, index) => values.indexOf(value) < index);
  return twice === undefined
    ? undefined
    : { problem: `has ${String(twice)} twice`, remedy: 'remove one of the two' };
}

/** What was written as one value, as a list, or not at all. */
export function asList<Value extends string>(
  written: Value | readonly Value[] | '',
): readonly Value[] | undefined {
  if (typeof written !== 'string') return written;
  return written === '' ? undefined : [written];
}
