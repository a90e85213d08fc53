import type { Packet } from './packet.ts';
import { holdsForeign, requiredOf } from './packet-shapes.ts';

/**
 * Callers can write line breaks into the stream: forged headers in a packet of their own channel, or a whole packet that
 * speaks of somebody else's (`%0d%0a` in the user part of a SIP From; Asterisk keeps 79 bytes, and the same text may
 * stand in a packet twice: as the number of one channel and as what another is connected to). Two things they cannot
 * do: take the rest of the true packet away, so that what names a channel stands twice or is cut off; and fit all the
 * headers that Asterisk always sends into so few bytes. Hence: every header that is required of an event must stand
 * there exactly once, its value as Asterisk would write it.
 *
 * By the numbers, with the shortest values that pass: to begin a packet about a channel, up to the number, takes 101
 * bytes; a whole `DeviceStateChange` 82 (`PJSIP/10`, `BUSY`), 80 where the number is the last that its packet says; a
 * whole `FullyBooted` 95.
 *
 * Not stopped here: where devices have names as short as `SIP/10`, a caller whose number is the last word of a packet can
 * make one look busy until its next change. And a channel driver that keeps longer numbers (chan_sip, gone since
 * Asterisk 21), or a variable in `channelvars` that callers fill, leaves room for a packet that is perfect: against those
 * the dialplan cleans the number, and the runtime confirms every hangup.
 */
export function whyRefused(packet: Packet): string | undefined {
  const event = packet['event'];
  if (typeof event !== 'string') return 'event repeated';
  for (const [header, shape] of requiredOf(event)) {
    const value = packet[header];
    if (value === undefined) return `${header} missing`;
    if (typeof value !== 'string') return `${header} repeated`;
    if (!shape.test(value)) return `${header} malformed`;
  }
  for (const header of AT_MOST_ONCE) {
    const value = packet[header];
    if (value !== undefined && typeof value !== 'string') return `${header} repeated`;
  }
  // Their names are not told: reasons are counted, and somebody else's text would make as many as they like.
  if (holdsForeign(event, Object.keys(packet))) return 'foreign header';
  // No event that we read is an answer as well.
  if (packet['response'] !== undefined) return 'response in an event';
  return undefined;
}

// Beyond the required ones: what tells who is meant or what happened, where it stands at all.
const AT_MOST_ONCE = [
  'actionid',
  'agent',
  'callid',
  'context',
  'dialstatus',
  'exten',
  'extension',
  'file',
  'hangupcause',
  'linkedid',
  'queue',
  'secondtransfererconnectedlinenum',
  'secondtransfererexten',
  'secondtransfereruniqueid',
  'size',
  'transfertargetchannel',
  'transfertargetexten',
  'userevent',
  'uniqueid',
];
