import type { Diary, Place } from '../../src/domain/call/input.ts';
import type { ExtensionReading } from '../../src/domain/extension/availability.ts';
import type { CallId, Extension, QueueName, Uniqueid } from '../../src/domain/identity.ts';
import { callIdFrom, queueNameFrom, uniqueidFrom } from '../../src/domain/identity.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type {
  AgentOffer,
  CallToHear,
  CallToMake,
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
import { extension, MORNING } from '../domain/builders.ts';
import { FakeMadeCalls } from './fake-made-calls.ts';
import { FakePhones } from './fake-phones.ts';

// DialBegin was seen 3 to 7 ms after the Redirect on a real Asterisk 22.
const DIAL_BEGINS_MS = 4;

interface Channel {
  readonly uniqueid: Uniqueid;
  readonly number: string;
  readonly via: EnteredCaller['via'];
  callId: CallId | undefined;
  place: Place;
  /** Counts its moves, so that what belongs to an earlier one is known. */
  moves: number;
}

/**
 * A PBX that holds callers and phones, and keeps a diary. What people do is a method (`enters`, `answers`, `hangsUp`);
 * it happens whether or not anybody listens, and is told where somebody does.
 */
export class FakePbx implements Pbx {
  readonly phones = new FakePhones((device, state) => this.#tell({ kind: 'device-changed', device, state }));
  /** Calls that agents make. */
  readonly made: FakeMadeCalls;
  /** What it was asked to do, in words. */
  readonly done: string[] = [];
  /** Whom it was asked for. */
  readonly lookedFor: string[] = [];
  readonly diaries = new Map<string, Diary>();
  /** Who answered which call, whatever became of the diary. */
  readonly answered = new Map<CallId, Extension>();
  beats = 0;
  startedAt = MORNING - 3_600_000;
  isClosed = false;
  /** While false it does not answer where anybody is. */
  answersWhere = true;
  /** Whether events are told: a filter or a channel that lost its mark keeps them back. */
  tells = true;
  /** Whether the snapshot lists the callers; a list may be short. */
  listsCallers = true;
  /** Whether the diary can be read. */
  readsDiaries = true;
  /** While false a move away answers well and does nothing. */
  sendsAway = true;
  /** While set, what is asked of the diary waits for it. */
  slowness: Promise<void> | undefined;
  readonly #clock: Clock;
  readonly #channels = new Map<Uniqueid, Channel>();
  #listener: (event: PbxEvent) => void = () => {};
  #isLinked = false;

  constructor(clock: Clock) {
    this.#clock = clock;
    const { phones, diaries } = this;
    this.made = new FakeMadeCalls({ clock, diaries, phones, tell: (event) => this.#tell(event) });
  }

  // What people and the network do.

  link(): void {
    this.#isLinked = true;
    this.#listener({ kind: 'linked', snapshot: this.snapshot });
  }

  unlink(why = 'connection lost'): void {
    this.#isLinked = false;
    this.#listener({ kind: 'unlinked', why });
  }

  /** The machine loses its power, and nobody is told anything. */
  dies(): void {
    this.unlink();
    for (const channel of this.#channels.values()) this.#leavesPhone(channel);
    this.#channels.clear();
    this.made.clear();
  }

  startsAnew(): void {
    this.startedAt = this.#clock.now();
    this.link();
  }

  get snapshot(): Snapshot {
    const callers = [...this.#channels.values()].map(({ uniqueid, number, via, place }) => ({
      uniqueid,
      number,
      via,
      place,
    }));
    return { pbxStartedAt: this.startedAt, callers: this.listsCallers ? callers : [] };
  }

  /** A caller comes in through our dialplan; one who is here already comes in again. */
  enters(name: string, { queue = 'support', number = '+5547999990000' } = {}): void {
    this.#enters(name, number, { entry: 'dialplan', queue: queueNameFrom(queue) });
  }

  entersAsteriskQueue(name: string, asteriskQueue: string, number = '+5547999990000'): void {
    this.#enters(name, number, { entry: 'asterisk-queue', asteriskQueue });
  }

  hangsUp(name: string, { recording, cause = '16' }: { recording?: string; cause?: string } = {}): void {
    const uniqueid = uniqueidFrom(name);
    const channel = this.#channels.get(uniqueid);
    if (channel === undefined) return;
    this.#leavesPhone(channel);
    this.#writeEnd(channel, recording);
    this.#channels.delete(uniqueid);
    this.#tell({ kind: 'hung-up', uniqueid, cause, recording });
  }

  /** Somebody writes a hangup into the event stream. */
  forgesHangup(name: string): void {
    this.#tell({ kind: 'hung-up', uniqueid: uniqueidFrom(name), cause: '16', recording: undefined });
  }

  /** Somebody writes into the event stream that this caller came in. */
  forgesEntry(name: string, queue = 'support'): void {
    const via = { entry: 'dialplan', queue: queueNameFrom(queue) } as const;
    this.#tell({ kind: 'caller-entered', caller: { uniqueid: uniqueidFrom(name), number: '', via } });
  }

  answers(number: string): void {
    const channel = this.#ringingAt(extension(number));
    const answeredBy = extension(number);
    channel.place = { at: 'agent', extension: answeredBy, bridged: true };
    channel.moves += 1;
    this.phones.shows(answeredBy, 'INUSE');
    if (channel.callId !== undefined) {
      const answeredAt = this.#clock.now();
      this.answered.set(channel.callId, answeredBy);
      this.diaries.set(channel.callId, { answeredBy, answeredAt, endedAt: undefined, recording: undefined });
    }
    const by = { context: 'agent', extension: answeredBy } as const;
    this.#tell({ kind: 'answered', uniqueid: channel.uniqueid, by });
  }

  declines(number: string, dialStatus = 'BUSY'): void {
    this.#offerFails(this.#ringingAt(extension(number)), dialStatus);
  }

  /** Somebody outside our flow picks the caller up. */
  answersElsewhere(name: string): void {
    const channel = this.#channel(name);
    channel.place = { at: 'fallback', bridged: true };
    this.#tell({ kind: 'answered', uniqueid: channel.uniqueid, by: { context: 'elsewhere' } });
  }

  /** The dialplan found the heartbeat stale, and took the caller to the fallback; it tells nobody. */
  fallsBack(name: string, { bridged = false } = {}): void {
    this.#move(this.#channel(name), { at: 'fallback', bridged });
  }

  /** The dialplan led the caller to somewhere that is not ours; it tells nobody. */
  wandersOff(name: string): void {
    this.#move(this.#channel(name), { at: 'elsewhere', bridged: false });
  }

  transfers(name: string, how: 'blind' | 'attended', to: string): void {
    const channel = this.#channel(name);
    this.#move(channel, { at: 'elsewhere', bridged: true });
    this.#tell({ kind: 'transferred', uniqueid: channel.uniqueid, how, to });
  }

  leavesMessage(name: string, file: string): void {
    this.#tell({ kind: 'message-left', uniqueid: uniqueidFrom(name), file });
  }

  /** The call id that the channel was last marked with. */
  markOf(name: string): CallId | undefined {
    return this.#channel(name).callId;
  }

  placeOf(name: string): Place | undefined {
    return this.#channels.get(uniqueidFrom(name))?.place;
  }

  /** Everybody who is here, by name. */
  get names(): readonly Uniqueid[] {
    return [...this.#channels.keys()];
  }

  /** Phones that ring and could be answered. */
  get ringing(): readonly Extension[] {
    const rung = [...this.#channels.values()].flatMap(({ place }) =>
      place.at === 'agent' && !place.bridged && place.extension !== undefined ? [place.extension] : [],
    );
    return rung.filter((number) => this.phones.habitOf(number) !== 'declines');
  }

  // What the port asks.

  start(listener: (event: PbxEvent) => void): void {
    this.#listener = listener;
  }

  async readExtension(asked: Extension): Promise<ExtensionReading | undefined> {
    return this.#isLinked ? this.phones.read(asked) : undefined;
  }

  async sendToAgent({ uniqueid, callId, extension: to, ringMs }: AgentOffer): Promise<Moved> {
    this.done.push(`send ${uniqueid} to ${to}`);
    return this.#asked(uniqueid, (channel) => {
      channel.callId = callId;
      const habit = this.phones.habitOf(to);
      if (habit === 'refuses') return { ok: false, problem: 'refused', cause: 'no such context' };
      if (habit === 'nothing happens') return { ok: true };
      this.#move(channel, { at: 'agent', extension: to, bridged: false });
      this.phones.rings(to, uniqueid);
      this.#later(channel, DIAL_BEGINS_MS, () => this.#dial(channel, to, ringMs));
      return { ok: true };
    });
  }

  async sendToHold(uniqueid: Uniqueid): Promise<Moved> {
    this.done.push(`hold ${uniqueid}`);
    return this.#asked(uniqueid, (channel) => {
      this.#move(channel, { at: 'hold' });
      return { ok: true };
    });
  }

  async sendAway({ uniqueid, reason, queue }: Leave): Promise<Moved> {
    this.done.push(`send ${uniqueid} away: ${reason}, ${queue}`);
    return this.#asked(uniqueid, (channel) => {
      if (this.sendsAway)
        this.#move(channel, reason === 'unreachable' ? { at: 'fallback', bridged: false } : { at: 'lost' });
      return { ok: true };
    });
  }

  async mark(uniqueid: Uniqueid, queue: QueueName): Promise<Moved> {
    this.done.push(`mark ${uniqueid} ${queue}`);
    return this.#asked(uniqueid, () => ({ ok: true }));
  }

  async locate(uniqueid: Uniqueid): Promise<Located> {
    this.lookedFor.push(uniqueid);
    if (!this.#isLinked || !this.answersWhere) return { kind: 'unknown', cause: 'no answer' };
    if (this.made.has(uniqueid)) return { kind: 'here', place: { at: 'elsewhere', bridged: true } };
    const channel = this.#channels.get(uniqueid);
    return channel === undefined ? { kind: 'gone' } : { kind: 'here', place: channel.place };
  }

  async makeCall(call: CallToMake): Promise<Originated> {
    this.done.push(`call ${call.number} for ${call.agent}`);
    return this.#isLinked ? this.made.make(call) : UNLINKED;
  }

  async hearCall({ supervisor, agent }: CallToHear): Promise<Originated> {
    this.done.push(`${supervisor} hears ${agent}`);
    return this.#isLinked ? this.made.originates : UNLINKED;
  }

  async survey(): Promise<Snapshot | undefined> {
    return this.#isLinked && this.answersWhere ? this.snapshot : undefined;
  }

  async readDiary(callId: CallId): Promise<DiaryReading> {
    await this.slowness;
    return this.#isLinked && this.readsDiaries
      ? { ok: true, diary: this.diaries.get(callId) }
      : { ok: false };
  }

  async listDiaries(): Promise<readonly CallId[]> {
    return this.#isLinked ? [...this.diaries.keys()].map(callIdFrom) : [];
  }

  async eraseDiary(callId: CallId): Promise<void> {
    if (this.#isLinked) this.diaries.delete(callId);
  }

  async beat(): Promise<boolean> {
    if (this.#isLinked) this.beats += 1;
    return this.#isLinked;
  }

  async close(): Promise<void> {
    this.isClosed = true;
    this.#isLinked = false;
    this.#listener = () => {};
  }

  #enters(name: string, number: string, via: EnteredCaller['via']): void {
    const uniqueid = uniqueidFrom(name);
    const before = this.#channels.get(uniqueid);
    if (before !== undefined) this.#leavesPhone(before);
    const moves = (before?.moves ?? 0) + 1;
    this.#channels.set(uniqueid, {
      uniqueid,
      number,
      via,
      callId: before?.callId,
      place: { at: 'hold' },
      moves,
    });
    this.#tell({ kind: 'caller-entered', caller: { uniqueid, number, via } });
  }

  #dial(channel: Channel, to: Extension, ringMs: number): void {
    const habit = this.phones.habitOf(to);
    if (habit === 'declines') {
      this.#offerFails(channel, 'BUSY');
      return;
    }
    this.#tell({ kind: 'ringing', uniqueid: channel.uniqueid, extension: to });
    if (habit === 'rings') this.#later(channel, ringMs, () => this.#offerFails(channel, 'NOANSWER'));
  }

  #offerFails(channel: Channel, dialStatus: string): void {
    const tried = channel.place.at === 'agent' ? channel.place.extension : undefined;
    this.#move(channel, { at: 'hold' });
    const { uniqueid } = channel;
    this.#tell({ kind: 'offer-failed', uniqueid, extension: tried, dialStatus, hangupCause: '17' });
  }

  #asked(uniqueid: Uniqueid, act: (channel: Channel) => Moved): Moved {
    if (!this.#isLinked) return { ok: false, problem: 'unlinked', cause: 'not connected' };
    const channel = this.#channels.get(uniqueid);
    return channel === undefined ? { ok: false, problem: 'gone', cause: 'no such channel' } : act(channel);
  }

  #move(channel: Channel, place: Place): void {
    this.#leavesPhone(channel);
    channel.place = place;
    channel.moves += 1;
  }

  #leavesPhone({ place, uniqueid }: Channel): void {
    if (place.at === 'agent' && place.extension !== undefined)
      this.phones.isLeftBy(place.extension, uniqueid);
  }

  #writeEnd({ callId }: Channel, recording: string | undefined): void {
    const diary = callId === undefined ? undefined : this.diaries.get(callId);
    if (callId !== undefined && diary !== undefined)
      this.diaries.set(callId, { ...diary, endedAt: this.#clock.now(), recording });
  }

  /** Comes true unless the channel has moved on by then. */
  #later(channel: Channel, ms: number, then: () => void): void {
    const { moves, uniqueid } = channel;
    this.#clock.after(ms, () => {
      if (this.#channels.get(uniqueid) === channel && channel.moves === moves) then();
    });
  }

  #channel(name: string): Channel {
    const channel = this.#channels.get(uniqueidFrom(name));
    if (channel === undefined) throw new Error(`${name} is not in the PBX.`);
    return channel;
  }

  #ringingAt(asked: Extension): Channel {
    for (const channel of this.#channels.values()) {
      const { place } = channel;
      if (place.at === 'agent' && place.extension === asked && !place.bridged) return channel;
    }
    throw new Error(`Nobody rings ${asked}.`);
  }

  #tell(event: PbxEvent): void {
    const isLink = event.kind === 'linked' || event.kind === 'unlinked';
    if (this.#isLinked && (this.tells || isLink)) this.#listener(event);
  }
}

const UNLINKED: Originated = { ok: false, problem: 'unlinked', cause: 'not connected' };

export const idOf = (name: string, visit = 1): CallId =>
  callIdFrom(visit === 1 ? `pbx1-${name}` : `pbx1-${name}-${visit}`);
