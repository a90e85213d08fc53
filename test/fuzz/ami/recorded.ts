import { readFileSync } from 'node:fs';
import type { PbxEvent } from '../../../src/ports/pbx.ts';
import { FOLDER, HOSTILE, recordings } from '../../adapters/asterisk/recordings.ts';
import { Listening } from './listening.ts';

/** One packet as Asterisk sent it, its end included, and what it tells when nobody has touched it. */
export interface Recorded {
  readonly text: string;
  readonly told: readonly PbxEvent[];
}

const END = '\r\n\r\n';

/** Every packet of the recorded sessions, session by session, but for the one that a caller had written into. */
export async function recordedPackets(): Promise<readonly (readonly Recorded[])[]> {
  const listening = await Listening.start();
  try {
    const known = new Map<string, Recorded>();
    const sessions: Recorded[][] = [];
    for (const name of recordings.filter((one) => one !== HOSTILE)) {
      const session: Recorded[] = [];
      for (const text of packetsIn(name)) {
        const recorded = known.get(text) ?? { text, told: (await listening.hear(text)).events };
        known.set(text, recorded);
        session.push(recorded);
      }
      sessions.push(session);
    }
    return sessions;
  } finally {
    await listening.close();
  }
}

function packetsIn(name: string): readonly string[] {
  const text = readFileSync(new URL(name, FOLDER), 'utf8');
  return text
    .split(END)
    .filter((packet) => packet.trim() !== '')
    .map((packet) => packet + END);
}
