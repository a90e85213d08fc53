import type { LinkedCallDeed } from '../../ports/pbx.ts';
import { whyRefused } from './hostile.ts';
import { listedVariablesOf, type Packet, textOf, variableOf } from './packet.ts';
import type { Translated } from './translate.ts';

/** Calls that another system knows by a name of its own, which one of their channel variables carries. */
export interface LinkedCallOptions {
  readonly variable: string;
  /** Whether this is an agent's phone: a carrier's trunk carries the variable too, and may hold as well. */
  readonly isPhone: (device: string) => boolean;
}

const IGNORED: Translated = { kind: 'ignored' };
const told = (did: LinkedCallDeed): Translated => ({ kind: 'event', event: { kind: 'linked-call', did } });
const malformed = (why: string): Translated => ({ kind: 'malformed', why });

/**
 * What an agent did to a call of another system's, be it one of ours or not. Of a transfer `translate` tells besides what
 * became of a caller of ours.
 *
 * Before a transfer Asterisk says `Unhold` of the agent's channel, be it held or not; only after an attended one by keys it
 * does not. So a call may be resumed that never was held, and sent on while it is.
 */
export function translateLinkedCall(packet: Packet, options: LinkedCallOptions): Translated {
  switch (packet['event']) {
    case 'Hold':
      return heldOrResumed(packet, 'held', options);
    case 'Unhold':
      return heldOrResumed(packet, 'resumed', options);
    case 'BlindTransfer':
      return transferred(packet, 'transferer', options);
    case 'AttendedTransfer':
      return transferred(packet, 'origtransferer', options);
    default:
      return IGNORED;
  }
}

function heldOrResumed(packet: Packet, kind: 'held' | 'resumed', options: LinkedCallOptions): Translated {
  const linkedCall = variableOf(packet, 'chanvariable', options.variable);
  if (linkedCall === '') return IGNORED;
  const why = whyRefused(packet) ?? whyNotNamed(linkedCall) ?? whyMisplaced(packet, '');
  if (why !== undefined) return malformed(why);
  const device = deviceOf(textOf(packet, 'channel'));
  return options.isPhone(device) ? told({ kind, device, linkedCall }) : IGNORED;
}

function transferred(
  packet: Packet,
  transferer: 'transferer' | 'origtransferer',
  { variable, isPhone }: LinkedCallOptions,
): Translated {
  const ofAgent = listedVariablesOf(packet, `${transferer}chanvariable`, variable);
  const ofCaller = listedVariablesOf(packet, 'transfereechanvariable', variable);
  // The agent's channel has it where it was inherited (`__NAME`); the caller's, wherever it was set at all.
  const linkedCall = [...ofAgent, ...ofCaller].find((name) => name !== '');
  if (linkedCall === undefined || !isSentAway(packet)) return IGNORED;
  // `channelvars` lists it once for each channel, empty or not: one line more is forged, and so is one alone.
  if (ofAgent.length !== 1 || ofCaller.length !== 1) return malformed('linked call not once');
  const why =
    whyRefused(packet) ??
    whyNotNamed(linkedCall) ??
    whyMisplaced(packet, transferer) ??
    whyMisplaced(packet, 'transferee');
  if (why !== undefined) return malformed(why);
  const device = deviceOf(textOf(packet, `${transferer}channel`));
  if (!isPhone(device)) return IGNORED;
  const dialled = transferer === 'transferer' ? [textOf(packet, 'extension')] : consulted(packet);
  return told({ kind: 'transferred', device, linkedCall, to: dialled.find(isDialled) ?? '' });
}

/** Not where the agent stays in the call, as third, and not where several were in it: none of them is the transferee. */
const isSentAway = (packet: Packet) =>
  packet['result'] === 'Success' &&
  packet['transfereechannel'] !== undefined &&
  packet['desttype'] !== 'Threeway';

/**
 * What the agent dialled to ask the colleague first, as far as the packet says it. By the phone (REFER with Replaces) that
 * was a call of its own. By keys, or from the manager, there is one leg for both calls, which stands where it always
 * stood, and a Local channel that stands where it was sent; once that is optimized away, or where the dialplan
 * dials from an `s`, only the number that was reached is left.
 */
function consulted(packet: Packet): readonly string[] {
  const hasOwnLeg = textOf(packet, 'secondtransfereruniqueid') !== textOf(packet, 'origtransfereruniqueid');
  const isLocal = textOf(packet, 'transfertargetchannel').startsWith('Local/');
  return [
    hasOwnLeg ? textOf(packet, 'secondtransfererexten') : '',
    isLocal ? textOf(packet, 'transfertargetexten') : '',
    textOf(packet, 'secondtransfererconnectedlinenum'),
  ];
}

// AST_MAX_EXTENSION is 80. One letter alone is where a dialplan has gone by itself (`s`, `i`, `t`).
const isDialled = (text: string) => /^(?![A-Za-z]$)[A-Za-z0-9*#+._-]{1,79}$/.test(text);

// It goes into other systems' requests: a UUID and whatever else names calls, and nothing that could mean more.
const whyNotNamed = (linkedCall: string) =>
  /^[A-Za-z0-9._-]{1,64}$/.test(linkedCall) ? undefined : 'linked call malformed';

/**
 * A channel's variables stand behind everything else that is said of it. A line among what callers have a hand in (the
 * number that the agent is connected to) is theirs, and where `channelvars` lacks the variable it would be the only one.
 */
function whyMisplaced(packet: Packet, prefix: string): string | undefined {
  const headers = Object.keys(packet);
  const isBehind = headers.indexOf(`${prefix}chanvariable`) > headers.indexOf(`${prefix}linkedid`);
  return isBehind ? undefined : 'linked call misplaced';
}

/** `PJSIP/1001` of `PJSIP/1001-0000002a`. */
const deviceOf = (channel: string) => channel.replace(/-[0-9a-f]+$/, '');
