import type { Diary, Place } from '../../src/domain/call/input.ts';
import type { ExtensionReading } from '../../src/domain/extension/availability.ts';
import type { CallId, Extension, Uniqueid } from '../../src/domain/identity.ts';
import { callIdFrom, queueNameFrom } from '../../src/domain/identity.ts';
import type {
  AgentOffer,
  DiaryReading,
  EnteredCaller,
  Leave,
  Located,
  Moved,
  Originated,
  Pbx,
  PbxEvent,
  Snapshot,
} from '../../src/ports/pbx.ts';
import type { VirtualTime } from '../../test/simulation/virtual-time.ts';
import { SENT_AWAY_LASTS_MS } from './assumptions.ts';
import type { OwnCall, TracedCaller } from './day-trace.ts';
import { DeskPhones } from './desk-phones.ts';
import type { Journal } from './journal.ts';

// DialBegin was seen 3 to 7 ms after the Redirect on a real Asterisk 22.
const DIAL_BEGINS_MS = 4;
const LONG_AGO_MS = 86_400_000;

interface Channel {
  readonly caller: TracedCaller;
  place: Place;
  callId: CallId | undefined;
  /** Counts its moves, so that what belongs to an earlier one is known. */
  moves: number;
  hasRungOut: boolean;
  /** The phone that rings for them, or that they talk to. */
  phone: Extension | undefined;
}

const DONE: Moved = { ok: true };
const GONE: Moved = { ok: false, problem: 'gone', cause: 'no such channel' };

/** The PBX and its people, by the day that was drawn. It is asked and told at the port: no AMI. */
export class BenchPbx implements Pbx {
  readonly phones = new DeskPhones((extension, state) =>
    this.#listener({ kind: 'device-changed', device: deviceOf(extension), state }),
  );
  readonly #time: VirtualTime;
  readonly #journal: Journal;
  readonly #channels = new Map<Uniqueid, Channel>();
  readonly #diaries = new Map<CallId, Diary>();
  #listener: (event: PbxEvent) => void = () => {};
  /** Told when a talk has ended, with the agent who is now owed an ending. */
  onTalkEnded: (uniqueid: Uniqueid, extension: Extension) => void = () => {};

  constructor(time: VirtualTime, journal: Journal) {
    this.#time = time;
    this.#journal = journal;
  }

  // What people do.

  enters(caller: TracedCaller): void {
    const { uniqueid, arrivesAt, patienceMs } = caller;
    const place = { at: 'hold' } as const;
    const untouched = { callId: undefined, moves: 0, hasRungOut: false, phone: undefined };
    this.#channels.set(uniqueid, { caller, place, ...untouched });
    this.#journal.enters(caller);
    this.#time.after(arrivesAt + patienceMs - this.#time.passedMs, () => this.#losesPatience(uniqueid));
    this.#listener({ kind: 'caller-entered', caller: enteredCaller(caller) });
  }

  /** An agent calls somebody, if their phone is free. */
  dialsOut({ extension, lastsMs }: OwnCall): void {
    if (!this.phones.isFree(extension)) return;
    this.phones.isUsed(extension);
    this.#time.after(lastsMs, () => this.phones.isLeft(extension));
  }

  // What the port asks.

  start(listener: (event: PbxEvent) => void): void {
    this.#listener = listener;
    listener({ kind: 'linked', snapshot: this.#snapshot });
  }

  async readExtension(extension: Extension): Promise<ExtensionReading> {
    return { device: this.phones.stateOf(extension), dnd: 'NOT_INUSE', hint: undefined };
  }

  async sendToAgent({ uniqueid, callId, extension, ringMs }: AgentOffer): Promise<Moved> {
    const channel = this.#channels.get(uniqueid);
    if (channel === undefined) return GONE;
    channel.callId = callId;
    this.#journal.leavesHold(uniqueid, 'at a phone');
    this.#move(channel, { at: 'agent', extension, bridged: false });
    this.#later(channel, DIAL_BEGINS_MS, () => this.#dial(channel, extension, ringMs));
    return DONE;
  }

  async sendToHold(uniqueid: Uniqueid): Promise<Moved> {
    const channel = this.#channels.get(uniqueid);
    if (channel === undefined) return GONE;
    this.#journal.backOnHold(uniqueid);
    this.#move(channel, { at: 'hold' });
    return DONE;
  }

  async sendAway({ uniqueid }: Leave): Promise<Moved> {
    const channel = this.#channels.get(uniqueid);
    if (channel === undefined) return GONE;
    this.#journal.sentAway(uniqueid, this.#time.passedMs);
    this.#move(channel, { at: 'lost' });
    this.#later(channel, SENT_AWAY_LASTS_MS, () => this.#hangsUp(channel));
    return DONE;
  }

  async mark(): Promise<Moved> {
    return DONE;
  }

  async locate(uniqueid: Uniqueid): Promise<Located> {
    const channel = this.#channels.get(uniqueid);
    return channel === undefined ? { kind: 'gone' } : { kind: 'here', place: channel.place };
  }

  async makeCall(): Promise<Originated> {
    return NO_CALLS;
  }

  async hearCall(): Promise<Originated> {
    return NO_CALLS;
  }

  async survey(): Promise<Snapshot> {
    return this.#snapshot;
  }

  async readDiary(callId: CallId): Promise<DiaryReading> {
    return { ok: true, diary: this.#diaries.get(callId) };
  }

  async listDiaries(): Promise<readonly CallId[]> {
    return [...this.#diaries.keys()].map(callIdFrom);
  }

  async eraseDiary(callId: CallId): Promise<void> {
    this.#diaries.delete(callId);
  }

  async beat(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {}

  get #snapshot(): Snapshot {
    const callers = [...this.#channels.values()].map(({ caller, place }) => ({
      ...enteredCaller(caller),
      place,
    }));
    return { pbxStartedAt: this.#time.now() - this.#time.passedMs - LONG_AGO_MS, callers };
  }

  #dial(channel: Channel, extension: Extension, ringMs: number): void {
    const { uniqueid, ringsOutFirst, pickUpMs } = channel.caller;
    if (!this.phones.isFree(extension)) {
      this.#offerFails(channel, extension, 'BUSY');
      return;
    }
    channel.phone = extension;
    this.phones.rings(extension);
    this.#journal.rings(uniqueid, this.#time.passedMs);
    this.#listener({ kind: 'ringing', uniqueid, extension });
    if (ringsOutFirst && !channel.hasRungOut)
      this.#later(channel, ringMs, () => this.#ringsOut(channel, extension));
    else this.#later(channel, pickUpMs, () => this.#isAnswered(channel, extension));
  }

  #ringsOut(channel: Channel, extension: Extension): void {
    channel.hasRungOut = true;
    channel.phone = undefined;
    this.phones.rangOut(extension, this.#time.passedMs);
    this.#offerFails(channel, extension, 'NOANSWER');
  }

  #offerFails(channel: Channel, extension: Extension, dialStatus: string): void {
    const { uniqueid } = channel.caller;
    this.#move(channel, { at: 'hold' });
    this.#journal.backOnHold(uniqueid);
    this.#listener({ kind: 'offer-failed', uniqueid, extension, dialStatus, hangupCause: '17' });
  }

  #isAnswered(channel: Channel, extension: Extension): void {
    const { uniqueid, talkMs } = channel.caller;
    this.#move(channel, { at: 'agent', extension, bridged: true });
    this.#journal.answered(uniqueid);
    this.phones.isUsed(extension);
    this.#writeDiary(channel, extension);
    this.#listener({ kind: 'answered', uniqueid, by: { context: 'agent', extension } });
    this.#later(channel, talkMs, () => {
      this.onTalkEnded(uniqueid, extension);
      this.#hangsUp(channel);
    });
  }

  #writeDiary({ callId }: Channel, answeredBy: Extension): void {
    if (callId === undefined) return;
    const answeredAt = this.#time.now();
    this.#diaries.set(callId, { answeredBy, answeredAt, endedAt: undefined, recording: undefined });
  }

  /** Whoever talks has what they waited for, and whoever was sent away is on their way out. */
  #losesPatience(uniqueid: Uniqueid): void {
    const channel = this.#channels.get(uniqueid);
    if (channel === undefined || channel.place.at === 'lost') return;
    if (channel.place.at === 'agent' && channel.place.bridged) return;
    this.#hangsUp(channel);
  }

  #hangsUp(channel: Channel): void {
    const { callId, phone } = channel;
    const { uniqueid } = channel.caller;
    const diary = callId === undefined ? undefined : this.#diaries.get(callId);
    if (callId !== undefined && diary !== undefined)
      this.#diaries.set(callId, { ...diary, endedAt: this.#time.now() });
    this.#channels.delete(uniqueid);
    this.#journal.gone(uniqueid, this.#time.passedMs);
    if (phone !== undefined) this.phones.isLeft(phone);
    this.#listener({ kind: 'hung-up', uniqueid, cause: '16', recording: undefined });
  }

  #move(channel: Channel, place: Place): void {
    channel.place = place;
    channel.moves += 1;
  }

  /** Comes true unless the channel has moved on by then. */
  #later(channel: Channel, ms: number, then: () => void): void {
    const { moves, caller } = channel;
    this.#time.after(ms, () => {
      if (this.#channels.get(caller.uniqueid) === channel && channel.moves === moves) then();
    });
  }
}

export const deviceOf = (extension: Extension): string => `PJSIP/${extension}`;

function enteredCaller({ uniqueid, number, queue }: TracedCaller): EnteredCaller {
  return { uniqueid, number, via: { entry: 'dialplan', queue: queueNameFrom(queue) } };
}

const NO_CALLS: Originated = { ok: false, problem: 'refused', cause: 'nobody calls out here' };
