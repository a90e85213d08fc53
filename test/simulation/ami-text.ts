import type { Packet } from '../../src/adapters/asterisk/packet.ts';

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
  const packet: Record<string, string | string[] | Record<string, string>> = {};
  for (const line of lines) {
    const [name = '', ...rest] = line.split(': ');
    const key = name.replaceAll(' ', '').toLowerCase();
    if (key === 'variable' || key === 'chanvariable') keepVariable(packet, key, rest.join(': '));
    else keepHeader(packet, key, rest.join(': '));
  }
  return packet;
}

function keepVariable(packet: Packet, key: string, text: string): void {
  const before = packet[key];
  const variables = typeof before === 'object' && !Array.isArray(before) ? before : {};
  const [name = '', ...value] = text.split('=');
  Reflect.set(packet, key, Object.assign(variables, { [name]: value.join('=') }));
}

function keepHeader(packet: Packet, key: string, value: string): void {
  const before = packet[key];
  if (before === undefined) Reflect.set(packet, key, value);
  else Reflect.set(packet, key, [...(Array.isArray(before) ? before : [before]), value]);
}
