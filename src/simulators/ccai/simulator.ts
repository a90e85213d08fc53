import { machineClock, type SimulatorClock, StoppableClock } from '../kit/clock.ts';
import { HttpDoor } from '../kit/http-door.ts';
import { Journal } from '../kit/journal.ts';
import { WaitingFaults } from '../kit/waiting-faults.ts';
import type { Fault } from './faults.ts';
import { BASE_PATH, type OperationName } from './operation.ts';
import { RateWindow } from './rate-window.ts';
import { Reception } from './reception.ts';
import { describeRequest, type RequestEntry } from './request-entry.ts';
import type { Agents } from './state/agents.ts';
import type { CustomerFlags, SimulatedCall } from './state/calls.ts';
import type { Contacts } from './state/contacts.ts';
import type { Languages } from './state/languages.ts';
import type { Menus } from './state/menus.ts';
import type { OutboundNumbers } from './state/outbound-numbers.ts';
import { type Furniture, World } from './state/world.ts';

export interface CcaiSimulatorOptions extends Furniture {
  /** The user of HTTP Basic; another one is a wrong subdomain. */
  readonly subdomain: string;
  /** The password. */
  readonly token: string;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** In any second; ten where nothing is said. */
  readonly requestsPerSecond?: number;
  readonly clock?: SimulatorClock;
}

// The vendor's limit per customer.
const REQUESTS_PER_SECOND = 10;

/** CCAI Platform as its document describes it, strict about every rule, on 127.0.0.1. */
export class CcaiSimulator implements AsyncDisposable {
  readonly faults = new WaitingFaults<OperationName, Fault>();
  readonly #requests = new Journal<RequestEntry>(describeRequest);
  readonly #violations: string[] = [];
  readonly #clock: StoppableClock;
  readonly #world: World;
  readonly #door: HttpDoor;

  private constructor(options: CcaiSimulatorOptions) {
    this.#clock = new StoppableClock(options.clock ?? machineClock);
    this.#world = new World(options, this.#clock);
    const reception = new Reception({
      world: this.#world,
      customer: options,
      rate: new RateWindow(options.requestsPerSecond ?? REQUESTS_PER_SECOND),
      takeFault: (name) => this.faults.take(name),
      record: (entry) => this.#requests.add(entry),
      object: (breach) => this.#violations.push(breach),
    });
    this.#door = new HttpDoor({ clock: this.#clock, receive: (arrival) => reception.receive(arrival) });
  }

  static async start(options: CcaiSimulatorOptions): Promise<CcaiSimulator> {
    const simulator = new CcaiSimulator(options);
    await simulator.#door.open(options.port ?? 0);
    return simulator;
  }

  /** What stands before `/calls`. */
  get baseUrl(): string {
    return `http://127.0.0.1:${this.#door.port}${BASE_PATH}`;
  }

  /** What was asked, in order, and what was answered. */
  get ledger(): readonly RequestEntry[] {
    return this.#requests.entries;
  }

  /** The calls that were created, in order. */
  get calls(): readonly SimulatedCall[] {
    return this.#world.calls.all();
  }

  /** Every rule broken so far, one sentence each. A refusal that the state of things calls for is none. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  get menus(): Menus {
    return this.#world.menus;
  }

  get agents(): Agents {
    return this.#world.agents;
  }

  get contacts(): Contacts {
    return this.#world.contacts;
  }

  get languages(): Languages {
    return this.#world.languages;
  }

  get outboundNumbers(): OutboundNumbers {
    return this.#world.outboundNumbers;
  }

  /** As somebody at the platform would set them. */
  setFlags(callId: number, change: Partial<CustomerFlags>): void {
    this.#world.calls.setFlags(callId, change);
  }

  /** Answers a function that ends the listening. */
  onRequest(listener: (entry: RequestEntry) => void): () => void {
    return this.#requests.onEntry(listener);
  }

  /** The first request that fits, past or to come; rejects after `timeoutMs`. */
  waitForRequest(predicate: (entry: RequestEntry) => boolean, timeoutMs: number): Promise<RequestEntry> {
    return this.#requests.waitFor(predicate, timeoutMs);
  }

  /** Refuses connections and cuts off those that are open, until `comeUp`. What was there stays. */
  goDown(): Promise<void> {
    return this.#door.close();
  }

  comeUp(): Promise<void> {
    return this.#door.open();
  }

  async close(): Promise<void> {
    this.#clock.stop();
    await this.#door.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}
