import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/**
 * A private corner of 127.0.0.0/8 for one PBX and its players, so that labs run side by side.
 * Everybody has an address of their own: the PBX knows its trunk by the address alone.
 */
export interface Network {
  readonly pbx: string;
  /** The part of the network that the PBX takes for its trunk. */
  readonly trunkRange: string;
  nextCaller(): string;
  phone(extension: string): string;
}

async function isFree(address: string): Promise<boolean> {
  const socket = createSocket('udp4');
  socket.bind(5060, address);
  try {
    await once(socket, 'listening');
    return true;
  } catch {
    return false;
  } finally {
    socket.close();
  }
}

function network(number: number): Network {
  let callers = 0;
  return {
    pbx: `127.${number}.0.1`,
    trunkRange: `127.${number}.1.0/24`,
    nextCaller: () => {
      callers += 1;
      if (callers > 250) throw new Error('More callers than this network has addresses.');
      return `127.${number}.1.${callers}`;
    },
    phone: (extension) => `127.${number}.2.${Number(extension) % 250}`,
  };
}

/** The first candidate differs between processes, so two labs that start together seldom meet. */
export async function freeNetwork(): Promise<Network> {
  for (let step = 0; step < 200; step += 1) {
    const candidate = network(20 + ((process.pid * 7 + step) % 200));
    if (await isFree(candidate.pbx)) return candidate;
  }
  throw new Error('No loopback network is free: are other labs still running?');
}
