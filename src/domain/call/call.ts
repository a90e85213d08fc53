import type { CallId, Extension, Instant, QueueName, Uniqueid } from '../identity.ts';
import type { RecordingLink } from '../recording/recording.ts';

/**
 * A caller's visit to one queue, from the moment they wait to its one ending.
 *
 *   waiting ──agent named──▶ offered ──answered──▶ talking ──caller gone──▶ ended: completed
 *      ▲                        │
 *      └──────offer failed──────┘
 *   waiting ──no agent to be had, or waited too long──▶ leaving ──gone, or answered there──▶ ended: lost
 *   waiting, offered ──caller gone──▶ ended: canceled
 *
 * A phase is a type that carries only what is true in it.
 */
export type Call = WaitingCall | OfferedCall | TalkingCall | LeavingCall | EndedCall;
export type OpenCall = Exclude<Call, EndedCall>;
export type Phase = Call['phase'];

/** True of a call in every phase. */
export interface Visit {
  readonly callId: CallId;
  readonly uniqueid: Uniqueid;
  readonly queue: QueueName;
  /** As the help desk will see it: digits and `+`, or the configured word for a withheld number. */
  readonly clientNumber: string;
  readonly enteredAt: Instant;
  /** The same by the clock that never jumps: what the wait is measured by. */
  readonly enteredAtMonotonic: number;
  readonly entry: 'dialplan' | 'asterisk-queue';
  /**
   * What the help desk knows of the call. `asked`: a question was sent, or about to be, and no answer has come; it may
   * or may not know. Only a call of which it is sure to have heard can be ended there without being registered again.
   */
  readonly hearing: 'unasked' | 'asked' | 'heard';
}

/** Parked in the PBX with music; asked about when they are the head of their queue. */
export interface WaitingCall extends Visit {
  readonly phase: 'waiting';
  /** The extension of the last offer that failed: its answer may still be on its way. */
  readonly lastOffered: Extension | undefined;
}

/** One extension's turn. The extension is reserved for this call until the offer ends. */
export interface OfferedCall extends Visit {
  readonly phase: 'offered';
  readonly offer: Offer;
}

export interface Offer {
  readonly extension: Extension;
  /**
   * `checking`: asking the PBX whether it is free; `moving`: the caller is sent there; `unseen`: no word of the dial has
   * come, and the PBX is asked where the caller is; `ringing`: the dial has begun; `overdue`: it has rung for too long, and
   * the PBX is asked whether it still does.
   */
  readonly stage: 'checking' | 'moving' | 'unseen' | 'ringing' | 'overdue';
  /** When the present stage has lasted too long. */
  readonly until: Instant;
}

/** Agent and caller were bridged. Hold, transfers and parking change nothing here. */
export interface TalkingCall extends Visit {
  readonly phase: 'talking';
  /** The extension as the help desk named it, whoever the caller is transferred to later. */
  readonly extension: Extension;
  readonly answeredAt: Instant;
  /** File that the talk is recorded to, where it is known: the channel may lose its name on the way. */
  readonly recording: string | undefined;
}

/** No agent for them: they hear why and may leave a message, or were sent to the fallback. */
export interface LeavingCall extends Visit {
  readonly phase: 'leaving';
  readonly reason: LeavingReason;
  /** File name of the message they left, once told. */
  readonly message: string | undefined;
  /** When to look whether they were really moved; nothing once that has been seen. */
  readonly lookAt: Instant | undefined;
}

/** `holiday`, `closed`, `nobody`, `waited`: to the lost context. `unreachable`: to the fallback. */
export type LeavingReason = 'holiday' | 'closed' | 'nobody' | 'waited' | 'unreachable';

export type Ending = 'completed' | 'lost' | 'canceled';

export interface EndedCall extends Visit {
  readonly phase: 'ended';
  readonly ending: Ending;
  readonly endedAt: Instant;
  /** Of a talk, or a message: for whoever looks for it later. Nothing where there can be none. */
  readonly recorded?: Recorded | undefined;
}

/** What is known of a recording at the end of its call. */
export interface Recorded {
  /** Its name; nothing where nobody saw it. */
  readonly file: string | undefined;
  /** Who talked; nothing for a message. */
  readonly extension: Extension | undefined;
}

/** What the configuration says about a call's queue, in the units of the domain. */
export interface CallRules {
  readonly helpDeskQueueId: number;
  /** Longest wait before the caller counts as lost, from entry. */
  readonly maxWaitMs: number;
  /** How long one extension rings. */
  readonly ringMs: number;
  readonly recordingLink: RecordingLink;
  /** Whether a caller who left before the help desk heard of them is reported all the same. */
  readonly reportUnheard: boolean;
}

/** The extension that nobody else may be offered while this call stands as it does. */
export function reservedBy(call: Call): Extension | undefined {
  return call.phase === 'offered' ? call.offer.extension : undefined;
}

/** What is true of the visit, whatever its phase: the start of the next phase's value. */
export function visitOf(call: Call): Visit {
  const { callId, uniqueid, queue, clientNumber, enteredAt, enteredAtMonotonic, entry, hearing } = call;
  return { callId, uniqueid, queue, clientNumber, enteredAt, enteredAtMonotonic, entry, hearing };
}

/** A caller who has just come in. */
export function newCall(visit: Omit<Visit, 'hearing'>): WaitingCall {
  return { ...visit, hearing: 'unasked', phase: 'waiting', lastOffered: undefined };
}
