import { isIP } from 'node:net';
import type { FastifyRequest } from 'fastify';
import { isLoopback } from './loopback.ts';

/** Who asks, as a line of the log has it. */
export interface AskingAddress {
  /** Of the connection: the proxy's, where there is one. */
  readonly from: string;
  /** Whom a proxy of this machine asks for; nobody else is believed. */
  readonly forwardedFor?: string;
}

/** A proxy adds the address that it saw to what its own caller sent, so only the last one is the proxy's word. */
export function askingAddress({ ip, headers }: Pick<FastifyRequest, 'ip' | 'headers'>): AskingAddress {
  const last = [headers['x-forwarded-for']].flat().at(-1)?.split(',').at(-1)?.trim() ?? '';
  const isBelieved = isLoopback(ip.replace(/^::ffff:/, '')) && isIP(last) !== 0;
  return { from: ip, ...(isBelieved ? { forwardedFor: last } : {}) };
}
