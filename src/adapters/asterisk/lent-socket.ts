import type { Socket } from 'node:net';

// The very object that the library's own `require('net')` gives it. ESM's named imports are bindings of their own and
// do not see what happens to it here.
const net: { createConnection: unknown } = process.getBuiltinModule('node:net');

/**
 * Makes the library use a socket of ours: for as long as its `connect` runs, the `net.createConnection` that it calls
 * answers with this one. `connect` holds no await, so nothing else runs meanwhile, and whatever the library then sets
 * on its socket and hears from it, it sets on ours and hears from ours.
 *
 * The library opens plain sockets only and takes no other. Weighed against this: to catch its plain socket and lay TLS
 * over that. Then its writes had to be turned away from the socket that it holds, the decrypted text fed to its
 * listener, and the ends and errors of two sockets kept in step; one slip in that, and the secret is on the network in
 * clear. Here the library holds no other socket: should it ever ask in another way, it connects to nowhere, because
 * `connect` is not told where the PBX is.
 */
export function lendSocket(socket: Socket, connect: () => void): void {
  const { createConnection } = net;
  net.createConnection = () => socket;
  try {
    connect();
  } finally {
    net.createConnection = createConnection;
  }
}
