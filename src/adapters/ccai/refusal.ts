import { isRecord } from './reading.ts';
import { REFUSALS, type RefusalCode } from './refusals.ts';
import type { Flat } from './table-types.ts';

/** Why CCAI Platform said no: one of the document's messages, with what it names, or another one, made fit for a log. */
export type CcaiRefusal =
  | { readonly [Code in RefusalCode]: Flat<{ readonly code: Code } & NamedIn<Says<Code>>> }[RefusalCode]
  | { readonly code: 'unknown'; readonly message: string };

type Says<Code extends RefusalCode> = (typeof REFUSALS)[Code]['says'][number];
type NamedIn<Text extends string> = { readonly [Name in Names<Text>]: Readings[Name] };
type Names<Text extends string> = Text extends `${string}{${infer Name extends keyof Readings}}${infer Rest}`
  ? Name | Names<Rest>
  : never;
interface Readings {
  readonly menuId: number;
  readonly lang: string;
}

interface Named {
  readonly pattern: string;
  readonly read: (text: string) => unknown;
}

const NAMED: Readonly<Record<keyof Readings, Named>> = {
  menuId: { pattern: '(?<menuId>\\d{1,15})', read: Number },
  lang: { pattern: '(?<lang>[a-z]{1,8}(?:[_-][a-z0-9]{1,8})?)', read: (text) => text },
};

interface Message {
  readonly code: RefusalCode;
  readonly pattern: RegExp;
}

const MESSAGES: readonly Message[] = Object.entries(REFUSALS).flatMap(([code, { says }]) =>
  // `Object.entries` forgets which names the table has.
  says.map((text) => ({ code: code as RefusalCode, pattern: patternOf(text) })),
);

/**
 * Which refusal an answer of 400 or 404 is. A 404 without a message of the document means what the document says of all of
 * them. `excerpt` makes what is not understood fit for a log.
 */
export function refusalFrom(status: number, body: string, excerpt: (text: string) => string): CcaiRefusal {
  const message = messageIn(body);
  const known = message === undefined ? undefined : knownRefusal(message);
  if (known !== undefined) return known;
  if (status === 404) return { code: 'resource-not-found' };
  return { code: 'unknown', message: excerpt(message ?? body) };
}

/** The refusal in a sentence for a person. */
export function sentenceOf(refusal: CcaiRefusal): string {
  if (refusal.code === 'unknown') return `It says: ${refusal.message || 'nothing'}`;
  const named = new Map(Object.entries(refusal));
  return REFUSALS[refusal.code].means.replace(/\{(\w+)\}/g, (_, name: string) => String(named.get(name)));
}

function messageIn(body: string): string | undefined {
  try {
    const found: unknown = JSON.parse(body);
    return isRecord(found) && typeof found['message'] === 'string' ? found['message'] : undefined;
  } catch {
    return undefined;
  }
}

function knownRefusal(message: string): CcaiRefusal | undefined {
  const plain = message.replace(/[‘’]/g, "'").replace(/\s+/g, ' ').trim();
  for (const { code, pattern } of MESSAGES) {
    const match = pattern.exec(plain);
    // The pattern was made of the very text of which the type was made.
    if (match !== null) return { code, ...namedBy(match.groups ?? {}) } as CcaiRefusal;
  }
  return undefined;
}

function namedBy(groups: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const named = Object.entries(NAMED).filter(([name]) => groups[name] !== undefined);
  return Object.fromEntries(named.map(([name, { read }]) => [name, read(groups[name] ?? '')]));
}

/** The whole message, in any case, with or without a full stop, or with more said after a dash. */
function patternOf(text: string): RegExp {
  const pattern = text.replace(/\{(menuId|lang)\}|[.'()]/g, (found, name?: keyof Readings) =>
    name === undefined ? `\\${found}` : NAMED[name].pattern,
  );
  return new RegExp(`^${pattern}(?:\\.| - .*)?$`, 'i');
}
