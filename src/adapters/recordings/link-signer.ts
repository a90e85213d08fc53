import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/identity.ts';
import type { LinkVerdict } from '../../ports/recordings.ts';

export interface SignerKeys {
  readonly key: string;
  /** Links that it signed are still good until they expire. */
  readonly previousKey: string | undefined;
}

/** What stands in a link beside the path: until when it is good, in epoch seconds, and the signature. */
export interface LinkMarks {
  readonly until: string;
  readonly signature: string;
}

/** Signs links to recordings, each for one path and until one instant, with HMAC-SHA256 (RFC 2104). */
export class LinkSigner {
  readonly #key: string;
  readonly #keys: readonly string[];

  constructor({ key, previousKey }: SignerKeys) {
    this.#key = key;
    this.#keys = previousKey === undefined ? [key] : [key, previousKey];
  }

  sign(path: string, until: Instant): LinkMarks {
    const seconds = `${Math.floor(until / 1_000)}`;
    return { until: seconds, signature: signatureOf(this.#key, path, seconds).toString('base64url') };
  }

  /** Takes as long whatever is wrong with the signature. That a link has expired learns only who had a good one. */
  verdictOn(path: string, { until, signature }: LinkMarks, now: Instant): LinkVerdict {
    const given = Buffer.from(signature, 'base64url');
    const matches = this.#keys.map((key) => isSame(given, signatureOf(key, path, until)));
    if (!matches.includes(true)) return 'forged';
    return Number(until) * 1_000 > now ? 'good' : 'expired';
  }
}

// The length of the instant tells where it ends and the path begins: digits and a line break alone stand before it.
const signatureOf = (key: string, path: string, until: string): Buffer =>
  createHmac('sha256', key).update(`recording\n${until}\n${path}`).digest();

const isSame = (given: Buffer, right: Buffer): boolean =>
  given.length === right.length && timingSafeEqual(given, right);
