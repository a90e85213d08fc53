import { once } from 'node:events';
import { createServer } from 'node:net';
import { invariant } from '../domain/invariant.ts';
import { ListenFault } from '../observe/http/listen-fault.ts';

// The daemon's own default: whoever has read of it finds the page there.
const WANTED = 9095;
const ANY = 0;

/**
 * Starts something on the port that everybody expects, or on any other where that is taken: by a daemon, or by another demo
 * that was started at the same moment and was faster.
 */
export async function startOnFreePort<Started>(start: (port: number) => Promise<Started>): Promise<Started> {
  try {
    return await start((await freePort(WANTED)) ?? (await anyFreePort()));
  } catch (error) {
    if (!(error instanceof ListenFault) || error.code !== 'HTTP_PORT_TAKEN') throw error;
    return start(await anyFreePort());
  }
}

async function anyFreePort(): Promise<number> {
  const port = await freePort(ANY);
  invariant(port !== undefined, 'the system has a free port');
  return port;
}

/** The one that was free a moment ago; nothing where it is taken. */
async function freePort(wanted: number): Promise<number | undefined> {
  const server = createServer().listen(wanted, '127.0.0.1');
  try {
    await once(server, 'listening');
  } catch {
    return undefined;
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  invariant(typeof address === 'object' && address !== null, 'a server that listens on a port has one');
  return address.port;
}
