import { header, type Packet } from '../asterisk/lab/manager-client.ts';
import { PhoneBook } from './phone-book.ts';
import type { Moment } from './plan.ts';
import type { CallerTruth, OfferTruth, VisitTruth } from './truth.ts';
import type { Seen } from './witness.ts';

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

/** A visit that goes on, or has ended. */
export interface Visit extends Mutable<Omit<VisitTruth, 'offers' | 'end'>> {
  readonly offers: Offer[];
  end: VisitTruth['end'] | undefined;
}

export interface Offer extends Mutable<OfferTruth> {
  /** Uniqueid and name of the agent's channel. */
  readonly leg: string;
  readonly channel: string;
}

export interface LiveCaller {
  readonly number: string;
  readonly uniqueid: string;
  readonly channel: string;
  readonly visits: Visit[];
  isUp: boolean;
  isGone: boolean;
}

/** Told at once, for those who act upon it. */
export interface RealityEvents {
  readonly onMoment: (moment: Moment, at: number, caller: LiveCaller) => void;
  /** A phone is called, by whomever. `channel` is its leg. */
  readonly onRing: (extension: string, channel: string) => void;
  readonly onBeat: (at: number) => void;
}

const QUEUES: Readonly<Record<string, number>> = { support: 1, sales: 2 };
const AGENT_CONTEXT = 'movidesk-agent';

/** Puts together from the witness's packets what became of every caller. Knows nothing of the daemon but its beat. */
export class Reality {
  readonly callers = new Map<string, LiveCaller>();
  readonly phones = new PhoneBook();
  readonly #numbers: ReadonlySet<string>;
  readonly #events: RealityEvents;
  /** Who stands in which bridge, by uniqueid. */
  readonly #bridges = new Map<string, Set<string>>();

  constructor(numbers: readonly string[], events: RealityEvents) {
    this.#numbers = new Set(numbers);
    this.#events = events;
  }

  readonly note = ({ at, packet }: Seen): void => {
    const event = header(packet, 'Event');
    this.phones.note(event, packet, at);
    this.#steps[event]?.(packet, at, this.callers.get(header(packet, 'Uniqueid')));
  };

  /** Every channel is gone, and nobody says so. */
  pbxDied(at: number): void {
    for (const caller of this.callers.values()) this.#gone(caller, at, 'pbx-died');
    this.#bridges.clear();
    this.phones.clear();
  }

  truthOf(endedBy: number): CallerTruth[] {
    const open = { at: endedBy, how: 'hung-up' } as const;
    return [...this.callers.values()].map(({ number, uniqueid, visits }) => ({
      number,
      uniqueid,
      visits: visits.map((visit) => ({ ...visit, end: visit.end ?? open })),
    }));
  }

  readonly #steps: Readonly<
    Record<string, (packet: Packet, at: number, caller: LiveCaller | undefined) => void>
  > = {
    Newchannel: (packet) => this.#newChannel(packet),
    Newstate: (packet, at, caller) => this.#newState(packet, at, caller),
    UserEvent: (packet, at, caller) => this.#userEvent(packet, at, caller),
    QueueCallerJoin: (packet, at, caller) => this.#entered(header(packet, 'Queue'), at, caller),
    VarSet: (packet, at, caller) => this.#varSet(packet, at, caller),
    DialBegin: (packet, at, caller) => this.#dialBegan(packet, at, caller),
    DialEnd: (packet, at, caller) => this.#dialEnded(packet, at, caller),
    BridgeEnter: (packet, at) => this.#bridged(packet, at),
    BridgeLeave: (packet) => {
      this.#bridges.get(header(packet, 'BridgeUniqueid'))?.delete(header(packet, 'Uniqueid'));
    },
    Newexten: (packet, at, caller) => this.#extension(packet, at, caller),
    Hangup: (_packet, at, caller) => {
      if (caller !== undefined) this.#gone(caller, at, 'hung-up');
    },
  };

  #newChannel(packet: Packet): void {
    const number = header(packet, 'CallerIDNum');
    const channel = header(packet, 'Channel');
    if (!channel.startsWith('PJSIP/trunk-') || !this.#numbers.has(number)) return;
    const uniqueid = header(packet, 'Uniqueid');
    this.callers.set(uniqueid, { number, uniqueid, channel, visits: [], isUp: false, isGone: false });
  }

  #newState(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const state = header(packet, 'ChannelStateDesc');
    if (caller !== undefined && state === 'Up') caller.isUp = true;
    const ringing = state === 'Ringing' ? this.#calledBy(header(packet, 'Uniqueid')) : undefined;
    if (ringing !== undefined) this.#events.onMoment('ringing', at, ringing);
  }

  #calledBy(leg: string): LiveCaller | undefined {
    return [...this.callers.values()].find((caller) => this.#offerOf(caller, leg) !== undefined);
  }

  #userEvent(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const name = header(packet, 'UserEvent');
    if (name === 'MovideskCall') this.#entered(header(packet, 'Queue'), at, caller);
    const visit = caller?.visits.at(-1);
    if (name === 'MovideskMessage' && visit !== undefined && Number(header(packet, 'Size')) > 0)
      visit.message = { at, file: header(packet, 'File') };
  }

  #entered(queue: string, at: number, caller: LiveCaller | undefined): void {
    const queueId = QUEUES[queue];
    if (caller === undefined || queueId === undefined) return;
    this.#endVisit(caller, at, 'entered-again');
    caller.visits.push({
      queueId,
      enteredAt: at,
      offers: [],
      sentAway: undefined,
      message: undefined,
      end: undefined,
    });
    this.#events.onMoment('entered', at, caller);
  }

  #varSet(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const variable = header(packet, 'Variable');
    if (variable === 'MOVIDESK_BRIDGE_ALIVE') this.#events.onBeat(at);
    if (variable === 'MOVIDESK_RECORDING' && caller !== undefined)
      this.#recordings.set(caller.uniqueid, header(packet, 'Value'));
  }

  readonly #recordings = new Map<string, string>();

  #dialBegan(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const visit = caller?.visits.at(-1);
    const leg = header(packet, 'DestUniqueid');
    const channel = header(packet, 'DestChannel');
    const extension = PhoneBook.extensionOf(channel);
    if (extension === undefined) return;
    this.#events.onRing(extension, channel);
    if (caller === undefined || header(packet, 'Context') !== AGENT_CONTEXT) return;
    this.phones.offered(extension, channel, at);
    const recording = this.#recordings.get(caller.uniqueid) ?? '';
    const offer = { extension, leg, channel, at, answeredAt: undefined, connectedAt: undefined, recording };
    visit?.offers.push(offer);
    this.#events.onMoment('offered', at, caller);
  }

  #dialEnded(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const offer = this.#offerOf(caller, header(packet, 'DestUniqueid'));
    if (caller === undefined || offer === undefined || header(packet, 'DialStatus') !== 'ANSWER') return;
    offer.answeredAt = at;
    this.#events.onMoment('answered', at, caller);
  }

  #bridged(packet: Packet, at: number): void {
    const id = header(packet, 'BridgeUniqueid');
    const inside = this.#bridges.get(id) ?? new Set();
    inside.add(header(packet, 'Uniqueid'));
    this.#bridges.set(id, inside);
    for (const uniqueid of inside) {
      const caller = this.callers.get(uniqueid);
      const offer = caller?.visits.at(-1)?.offers.find(({ leg }) => inside.has(leg));
      if (caller === undefined || offer === undefined || offer.connectedAt !== undefined) continue;
      offer.connectedAt = at;
      this.#events.onMoment('answered', at, caller);
    }
  }

  #extension(packet: Packet, at: number, caller: LiveCaller | undefined): void {
    const visit = caller?.visits.at(-1);
    const context = header(packet, 'Context');
    const to =
      context === 'movidesk-lost' ? 'lost' : context === 'movidesk-fallback' ? 'fallback' : undefined;
    if (caller === undefined || visit === undefined || to === undefined) return;
    if (visit.sentAway !== undefined || visit.end !== undefined) return;
    visit.sentAway = { at, to };
    this.#events.onMoment('left', at, caller);
  }

  #offerOf(caller: LiveCaller | undefined, leg: string): Offer | undefined {
    return caller?.visits.at(-1)?.offers.find((offer) => offer.leg === leg);
  }

  #gone(caller: LiveCaller, at: number, how: 'hung-up' | 'pbx-died'): void {
    if (caller.isGone) return;
    caller.isGone = true;
    this.#endVisit(caller, at, how);
    this.#events.onMoment('ended', at, caller);
  }

  #endVisit({ visits }: LiveCaller, at: number, how: VisitTruth['end']['how']): void {
    const visit = visits.at(-1);
    if (visit !== undefined) visit.end ??= { at, how };
  }
}
