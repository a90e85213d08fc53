import type { Packet, PacketValue } from 'asterisk-manager';

/**
 * Whole packets out of AMI text, as `asterisk-manager` makes them; that it does is tested on recordings. The library
 * itself would need a socket of Node's.
 */
export function packetsIn(text: string): readonly Packet[] {
  const packets: Packet[] = [];
  for (const frame of text.split('\r\n\r\n')) {
    const lines = frame
      .split(/\r?\n/)
      .filter((line) => line !== '' && !line.startsWith('Asterisk Call Manager'));
    if (lines.length > 0) packets.push(packetOf(lines));
  }
  return packets;
}

function packetOf(lines: readonly string[]): Packet {
  const packet: Record<string, PacketValue> = {};
  for (const line of lines) {
    const colon = line.indexOf(': ');
    const key = (colon === -1 ? line : line.slice(0, colon)).replaceAll(' ', '').toLowerCase();
    const value = colon === -1 ? '' : line.slice(colon + 2);
    packet[key] =
      key === 'variable' || key === 'chanvariable'
        ? withVariable(packet[key], value)
        : withValue(packet[key], value);
  }
  return packet;
}

function withVariable(before: PacketValue | undefined, text: string): PacketValue {
  const [name = '', ...value] = text.split('=');
  return Object.assign(typeof before === 'object' ? before : {}, { [name]: value.join('=') });
}

function withValue(before: PacketValue | undefined, value: string): PacketValue {
  if (before === undefined) return value;
  return typeof before === 'string' ? [before, value] : Array.isArray(before) ? [...before, value] : value;
}
