import type { LeavingReason } from '../domain/call/call.ts';
import type { AnsweredBy, Diary, Farewell, MoveProblem, Place } from '../domain/call/input.ts';
import type { ExtensionReading } from '../domain/extension/availability.ts';
import type { CallId, Extension, Instant, QueueName, Uniqueid } from '../domain/identity.ts';

/** What the PBX tells, in the order in which it told it. */
export type PbxEvent =
  /** A caller stands in a queue. `number` is theirs as the PBX has it, empty where withheld. */
  | { readonly kind: 'caller-entered'; readonly caller: EnteredCaller }
  | { readonly kind: 'ringing'; readonly uniqueid: Uniqueid; readonly extension: Extension | undefined }
  | {
      readonly kind: 'answered';
      readonly uniqueid: Uniqueid;
      readonly by: AnsweredBy;
      /** The file that the talk is being recorded to, where the channel says so. */
      readonly recording?: string | undefined;
    }
  | {
      readonly kind: 'offer-failed';
      readonly uniqueid: Uniqueid;
      readonly extension: Extension | undefined;
      readonly dialStatus: string;
      readonly hangupCause: string;
    }
  | { readonly kind: 'message-left'; readonly uniqueid: Uniqueid; readonly file: string | undefined }
  | {
      readonly kind: 'transferred';
      readonly uniqueid: Uniqueid;
      readonly how: 'blind' | 'attended';
      readonly to: string;
    }
  /** A hangup was announced. Whether it is true is for `locate` to say: callers can write into the event stream. */
  | {
      readonly kind: 'hung-up';
      readonly uniqueid: Uniqueid;
      readonly cause: string;
      readonly recording: string | undefined;
    }
  | { readonly kind: 'device-changed'; readonly device: string; readonly state: string }
  /** A call that an agent made from the help desk is over, says the dialplan. Whether it is true is for `locate` to say. */
  | { readonly kind: 'made-call-over'; readonly callId: CallId }
  /** An agent did something to a call that another system knows by a name of its own: ours or not. */
  | { readonly kind: 'linked-call'; readonly did: LinkedCallDeed }
  /** Connected, and this is the full truth at this point of the stream. */
  | { readonly kind: 'linked'; readonly snapshot: Snapshot }
  /** Connection lost, or the login refused; actions fail until the next `linked`. */
  | { readonly kind: 'unlinked'; readonly why: string };

/** `device`: the agent's phone. `linkedCall`: the name that the call's channel variable carries. */
export type LinkedCallDeed =
  | { readonly kind: 'held' | 'resumed'; readonly device: string; readonly linkedCall: string }
  | {
      readonly kind: 'transferred';
      readonly device: string;
      readonly linkedCall: string;
      /** The number or extension that was dialled; empty where the PBX does not say. */
      readonly to: string;
    };

export interface EnteredCaller {
  readonly uniqueid: Uniqueid;
  readonly number: string;
  readonly via: /** Our dialplan: the name of one of our queues. */
    | { readonly entry: 'dialplan'; readonly queue: QueueName }
    /** A memberless queue of Asterisk's own, by its name there. */
    | { readonly entry: 'asterisk-queue'; readonly asteriskQueue: string };
}

/** Every channel that carries our mark, or waits in a queue of Asterisk's own. */
export interface Snapshot {
  /** When this Asterisk was started, by its own word and our clock: exact to about a second. */
  readonly pbxStartedAt: Instant;
  readonly callers: readonly SnapshotCaller[];
}

export interface SnapshotCaller {
  readonly uniqueid: Uniqueid;
  readonly number: string;
  readonly via: EnteredCaller['via'];
  readonly place: Place;
}

export type Moved =
  | { readonly ok: true }
  | { readonly ok: false; readonly problem: MoveProblem; readonly cause: string };

export type Located =
  | { readonly kind: 'here'; readonly place: Place }
  | { readonly kind: 'gone' }
  | { readonly kind: 'unknown'; readonly cause: string };

/** A diary that says nothing and one that could not be read are two different things. */
export type DiaryReading =
  | { readonly ok: true; readonly diary: Diary | undefined; readonly farewell?: Farewell | undefined }
  | { readonly ok: false };

export interface AgentOffer {
  readonly uniqueid: Uniqueid;
  readonly callId: CallId;
  readonly extension: Extension;
  readonly ringMs: number;
}

export interface Leave {
  readonly uniqueid: Uniqueid;
  /** Nothing for a caller who never was a call of ours. It becomes part of the message's file name. */
  readonly callId: CallId | undefined;
  readonly queue: QueueName;
  readonly reason: LeavingReason;
}

/** A call to be made. Every value is plain: digits, names of the configuration. */
export interface CallToMake {
  /** Its channel has this for its identity. */
  readonly callId: CallId;
  readonly agent: Extension;
  /** The customer's, as it is dialled. */
  readonly number: string;
  readonly ringMs: number;
  /** The context that dials the world. */
  readonly dialContext: string;
  /** What the customer sees; nothing: what the PBX makes of the agent's extension. */
  readonly callerId: string | undefined;
}

/** Somebody who is to listen to an agent. */
export interface CallToHear {
  readonly callId: CallId;
  readonly supervisor: Extension;
  readonly agent: Extension;
  readonly ringMs: number;
}

/** What the PBX says to making a call. Good news is that it will: whether a phone rings shows later. */
export type Originated =
  | { readonly ok: true }
  | {
      readonly ok: false;
      /** `forbidden`: we have not the right to. `unlinked`: nothing was sent. */
      readonly problem: 'forbidden' | 'refused' | 'unlinked' | 'unknown-outcome';
      readonly cause: string;
    };

/**
 * The PBX that holds the callers. Nothing here rejects; every answer comes within the adapter's own deadline.
 * Moves may be repeated: the last one counts.
 */
export interface Pbx {
  /** Begins to connect, and goes on until `close`. Events go to `listener`, which must return at once. */
  start(listener: (event: PbxEvent) => void): void;
  /** Nothing where the PBX could not be asked. */
  readExtension(extension: Extension): Promise<ExtensionReading | undefined>;
  sendToAgent(offer: AgentOffer): Promise<Moved>;
  sendToHold(uniqueid: Uniqueid): Promise<Moved>;
  /** `unreachable` goes to the fallback of the queue, every other reason to the lost context. */
  sendAway(leave: Leave): Promise<Moved>;
  /** Marks a caller of a memberless queue as ours, so that their hangup is told. */
  mark(uniqueid: Uniqueid, queue: QueueName): Promise<Moved>;
  locate(uniqueid: Uniqueid): Promise<Located>;
  /** Rings an agent, and once they have answered the customer. Not to be repeated: each time somebody is rung. */
  makeCall(call: CallToMake): Promise<Originated>;
  /** Rings a supervisor, who then hears what an agent says and hears. */
  hearCall(call: CallToHear): Promise<Originated>;
  /** The full truth once more, as after a login. Nothing where the PBX could not be asked. */
  survey(): Promise<Snapshot | undefined>;
  readDiary(callId: CallId): Promise<DiaryReading>;
  /** Calls of which a diary is kept; perhaps not all at once. Nothing where the PBX could not be asked. */
  listDiaries(): Promise<readonly CallId[]>;
  eraseDiary(callId: CallId): Promise<void>;
  /** Tells the dialplan that somebody will come for its callers. False where the PBX could not be told. */
  beat(): Promise<boolean>;
  close(): Promise<void>;
}
