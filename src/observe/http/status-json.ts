import type { Instant } from '../../domain/identity.ts';

const INSTANTS: ReadonlySet<string> = new Set([
  'at',
  'since',
  'startedAt',
  'enteredAt',
  'madeAt',
  'answeredAt',
  'endedAt',
  'oldestAt',
  'settledAt',
]);

/**
 * The only way in which anything with a caller in it leaves over HTTP: every `number` as `shown` shows it, every instant
 * as in the log. It is decided by the name of a field, so that no field can be forgotten.
 */
export function toldAsJson(value: unknown, shown: (number: string) => string): string {
  return JSON.stringify(value, (key, inner: unknown) => {
    if (key === 'number' && typeof inner === 'string') return shown(inner);
    return INSTANTS.has(key) && typeof inner === 'number' ? isoOf(inner) : inner;
  });
}

// What the PBX's diary says may be no date at all, and would throw.
const LATEST: Instant = 8.64e15;

const isoOf = (at: Instant): string | null => (Math.abs(at) <= LATEST ? new Date(at).toISOString() : null);
