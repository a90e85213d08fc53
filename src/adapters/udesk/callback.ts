import { createHash, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../../domain/identity.ts';
import { ReplayMemory } from './replay-memory.ts';
import { callbackSign } from './signature.ts';

export interface ReceivedCallback {
  /** As the HTTP server parsed it: a parameter that came twice is a list. */
  readonly query: Readonly<Record<string, unknown>>;
  /** As it came, before anybody parsed it. */
  readonly body: string | Uint8Array;
  readonly now: Instant;
  readonly appId: string;
  /** That which came when the application was created. */
  readonly secret: string;
  readonly seen: ReplayMemory;
}

/**
 * `replayed` may be Udesk itself, which did not hear our answer: it is best answered like one that was taken. All others
 * should be told apart in our log only.
 */
export type Verdict =
  | { readonly ok: true; readonly sentAt: Instant }
  | { readonly ok: false; readonly reason: CallbackRefusal };

export type CallbackRefusal = 'malformed' | 'wrong-app' | 'wrong-signature' | 'outside-window' | 'replayed';

// "Valid within 10 minutes" (document, on both API signatures); either side, since nobody's clock is right.
const WINDOW_MS = 10 * 60_000;
// Seconds of the year 5138, milliseconds of 1973: what is smaller is seconds.
const FIRST_MILLISECONDS = 100_000_000_000;

const TIMESTAMP = /^\d{1,15}$/;
const SHA1_IN_HEX = /^[0-9a-f]{40}$/i;

/** One for each application. A signature of the future, up to the window, holds for two windows from now. */
export function newReplayMemory(): ReplayMemory {
  return new ReplayMemory(2 * WINDOW_MS);
}

/**
 * Whether a callback is Udesk's: `Timestamp`, `AppId` and `Sign` = SHA1(AppId + Secret + Timestamp) in its query. The
 * document's table says that the timestamp is seconds, its text elsewhere milliseconds: both are taken. The signature
 * covers neither the body nor the path, so whoever can read one callback can write others for ten minutes; only TLS
 * stands against that.
 */
export function verifyCallback({ query, body, now, appId, secret, seen }: ReceivedCallback): Verdict {
  const { Timestamp: timestamp, AppId: givenAppId, Sign: sign } = query;
  if (typeof timestamp !== 'string' || !TIMESTAMP.test(timestamp)) return refused('malformed');
  if (typeof sign !== 'string' || !SHA1_IN_HEX.test(sign)) return refused('malformed');
  if (typeof givenAppId !== 'string') return refused('malformed');
  if (givenAppId !== appId) return refused('wrong-app');
  const expected = callbackSign({ appId, secret, timestamp });
  if (!timingSafeEqual(Buffer.from(sign, 'hex'), Buffer.from(expected, 'hex')))
    return refused('wrong-signature');
  const sentAt = instantOf(timestamp);
  if (Math.abs(now - sentAt) > WINDOW_MS) return refused('outside-window');
  // Two events of one second carry the same signature, so the body is part of what makes them one.
  return seen.admits(`${expected} ${digestOf(body)}`, now) ? { ok: true, sentAt } : refused('replayed');
}

function instantOf(timestamp: string): Instant {
  const number = Number(timestamp);
  return number < FIRST_MILLISECONDS ? number * 1000 : number;
}

function digestOf(body: string | Uint8Array): string {
  return createHash('sha256').update(body).digest('base64');
}

function refused(reason: CallbackRefusal): Verdict {
  return { ok: false, reason };
}
