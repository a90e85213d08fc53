import type { CallOutWish } from '../../ports/call-out.ts';

export type WishBodyReading =
  | { readonly ok: true; readonly wish: CallOutWish }
  | { readonly ok: false; readonly refusal: { readonly code: string; readonly message: string } };

const FIELDS = ['agentEmail', 'number', 'ticketId', 'outboundNumber', 'lang'] as const;

/** The wish in a body of JSON. Only its shape is looked at: what the values are good for is for whoever calls. */
export function readWishBody(body: unknown): WishBodyReading {
  const found = typeof body === 'string' ? jsonFrom(body) : undefined;
  if (typeof found !== 'object' || found === null || Array.isArray(found))
    return refused('not-json', 'The body must be a JSON object.');
  const given = new Map<string, unknown>(Object.entries(found));
  const unknown = [...given.keys()].filter((name) => !FIELDS.some((field) => field === name));
  // A number in a field of another name would never be called, and nobody would say why.
  if (unknown.length > 0) return refused('unknown-field', `The body may have ${FIELDS.join(', ')} only.`);
  const wrong = FIELDS.find((field) => !isTextOrNothing(given.get(field)));
  if (wrong !== undefined) return refused('not-text', `${wrong} must be text.`);
  return {
    ok: true,
    wish: {
      agentEmail: textIn(given.get('agentEmail')),
      number: textIn(given.get('number')),
      ticketId: textIn(given.get('ticketId')),
      outboundNumber: textIn(given.get('outboundNumber')),
      lang: textIn(given.get('lang')),
    },
  };
}

const refused = (code: string, message: string): WishBodyReading => ({
  ok: false,
  refusal: { code, message },
});

const isTextOrNothing = (value: unknown): boolean =>
  value === undefined || value === null || typeof value === 'string';

/** Nothing, null and an empty text all leave a field out: programs that fill in a form send any of them. */
const textIn = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
