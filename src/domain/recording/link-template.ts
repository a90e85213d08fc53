import { Temporal } from 'temporal-polyfill';
import type { Instant } from '../identity.ts';
import type { Recording } from './recording.ts';

/**
 * The placeholders of an address, or of a path, that leads to a recording. `{file}` is its name, `{path}` the way to it below
 * the folder of recordings; `{date:yyyy/MM/dd}` the day of the call, as the PBX names folders.
 */
export const PLACEHOLDERS = ['file', 'path', 'callId', 'extension', 'queue'] as const;
type Placeholder = (typeof PLACEHOLDERS)[number];

const DATE = /^date:(.*)$/s;
const DATE_FIELDS = {
  yyyy: (at: Temporal.ZonedDateTime) => `${at.year}`.padStart(4, '0'),
  MM: (at: Temporal.ZonedDateTime) => twoDigits(at.month),
  dd: (at: Temporal.ZonedDateTime) => twoDigits(at.day),
} as const;
const DATE_FORMAT = /^(?:yyyy|MM|dd|[/._-])+$/;

/** What is between the braces of a placeholder that can be filled in. */
export function isPlaceholder(inside: string): boolean {
  const format = DATE.exec(inside)?.[1];
  return format === undefined ? isName(inside) : isDateFormat(format);
}

/** Years, months and days, `/`, `.`, `_` and `-` between them; a field in every step of what may be a path. */
const isDateFormat = (format: string): boolean =>
  DATE_FORMAT.test(format) && format.split('/').every((step) => /[yMd]/.test(step));

/** A template with every placeholder filled in by `values`, and dates told in `timeZone` (IANA name). */
export function filledIn(
  template: string,
  { values, at, timeZone }: { values: LinkValues; at: Instant; timeZone: string },
): string {
  const day = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone);
  // One pass: nothing that stands in a value can become a placeholder.
  return template.replace(/\{([^{}]*)\}/g, (whole, inside: string) => {
    const format = DATE.exec(inside)?.[1];
    if (format !== undefined) return isDateFormat(format) ? dated(format, day) : whole;
    return isName(inside) ? values[inside] : whole;
  });
}

export type LinkValues = Readonly<Record<Placeholder, string>>;

/** The values of a recording, raw. `path` is where it is, or should be. */
export function valuesOf({ file, callId, extension, queue }: Recording, path: string): LinkValues {
  return { file, path, callId, extension: extension ?? '', queue: queue ?? '' };
}

/** Each value as it may stand in an address: nothing in it can become another path, but for the slashes of `path`. */
export function encoded(values: LinkValues): LinkValues {
  const { file, path, callId, extension, queue } = values;
  return {
    file: component(file),
    path: encodedPath(path),
    callId: component(callId),
    extension: component(extension),
    queue: component(queue),
  };
}

/** A path as it may stand in an address: its slashes are kept, and nothing else in it has a meaning. */
export const encodedPath = (path: string): string => path.split('/').map(component).join('/');

// Half a character, left by a cut, would make the encoding throw.
const component = (text: string): string => encodeURIComponent(text.toWellFormed());

const dated = (format: string, at: Temporal.ZonedDateTime): string =>
  format.replace(/yyyy|MM|dd/g, (field) => (isField(field) ? DATE_FIELDS[field](at) : field));

const isName = (text: string): text is Placeholder => PLACEHOLDERS.some((name) => name === text);
const isField = (text: string): text is keyof typeof DATE_FIELDS => Object.hasOwn(DATE_FIELDS, text);
const twoDigits = (value: number): string => `${value}`.padStart(2, '0');
