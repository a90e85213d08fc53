import { quoted } from './mistake.ts';
import { nearestKeys } from './nearest.ts';
import { type Rule, text } from './rules.ts';

export function timeZone(): Rule<string> {
  const wanted = 'the IANA name of a time zone, such as America/Sao_Paulo';
  return text(wanted, (value) =>
    isTimeZone(value)
      ? undefined
      : { problem: `must be ${wanted}, but is ${quoted(value)}`, remedy: remedyFor(value) },
  );
}

function isTimeZone(value: string): boolean {
  // `Intl` takes offsets as well, which know no daylight saving; and what sign they should have is a riddle to many.
  if (!/^[A-Za-z]/.test(value)) return false;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

function remedyFor(value: string): string {
  // Short names, such as BRT, are all near to one another.
  const near = value.includes('/') ? nearestKeys(value, Intl.supportedValuesOf('timeZone'))[0] : undefined;
  return near === undefined ? 'timedatectl list-timezones shows them' : `the nearest known one is ${near}`;
}
