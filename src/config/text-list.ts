import { list, type Rule } from './rules.ts';

interface Texts {
  readonly wanted: string;
  readonly most: number;
  readonly isOne: (text: string) => boolean;
  /** What something else is not: completes "that is no …". */
  readonly noun: string;
  readonly remedy: string;
}

/** A list of texts of one kind. A refusal tells the place of what is wrong and not the text: it may be a person's number. */
export function textList({ wanted, most, isOne, noun, remedy }: Texts): Rule<readonly string[]> {
  const { check, ...rule } = list(wanted, 0, most);
  return {
    ...rule,
    check: (value) => {
      const verdict = check(value);
      if (!verdict.ok) return verdict;
      const texts = verdict.value.filter((text) => typeof text === 'string');
      const wrong = verdict.value.findIndex((text) => typeof text !== 'string' || !isOne(text));
      if (wrong === -1) return { ok: true, value: texts };
      const problem = `has something at place ${wrong + 1} that is no ${noun}`;
      return { ok: false, refusal: { problem, remedy } };
    },
  };
}
