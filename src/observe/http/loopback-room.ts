import { isIPv4 } from 'node:net';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';

/**
 * The room for whoever is on this machine, where no token stands in front of it. A web page that an operator has open can
 * let its own name point to 127.0.0.1, and the browser would let it read what is served here (DNS rebinding). It has to ask
 * by that name: answered are only addresses, and names without a dot, which no page on the internet can have.
 * `setToken`: what they would do whom somebody asks by a name.
 */
export function loopbackRoom(room: Room, setToken = 'set http.token'): Room {
  return (server) => {
    server.addHook('onRequest', async ({ headers: { host = '' } }, reply) => {
      if (!isLocal(host.replace(/:[0-9]*$/, ''))) return misdirected(reply, setToken);
    });
    room(server);
  };
}

const isLocal = (name: string): boolean => isIPv4(name) || name.startsWith('[') || !name.includes('.');

const misdirected = (reply: Parameters<typeof refuse>[0], setToken: string) =>
  refuse(
    reply,
    421,
    `without a token this answers to an address or to localhost only: ${setToken}, or have the proxy send Host: localhost`,
  );
