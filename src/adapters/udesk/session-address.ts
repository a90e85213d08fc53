import type { Instant } from '../../domain/identity.ts';
import { type TimestampUnit, timestampOf } from './signature.ts';

/** How an agent's client signs. */
export interface Signer {
  readonly timestampUnit: TimestampUnit;
  /** SHA1(AgentId + AuthToken + Timestamp), of the timestamp as it is written in the address. */
  readonly sign: (timestamp: string) => string;
}

/** A signature, and the instant that it signs. */
export interface SignedInstant {
  readonly at: Instant;
  readonly timestamp: string;
  readonly sign: string;
}

// A signature holds for ten minutes (document, "Front-End API Authentication"); half of it is left to clocks that differ.
const FRESH_MS = 5 * 60_000;

export function signedNow({ timestampUnit, sign }: Signer, now: Instant): SignedInstant {
  const timestamp = timestampOf(now, timestampUnit);
  return { at: now, timestamp, sign: sign(timestamp) };
}

export function isFresh({ at }: SignedInstant, now: Instant): boolean {
  return now >= at && now - at < FRESH_MS;
}

export interface AddressParts {
  /** May have a query of its own. */
  readonly url: string;
  readonly appId: string;
  readonly agentId: string;
  readonly signed: SignedInstant;
}

/**
 * The document's chapter on WebSocket authentication is empty. Assumed: the address is the configured one, with the query
 * parameters of the front-end authentication, for it is the front end that the client interface is made for.
 */
export function sessionAddress({ url, appId, agentId, signed }: AddressParts): URL {
  const address = new URL(url);
  address.searchParams.set('Timestamp', signed.timestamp);
  address.searchParams.set('AppId', appId);
  address.searchParams.set('AgentId', agentId);
  address.searchParams.set('Sign', signed.sign);
  return address;
}
