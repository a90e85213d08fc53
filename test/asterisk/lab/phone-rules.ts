import { header, type Packet } from './manager-client.ts';

const PHONE = /^PJSIP\/(1\d{3})-/;

/** Offers made to a phone that had a call already, as the PBX told them. None is the promise. */
export function secondCalls(packets: readonly Packet[]): string[] {
  const alive = new Set<string>();
  const found: string[] = [];
  for (const packet of packets) {
    const channel = header(packet, 'Channel');
    switch (header(packet, 'Event')) {
      case 'Newchannel':
        alive.add(channel);
        break;
      case 'Hangup':
        alive.delete(channel);
        break;
      case 'DialBegin':
        found.push(...secondCall(packet, alive));
        break;
    }
  }
  return found;
}

function secondCall(packet: Packet, alive: ReadonlySet<string>): string[] {
  const dialled = header(packet, 'DestChannel');
  const phone = PHONE.exec(dialled)?.[1];
  if (phone === undefined || header(packet, 'Context') !== 'movidesk-agent') return [];
  const others = [...alive].filter((other) => other !== dialled && PHONE.exec(other)?.[1] === phone);
  return others.map((other) => `${phone} was offered ${dialled} while it had ${other}`);
}
