import { excerptWithout } from '../kit/excerpt.ts';
import { masked } from './masked.ts';

/** The properties of one JSON object. A Map, since a name like `__proto__` is only a name there. */
export type Fields = ReadonlyMap<string, unknown>;

export type FieldsReading =
  | { readonly ok: true; readonly fields: Fields }
  | { readonly ok: false; readonly why: string };

// Udesk's messages and callbacks are flat and a few hundred bytes long. These bounds are far above any of them, and low
// enough that nothing which walks through the values can be made to run long or deep.
const MOST_BYTES = 64 * 1024;
const MOST_LEVELS = 8;

/** What a text of the far side says, where it is one JSON object of a reasonable shape. `why` quotes nothing of it. */
export function readFields(text: string): FieldsReading {
  if (Buffer.byteLength(text) > MOST_BYTES) return { ok: false, why: `longer than ${MOST_BYTES} bytes` };
  const value = jsonFrom(text);
  if (value === undefined) return { ok: false, why: 'not JSON' };
  if (!isObject(value)) return { ok: false, why: 'not a JSON object' };
  if (isDeeperThan(value, MOST_LEVELS)) return { ok: false, why: `deeper than ${MOST_LEVELS} levels` };
  return { ok: true, fields: new Map(Object.entries(value)) };
}

/**
 * Text, or a whole number as text: the document writes identities as digits in quotes, its examples not always. An empty
 * text is nothing, because the document's messages carry every property, filled or not.
 */
export function textOf(value: unknown): string | undefined {
  if (typeof value !== 'string' && !Number.isSafeInteger(value)) return undefined;
  // Half a surrogate pair can be written in JSON, and would make encodeURIComponent throw later.
  return String(value).toWellFormed() || undefined;
}

const excerpt = excerptWithout([]);

/** The same, made fit for a log: for what Udesk calls things, of which no list exists. */
export function wordingOf(value: unknown): string | undefined {
  const text = textOf(value);
  return text === undefined ? undefined : excerpt(masked(text));
}

/** A whole number, or its digits as text. */
export function wholeNumberOf(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/^\d{1,16}$/.test(text)) return undefined;
  const number = Number(text);
  return Number.isSafeInteger(number) ? number : undefined;
}

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** It goes no deeper than it asks about, whatever it is given. */
function isDeeperThan(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (levels === 0) return true;
  return Object.values(value).some((held) => isDeeperThan(held, levels - 1));
}
