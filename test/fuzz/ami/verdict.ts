import type { PbxEvent } from '../../../src/ports/pbx.ts';
import type { Heard } from './listening.ts';
import { END, type Piece } from './mutations.ts';

// These were counted before anybody took them for events; all other reasons are events' and are counted among them.
const NO_EVENTS = ['endless response', 'response to nothing', 'neither event nor response'];
// What the gate lets wait at least; a stretch that is longer may cost the link.
const HELD_AT_LEAST = 64 * 1024;

/** What of the promises about a mutated stream was not kept, in words; nothing where all were. */
export function breachesOf(pieces: readonly Piece[], heard: Heard): readonly string[] {
  const touched = pieces.filter(({ told }) => told === undefined).map(({ bytes }) => bytes);
  if (heard.isDropped)
    return Buffer.concat(touched).length > HELD_AT_LEAST ? [] : ['the link was dropped over nothing'];
  const { missing, extra } = compared(
    pieces.flatMap(({ told }) => told ?? []),
    heard.events,
  );
  const suspects = packetsOf(
    pieces.map(({ bytes, told }) => (told === undefined ? bytes : Buffer.from(END))),
  );
  const unexplained = extra.filter((event) => !suspects.some((packet) => packet.includes(identityOf(event))));
  const packets = packetsOf(pieces.map(({ bytes }) => bytes)).filter(hasContent).length;
  const outside = NO_EVENTS.reduce((sum, why) => sum + (heard.malformed.get(why) ?? 0), 0);
  return [
    ...missing.map((event) => `true, and not told: ${JSON.stringify(event)}`),
    ...unexplained.map((event) => `told by nobody: ${JSON.stringify(event)}`),
    ...(extra.length > suspects.length ? ['more told than packets were touched'] : []),
    ...(packets === heard.counted + outside
      ? []
      : [`${packets} packets, but ${heard.counted} events and ${outside} others counted`]),
  ];
}

/** In order: what should have been told and was not, and what was told besides. */
function compared(expected: readonly PbxEvent[], told: readonly PbxEvent[]) {
  const extra: PbxEvent[] = [];
  let at = 0;
  for (const event of told) {
    if (JSON.stringify(event) === JSON.stringify(expected[at])) at += 1;
    else extra.push(event);
  }
  return { missing: expected.slice(at), extra };
}

/** Packets as Asterisk divides them: CRLF ends a line, a lone LF is text. */
function packetsOf(bytes: readonly Uint8Array[]): readonly string[] {
  return Buffer.concat(bytes)
    .toString()
    .replace(/(?<!\r)\n/g, ' ')
    .split(END);
}

/** Blank lines, the greeting, and what JavaScript takes for no property at all make no packet. */
function hasContent(packet: string): boolean {
  const lines = packet.split('\r\n').filter((line) => line !== '');
  const first = lines.findIndex((line) => !line.startsWith('Asterisk Call Manager'));
  const names =
    first === -1 ? [] : lines.slice(first).map((line) => line.split(': ')[0]?.trim().toLowerCase());
  return names.some((name) => name !== '__proto__');
}

function identityOf(event: PbxEvent): string {
  if (event.kind === 'device-changed') return event.device;
  if (event.kind === 'caller-entered') return event.caller.uniqueid;
  return 'uniqueid' in event ? event.uniqueid : '';
}
