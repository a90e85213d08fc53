import type { SimulatorClock } from '../../kit/clock.ts';
import { Agents, type SimulatedAgent } from './agents.ts';
import { type CallKind, Calls } from './calls.ts';
import { Contacts, type SimulatedContact } from './contacts.ts';
import { Languages } from './languages.ts';
import { Menus, type SimulatedMenu } from './menus.ts';
import { OutboundNumbers } from './outbound-numbers.ts';

/** Where the document says two things, the one that holds here. */
export interface Readings {
  /**
   * An agent who has to choose the outbound number: the section on end_user_number shows 200 with the request said
   * back, the one on ticket_id 202 and nothing, for the same two titles.
   */
  readonly choiceAnswers: 200 | 202;
  /**
   * A scheduled call: the examples show "Voice Inbound (API)" and `queued`, the definitions of types and states want
   * "Voice Scheduled (API)" and `scheduled`.
   */
  readonly scheduledShows: 'inbound' | 'scheduled';
  /** What the PATCH of the flags listens to: its example is in the plural, what GET answers is in the singular. */
  readonly repeatCustomerKeys: readonly ('repeat_customer' | 'repeat_customers')[];
}

const DOCUMENTED_READINGS: Readings = {
  choiceAnswers: 200,
  scheduledShows: 'inbound',
  repeatCustomerKeys: ['repeat_customers'],
};

/** What a customer of the platform has before anybody calls. */
export interface Furniture {
  readonly menus?: readonly SimulatedMenu[];
  readonly agents?: readonly SimulatedAgent[];
  readonly contacts?: readonly SimulatedContact[];
  /** Those in which callers are served; `en` and `pt` where nothing is said. */
  readonly languages?: readonly string[];
  readonly outboundNumbers?: readonly string[];
  /** The first where nothing is said; with null an agent has to choose. */
  readonly defaultOutboundNumber?: string | null;
  /** All where nothing is said; a call of another kind is of an invalid type. */
  readonly callKinds?: readonly CallKind[];
  readonly readings?: Partial<Readings>;
  /** How long after its creation an outbound call is the agent's; the document's take 16 and 35 ms. */
  readonly assignedAfterMs?: number;
  /** The ids from which on calls and their participants count. */
  readonly firstIds?: { readonly call?: number; readonly participant?: number };
}

const LANGUAGES = ['en', 'pt'];
const ASSIGNED_AFTER_MS = 35;

/** One customer's part of the platform. */
export class World {
  readonly clock: SimulatorClock;
  readonly menus: Menus;
  readonly agents: Agents;
  readonly contacts: Contacts;
  readonly languages: Languages;
  readonly outboundNumbers: OutboundNumbers;
  readonly calls: Calls;
  readonly callKinds: ReadonlySet<CallKind>;
  readonly readings: Readings;
  readonly assignedAfterMs: number;

  constructor(furniture: Furniture, clock: SimulatorClock) {
    const { outboundNumbers = [], defaultOutboundNumber = outboundNumbers[0] ?? null, firstIds } = furniture;
    this.clock = clock;
    this.menus = new Menus(furniture.menus ?? []);
    this.agents = new Agents(furniture.agents ?? []);
    this.contacts = new Contacts(furniture.contacts ?? []);
    this.languages = new Languages(furniture.languages ?? LANGUAGES);
    this.outboundNumbers = new OutboundNumbers(outboundNumbers, defaultOutboundNumber ?? undefined);
    this.calls = new Calls(firstIds?.call ?? 1, firstIds?.participant ?? 1);
    this.callKinds = new Set(furniture.callKinds ?? ['outbound', 'incoming', 'scheduled']);
    this.readings = { ...DOCUMENTED_READINGS, ...furniture.readings };
    this.assignedAfterMs = furniture.assignedAfterMs ?? ASSIGNED_AFTER_MS;
  }
}
