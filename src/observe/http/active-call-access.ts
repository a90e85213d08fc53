import type { FastifyRequest } from 'fastify';
import { basicCredentials, bearerToken, tokenCheck } from './token-check.ts';

/** How whoever asks for a call shows that they may; `secret` is the token, or user and password with a colon between them. */
export type Access =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic' | 'token'; readonly secret: string };

/** What somebody showed who is not let in. `another-scheme`: something, and not in the way that is configured. */
export type Shown = 'nothing' | 'another-scheme' | 'wrong';

export type AccessVerdict = 'let-in' | Shown;

type Asking = Pick<FastifyRequest, 'headers' | 'query'>;

/** Whether a request comes from somebody who may ask for calls. It takes the same time whatever was sent. */
export function accessCheck(access: Access): (request: Asking) => AccessVerdict {
  if (access.kind === 'none') return () => 'let-in';
  const { kind, secret } = access;
  const isSecret = tokenCheck(secret);
  const credentialIn =
    kind === 'basic' ? ({ headers }: Asking) => basicCredentials(headers.authorization) : tokenIn;
  return (request) => (isSecret(credentialIn(request)) ? 'let-in' : shownIn(request, kind));
}

/** The token, with the word Bearer before it, or in the address, or alone: forms that ask for a header's value get it so. */
const tokenIn = ({ headers: { authorization }, query }: Asking): string | undefined =>
  bearerToken(authorization) ?? textOf(tokenInAddress(query)) ?? authorization?.trim();

/** Movidesk's form may have no place for a header. Given twice it is nobody's. */
const tokenInAddress = (query: unknown): unknown =>
  typeof query === 'object' && query !== null ? Reflect.get(query, 'token') : undefined;

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function shownIn({ headers, query }: Asking, kind: 'basic' | 'token'): Shown {
  // The name of a scheme with nothing after it is an empty field of somebody's form.
  const header = headers.authorization?.trim().replace(/^(Bearer|Basic)$/i, '') ?? '';
  const isInAddress = tokenInAddress(query) !== undefined;
  if (header === '' && !isInAddress) return 'nothing';
  const isOfKind = kind === 'basic' ? /^Basic\s/i.test(header) : isInAddress || IN_TOKENS_WAY.test(header);
  return isOfKind ? 'wrong' : 'another-scheme';
}

// After its word, or alone.
const IN_TOKENS_WAY = /^(Bearer\s|\S+$)/i;

/**
 * Whether a page of another site has the browser ask, where nothing is shown: such a page could have anybody called. What
 * must be shown, it would have to know. Programs send no such header.
 */
export const isFromAnotherSite = ({ kind }: Access, { headers }: Asking): boolean =>
  kind === 'none' && !OF_OUR_OWN.has(headers['sec-fetch-site']);

// `none`: somebody typed the address, or has it for a bookmark.
const OF_OUR_OWN: ReadonlySet<unknown> = new Set([undefined, 'none', 'same-origin']);

/**
 * What a browser or a program is told that has shown nothing, or the wrong thing. A program may wait for `Basic` before it
 * sends its password. A browser would ask for one, remember it, and send it for any page of any site: it is told of a scheme
 * that it does not know, so that a password comes from whoever wrote it into the request, and from nobody else.
 */
export function challengeOf({ kind }: Access, { headers }: Asking): string {
  if (kind !== 'basic') return 'Bearer';
  const isBrowser = OF_BROWSERS.some((name) => headers[name] !== undefined);
  return `${isBrowser ? 'X-Basic' : 'Basic'} realm="asterisk-movidesk"`;
}

// Over plain HTTP to another machine browsers leave the first away, and send one of the others where they could ask a person.
const OF_BROWSERS = ['sec-fetch-site', 'upgrade-insecure-requests', 'origin'] as const;
