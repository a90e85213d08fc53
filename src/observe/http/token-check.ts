import { createHash, timingSafeEqual } from 'node:crypto';

/** Whether a text is the token. Digests have one length, so that it takes the same time whatever was sent. */
export function tokenCheck(token: string): (given: string | undefined) => boolean {
  const digestOf = (text: string): Buffer => createHash('sha256').update(text).digest();
  const expected = digestOf(token);
  return (given) => given !== undefined && timingSafeEqual(digestOf(given), expected);
}

/** The token of `Authorization: Bearer`. */
export function bearerToken(authorization: string | undefined): string | undefined {
  // Not by one expression to the end: of a header full of blanks that would try every way to share them out.
  return /^Bearer +(\S.*)$/i.exec(authorization ?? '')?.[1]?.trimEnd();
}

/** The password of `Authorization: Basic`, whoever the user is (RFC 7617: all that follows the first colon). */
export function basicPassword(authorization: string | undefined): string | undefined {
  const text = basicCredentials(authorization);
  const colon = text?.indexOf(':') ?? -1;
  return colon === -1 ? undefined : text?.slice(colon + 1);
}

/** User and password of `Authorization: Basic`, as they are sent: with a colon between them. */
export function basicCredentials(authorization: string | undefined): string | undefined {
  const [, given] = /^Basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization ?? '') ?? [];
  return given === undefined ? undefined : Buffer.from(given, 'base64').toString('utf8');
}
