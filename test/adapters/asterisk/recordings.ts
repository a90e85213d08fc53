import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import type { Packet } from '../../../src/adapters/asterisk/packet.ts';
import type { TranslateOptions } from '../../../src/adapters/asterisk/translate.ts';
import type { LinkedCallOptions } from '../../../src/adapters/asterisk/translate-linked-call.ts';
import { ManagerWire } from '../../../src/adapters/asterisk/wire.ts';

/** The recorded sessions, and the parser that the daemon uses. */
export const FOLDER = new URL('../../transcripts/', import.meta.url);
export const recordings = readdirSync(FOLDER).filter((name) => name.endsWith('.ami'));
// Recorded while a caller wrote line breaks into the stream.
export const HOSTILE = '20b-callerid-injection.strict.ami';

export const OPTIONS: TranslateOptions = {
  agentContext: 'movidesk-agent',
  asteriskQueues: new Set(['support']),
  isOurDevice: (device) => /^PJSIP\/\d+$/.test(device),
};

export const LINKED_CALLS: LinkedCallOptions = {
  variable: 'UDESK_CALL_ID',
  isPhone: OPTIONS.isOurDevice,
};

/** The recording, played over a socket into the parser that the daemon uses. */
export async function packetsOf(recording: string): Promise<Packet[]> {
  const bytes = readFileSync(new URL(recording, FOLDER));
  const server = createServer((socket) => socket.end(bytes)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const packets: Packet[] = [];
  await new Promise<void>((resolve) => {
    const { port } = server.address() as AddressInfo;
    new ManagerWire(
      { host: '127.0.0.1', port, username: '', secret: '' },
      {
        onConnect: () => {},
        onPacket: (packet) => packets.push(packet),
        onSkipped: () => {},
        onRefused: (_why, count) => {
          throw new Error(`${count} packets of ${recording} were kept from the parser`);
        },
        onDistrusted: () => {},
        onClosed: () => resolve(),
      },
    );
  });
  server.close();
  return packets;
}
