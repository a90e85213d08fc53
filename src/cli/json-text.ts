// What JSON lets stand as it is, and a terminal would act upon: beyond ASCII's control characters those of Unicode, and
// what turns the direction of a line round.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The value as JSON in one line, safe on a terminal; scripts read from it exactly what was there. */
export function jsonText(value: unknown): string {
  return JSON.stringify(value).replace(UNPRINTABLE, (character) =>
    Array.from({ length: character.length }, (_, unit) => escaped(character.charCodeAt(unit))).join(''),
  );
}

const escaped = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`;
