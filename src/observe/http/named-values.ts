import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Values by name. */
export type NamedValues = ReadonlyMap<string, string>;

export type NamedValuesReading =
  | { readonly kind: 'read'; readonly values: NamedValues }
  /** It says, or looks as if, it were JSON, and is no object of it. */
  | { readonly kind: 'no-object' }
  /** Something that is neither JSON nor a form; `files`: a form as browsers send it with files in it. */
  | { readonly kind: 'another-type' | 'files' };

/** What is sent is a few hundred bytes. */
export const NAMED_VALUES_BYTES = 16 * 1_024;

/** Takes a body of JSON or of a form, and reads it later: what is neither is told in our words. */
export function takeBodyAsText(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
  // Fastify itself refuses a body whose type is none (`json`, or nothing at all), before anybody reads it.
  server.addHook('onRequest', async ({ headers }) => {
    const type = headers['content-type']?.trim();
    if (type === '') delete headers['content-type'];
    else if (type !== undefined && !MEDIA_TYPE.test(type)) headers['content-type'] = UNKNOWN_TYPE;
  });
}

// RFC 9110 §8.3.1: two tokens (§5.6.2) with a slash between them.
const MEDIA_TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+\s*(?:;|$)/;
const UNKNOWN_TYPE = 'application/octet-stream';

/**
 * The values of a request: of its query, and over them those of its body, a JSON object or a form. A name that is given
 * twice in one place has none, for nobody knows which was meant; neither has one that is no text or whole number.
 */
export function namedValues({ query, body, headers }: FastifyRequest): NamedValuesReading {
  // Takes a byte order mark away, too, which some programs send.
  const text = typeof body === 'string' ? body.trim() : '';
  const inBody: NamedValuesReading =
    text === '' ? { kind: 'read', values: new Map() } : readingOf(text, headers['content-type']);
  if (inBody.kind !== 'read') return inBody;
  return { kind: 'read', values: new Map([...textsOf(query), ...inBody.values]) };
}

/** Many send JSON and call it something else (`curl -d` calls all a form), and no form of ours begins with a brace. */
function readingOf(text: string, contentType = ''): NamedValuesReading {
  const type = contentType.replace(/;.*$/s, '').trim().toLowerCase();
  if (text.startsWith('{') || JSON_TYPE.test(type)) return jsonReading(text);
  if (FORM_TYPES.has(type)) return { kind: 'read', values: formValues(text) };
  return { kind: type.startsWith('multipart/') ? 'files' : 'another-type' };
}

const JSON_TYPE = /^(?:application|text)\/(?:json|\S+\+json)$/;
// Without a type, or as plain text, by hand.
const FORM_TYPES: ReadonlySet<string> = new Set(['', 'text/plain', 'application/x-www-form-urlencoded']);

function jsonReading(text: string): NamedValuesReading {
  const found = jsonFrom(text);
  if (typeof found !== 'object' || found === null || Array.isArray(found)) return { kind: 'no-object' };
  // Nothing in JSON is coded as a blank, so one at the beginning is only that.
  const values = new Map([...textsOf(found)].map(([name, value]) => [name, value.trim()]));
  return { kind: 'read', values };
}

function formValues(text: string): NamedValues {
  const form = new URLSearchParams(text);
  const names = [...new Set(form.keys())].filter((name) => form.getAll(name).length === 1);
  return new Map(names.map((name) => [name, form.get(name) ?? '']));
}

function textsOf(given: unknown): NamedValues {
  if (typeof given !== 'object' || given === null) return new Map();
  return new Map(
    Object.entries(given).flatMap(([name, value]): [string, string][] => {
      const text = textOf(value);
      return text === undefined ? [] : [[name, text]];
    }),
  );
}

// A number with more digits than these would not be the one that was sent.
const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value;
  return Number.isSafeInteger(value) ? String(value) : undefined;
};

function jsonFrom(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
