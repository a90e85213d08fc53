import { createHash } from 'node:crypto';
import type { Instant } from '../../domain/identity.ts';

/** The document's text says milliseconds; all of its examples carry seconds. */
export type TimestampUnit = 'milliseconds' | 'seconds';

export function timestampOf(now: Instant, unit: TimestampUnit): string {
  return String(Math.floor(unit === 'seconds' ? now / 1000 : now));
}

/** The `Sign` of a server's request. */
export function serverSign(of: {
  readonly sid: string;
  readonly authToken: string;
  readonly timestamp: string;
}): string {
  return sha1(of.sid + of.authToken + of.timestamp);
}

/** The `Sign` with which one agent's client comes in: the front end's, and the WebSocket's. */
export function agentSign(of: {
  readonly agentId: string;
  readonly authToken: string;
  readonly timestamp: string;
}): string {
  return sha1(of.agentId + of.authToken + of.timestamp);
}

/** The `Sign` that Udesk puts on a callback; the secret is the one that came when the application was created. */
export function callbackSign(of: {
  readonly appId: string;
  readonly secret: string;
  readonly timestamp: string;
}): string {
  return sha1(of.appId + of.secret + of.timestamp);
}

function sha1(text: string): string {
  return createHash('sha1').update(text, 'utf8').digest('hex');
}
