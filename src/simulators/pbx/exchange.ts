import { AsteriskQueue } from './asterisk-queue.ts';
import { Bridges } from './bridges.ts';
import { Channel, type ChannelState, channelHeaders, type Party, type Place } from './channel.ts';
import { type SimulatorClock, TimerGroup } from './clock.ts';
import { DeviceStates } from './device-states.ts';
import type { Location } from './dialplan-thread.ts';
import type { Endpoint } from './endpoint.ts';
import { causeText } from './hangup-cause.ts';
import { extensionOf, hintHeaders } from './hints.ts';
import type { AmiEvent, Header } from './packet.ts';
import type { RandomSource } from './random.ts';
import type { PbxTiming } from './timing.ts';

export interface ExchangeOptions {
  readonly clock: SimulatorClock;
  readonly random: RandomSource;
  readonly timing: PbxTiming;
  readonly queues: readonly string[];
  /** The context with a hint per phone; empty: no hints. */
  readonly hintContext: string;
  readonly changed: () => void;
  /** The daemon's user may make calls, too. */
  readonly mayOriginate?: boolean;
}

export interface NewChannel {
  readonly endpoint: Endpoint;
  readonly state: ChannelState;
  readonly caller: Party;
  readonly connected?: Party;
  readonly context: string;
  readonly exten: string;
  readonly linkedid?: string;
  /** Of somebody's choosing (Originate's ChannelId). */
  readonly uniqueid?: string;
}

/** What a test looks at afterwards. */
export interface PbxStats {
  callers: number;
  redirects: number;
  offers: number;
  answers: number;
  /** Offers to a phone that another caller of ours was already sent to: the daemon's reservation failed. */
  doubleOffers: number;
  /** Offers to a phone that was in a call of any kind: Dial rings it all the same. */
  offersToBusyPhones: number;
}

/** The switch itself: channels, bridges, devices, queues and variables. All events are born here. */
export class Exchange {
  readonly clock: TimerGroup;
  readonly random: RandomSource;
  readonly timing: PbxTiming;
  readonly hintContext: string;
  readonly mayOriginate: boolean;
  readonly channels = new Map<string, Channel>();
  readonly endpoints = new Map<string, Endpoint>();
  readonly queues: ReadonlyMap<string, AsteriskQueue>;
  readonly bridges: Bridges;
  readonly states: DeviceStates;
  /** Global variables: lost in a restart. */
  readonly globals = new Map<string, string>();
  /** AstDB, `family/key`: outlives a restart. */
  readonly database = new Map<string, string>();
  /** The spool: size of each recorded message, by name. */
  readonly files = new Map<string, number>();
  readonly subscribers = new Set<(event: AmiEvent) => void>();
  readonly stats: PbxStats = {
    callers: 0,
    redirects: 0,
    offers: 0,
    answers: 0,
    doubleOffers: 0,
    offersToBusyPhones: 0,
  };
  readonly changed: () => void;
  startedAt: number;
  private uniqueidCounter = 0;
  private nameCounter = 0;

  constructor(options: ExchangeOptions) {
    this.clock = new TimerGroup(options.clock);
    this.random = options.random;
    this.timing = options.timing;
    this.hintContext = options.hintContext;
    this.mayOriginate = options.mayOriginate ?? false;
    this.changed = options.changed;
    this.startedAt = this.clock.now();
    const publish = (event: AmiEvent): void => this.publish(event);
    this.bridges = new Bridges(publish, this.random);
    this.states = new DeviceStates(publish);
    this.queues = new Map(options.queues.map((name) => [name, new AsteriskQueue(name, this.clock, publish)]));
  }

  get epochSeconds(): number {
    return Math.floor(this.clock.now() / 1_000);
  }

  publish(event: AmiEvent): void {
    for (const subscriber of [...this.subscribers]) subscriber(event);
    this.changed();
  }

  publishOn(channel: Channel, event: string, privilege: string, headers: readonly Header[]): void {
    this.publish({ name: event, privilege, headers: [...channelHeaders(channel), ...headers] });
  }

  addEndpoint(endpoint: Endpoint): void {
    this.endpoints.set(endpoint.device, endpoint);
    this.states.set(endpoint.device, endpoint.deviceState);
  }

  createChannel(options: NewChannel): Channel {
    const uniqueid = options.uniqueid ?? `${this.epochSeconds}.${this.uniqueidCounter++}`;
    const number = (this.nameCounter++).toString(16).padStart(8, '0');
    const { endpoint, ...rest } = options;
    const channel = new Channel({
      linkedid: uniqueid,
      ...rest,
      name: `PJSIP/${endpoint.name}-${number}`,
      uniqueid,
      device: endpoint.device,
      createdAt: this.clock.now(),
    });
    channel.onPeerGone = () => this.soon(() => this.end(channel));
    this.channels.set(uniqueid, channel);
    endpoint.legs.add(channel);
    return channel;
  }

  /** By name or by Uniqueid, as the manager's actions look channels up. */
  findChannel(nameOrUniqueid: string): Channel | undefined {
    const byUniqueid = this.channels.get(nameOrUniqueid);
    return byUniqueid ?? [...this.channels.values()].find((channel) => channel.name === nameOrUniqueid);
  }

  isAlive(channel: Channel): boolean {
    return this.channels.get(channel.uniqueid) === channel;
  }

  /** A BYE from whichever side: channels that run in the dialplan leave it first. */
  requestHangup(channel: Channel): void {
    if (channel.thread === undefined) this.end(channel);
    else channel.thread.interrupt({ kind: 'hangup' });
  }

  /** Takes a channel out of whatever it does. The place is checked when it gets there, not here. */
  redirect(channel: Channel, to: Location): void {
    Object.assign(channel, { context: to.context, exten: to.exten, priority: to.priority });
    channel.thread?.interrupt({ kind: 'goto', to });
  }

  /** The channel is no more. Whoever was bridged with it hears of it. */
  end(channel: Channel): void {
    if (!this.channels.delete(channel.uniqueid)) return;
    this.leaveBridge(channel);
    const { cause, techCause } = channel.hangupCause;
    this.publishOn(channel, 'Hangup', 'call,all', [
      ['Cause', String(cause)],
      ['Cause-txt', causeText(cause)],
      ...(techCause === undefined ? [] : [['TechCause', String(techCause)] as const]),
    ]);
    const endpoint = this.endpoints.get(channel.device);
    endpoint?.legs.delete(channel);
    if (endpoint !== undefined) this.refresh(endpoint);
  }

  leaveBridge(channel: Channel): void {
    this.bridges.leave(channel)?.onPeerGone();
  }

  moveTo(channel: Channel, place: Place): void {
    channel.place = place;
    this.changed();
  }

  /** Asterisk looks at the device again and publishes what it sees. */
  refresh(endpoint: Endpoint): void {
    this.setDeviceState(endpoint.device, endpoint.deviceState);
  }

  setDeviceState(device: string, state: Endpoint['deviceState']): void {
    if (this.states.set(device, state) && this.hintContext !== '') this.publishHint(device);
  }

  /** Two things of different channels: which is told first is left to chance, as it is in Asterisk. */
  inEitherOrder(one: () => void, other: () => void): void {
    const [first, second] = this.random() < 0.5 ? [one, other] : [other, one];
    first();
    second();
  }

  /** After as long as a BYE takes to be worked off. */
  soon(action: () => void): void {
    this.clock.after(this.random() * this.timing.byeMs, action);
  }

  /** What is left after the process has died: nothing in memory, and nobody was told. */
  wipe(): void {
    this.clock.cancelAll();
    for (const channel of this.channels.values()) channel.place = 'gone';
    this.channels.clear();
    this.bridges.clear();
    this.globals.clear();
    for (const queue of this.queues.values()) queue.clear();
    for (const endpoint of this.endpoints.values()) endpoint.legs.clear();
    this.uniqueidCounter = 0;
    this.nameCounter = 0;
    this.changed();
  }

  private publishHint(device: string): void {
    const exten = extensionOf(device);
    if (exten === undefined) return;
    const headers = hintHeaders(this.states, this.hintContext, exten, true);
    this.publish({ name: 'ExtensionStatus', privilege: 'call,all', headers });
  }
}
