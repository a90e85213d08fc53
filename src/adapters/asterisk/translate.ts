import { callIdFrom, extensionFrom, queueNameFrom, uniqueidFrom } from '../../domain/identity.ts';
import type { PbxEvent } from '../../ports/pbx.ts';
import { AGENT_VARIABLE, QUEUE_VARIABLE, RECORDING_VARIABLE } from './dialplan-names.ts';
import { whyRefused } from './hostile.ts';
import { isPlainName, listedVariableOf, numberFrom, type Packet, textOf, variableOf } from './packet.ts';

/** `ignored`: true or not, it is none of our business, and nothing of it was looked at but what says so. */
export type Translated =
  | { readonly kind: 'event'; readonly event: PbxEvent }
  | { readonly kind: 'ignored' }
  | { readonly kind: 'malformed'; readonly why: string };

export interface TranslateOptions {
  readonly agentContext: string;
  readonly asteriskQueues: ReadonlySet<string>;
  /** Whether anybody wants to know of this device. */
  readonly isOurDevice: (device: string) => boolean;
}

const IGNORED: Translated = { kind: 'ignored' };

/**
 * What an event of the PBX means, if it is one of ours. First the cheap question whether it concerns a caller of ours
 * (ninety-eight of a hundred do not), then whether it is to be believed, then what it says.
 */
export function translate(packet: Packet, options: TranslateOptions): Translated {
  const read = readerOf(packet, options);
  if (read === undefined) return IGNORED;
  const why = whyRefused(packet);
  if (why !== undefined) return { kind: 'malformed', why };
  return read(packet, options);
}

type Reader = (packet: Packet, options: TranslateOptions) => Translated;

function readerOf(packet: Packet, options: TranslateOptions): Reader | undefined {
  if (isToldTwice(packet)) return repeated;
  switch (packet['event']) {
    case 'UserEvent':
      return USER_EVENTS.get(textOf(packet, 'userevent'));
    case 'QueueCallerJoin':
      return options.asteriskQueues.has(textOf(packet, 'queue')) ? queueCallerJoined : undefined;
    case 'DialBegin':
      return isMarked(packet) ? dialBegan : undefined;
    case 'DialEnd':
      return isMarked(packet) && packet['dialstatus'] === 'ANSWER' ? dialAnswered : undefined;
    case 'BlindTransfer':
      return isTransfereeMarked(packet) ? transferredBlind : undefined;
    case 'AttendedTransfer':
      return isTransfereeMarked(packet) ? transferredAttended : undefined;
    case 'Hangup':
      return isMarked(packet) ? hungUp : undefined;
    case 'DeviceStateChange':
      return options.isOurDevice(textOf(packet, 'device')) ? deviceChanged : undefined;
    default:
      return undefined;
  }
}

const isMarked = (packet: Packet) => variableOf(packet, 'chanvariable', QUEUE_VARIABLE) !== '';
const isTransfereeMarked = (packet: Packet) =>
  packet['result'] === 'Success' && listedVariableOf(packet, 'transfereechanvariable', QUEUE_VARIABLE) !== '';

const told = (event: PbxEvent): Translated => ({ kind: 'event', event });
const malformed = (why: string): Translated => ({ kind: 'malformed', why });

// What tells the events apart, and ours from others', stands there twice: forged, whichever of the two is meant.
const repeated: Reader = () => malformed('repeated');
const isToldTwice = (packet: Packet) => TOLD_BY.some((header) => Array.isArray(packet[header]));
const TOLD_BY = ['event', 'actionid', 'userevent', 'queue', 'device', 'dialstatus', 'result'];

const callEntered: Reader = (packet) => {
  const queue = textOf(packet, 'queue');
  if (queue === '') return malformed('queue missing');
  return told({
    kind: 'caller-entered',
    caller: { ...callerOf(packet), via: { entry: 'dialplan', queue: queueNameFrom(queue) } },
  });
};

const queueCallerJoined: Reader = (packet) =>
  told({
    kind: 'caller-entered',
    caller: { ...callerOf(packet), via: { entry: 'asterisk-queue', asteriskQueue: textOf(packet, 'queue') } },
  });

const offerFailed: Reader = (packet) => {
  const dialStatus = textOf(packet, 'dialstatus');
  if (dialStatus === '') return malformed('dialstatus missing');
  return told({
    kind: 'offer-failed',
    uniqueid: uniqueidOf(packet),
    extension: extensionFrom(textOf(packet, 'agent')),
    dialStatus,
    hangupCause: textOf(packet, 'hangupcause'),
  });
};

const messageLeft: Reader = (packet) => {
  const file = textOf(packet, 'file');
  if (file !== '' && !isPlainName(file)) return malformed('file name');
  // Silence leaves a file of its own; a size of nothing, or none at all, means that nothing was recorded.
  const isEmpty = !(Number(textOf(packet, 'size')) > 0);
  const message = file === '' || isEmpty ? undefined : file;
  return told({ kind: 'message-left', uniqueid: uniqueidOf(packet), file: message });
};

const madeCallOver: Reader = (packet) => {
  const callId = textOf(packet, 'callid');
  return isPlainName(callId)
    ? told({ kind: 'made-call-over', callId: callIdFrom(callId) })
    : malformed('call id');
};

const dialBegan: Reader = (packet, options) =>
  told({ kind: 'ringing', uniqueid: uniqueidOf(packet), extension: offeredExtension(packet, options) });

const dialAnswered: Reader = (packet, options) => {
  const uniqueid = uniqueidOf(packet);
  if (!isOffer(packet, options)) return told({ kind: 'answered', uniqueid, by: { context: 'elsewhere' } });
  const extension = offeredExtension(packet, options);
  const recording = recordingOf(packet);
  return told({ kind: 'answered', uniqueid, by: { context: 'agent', extension }, recording });
};

const transferredBlind: Reader = (packet) =>
  told({
    kind: 'transferred',
    uniqueid: uniqueidFrom(textOf(packet, 'transfereeuniqueid')),
    how: 'blind',
    to: textOf(packet, 'extension'),
  });

const transferredAttended: Reader = (packet) =>
  told({
    kind: 'transferred',
    uniqueid: uniqueidFrom(textOf(packet, 'transfereeuniqueid')),
    how: 'attended',
    // A transfer that was completed while the target rang has no target channel yet; the second leg dialled it.
    to: textOf(packet, 'transfertargetchannel') || textOf(packet, 'secondtransfererexten'),
  });

const hungUp: Reader = (packet) =>
  told({
    kind: 'hung-up',
    uniqueid: uniqueidOf(packet),
    cause: textOf(packet, 'cause'),
    recording: recordingOf(packet),
  });

/** What the packet tells is true without it; a name that is no plain file name is only not to be linked. */
function recordingOf(packet: Packet): string | undefined {
  const recording = variableOf(packet, 'chanvariable', RECORDING_VARIABLE);
  return isPlainName(recording) ? recording : undefined;
}

const deviceChanged: Reader = (packet) =>
  told({ kind: 'device-changed', device: textOf(packet, 'device'), state: textOf(packet, 'state') });

const USER_EVENTS: ReadonlyMap<string, Reader> = new Map([
  ['MovideskCall', callEntered],
  ['MovideskDial', offerFailed],
  ['MovideskMessage', messageLeft],
  ['MovideskMade', madeCallOver],
]);

const uniqueidOf = (packet: Packet) => uniqueidFrom(textOf(packet, 'uniqueid'));
const callerOf = (packet: Packet) => ({
  uniqueid: uniqueidOf(packet),
  number: numberFrom(textOf(packet, 'calleridnum')),
});
const isOffer = (packet: Packet, options: TranslateOptions) =>
  textOf(packet, 'context') === options.agentContext;

/** Whose turn it is, where the dial is one of our offers: a caller who was transferred still carries the agent's mark. */
function offeredExtension(packet: Packet, options: TranslateOptions) {
  if (!isOffer(packet, options)) return undefined;
  return extensionFrom(variableOf(packet, 'chanvariable', AGENT_VARIABLE));
}
