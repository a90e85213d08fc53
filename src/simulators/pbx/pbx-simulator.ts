import { type Door, TcpDoor } from './ami/door.ts';
import { AmiServer } from './ami/server.ts';
import { type Arrival, Caller } from './caller.ts';
import { type SimulatorClock, wallClock } from './clock.ts';
import { Conditions } from './conditions.ts';
import { DeadEnd } from './dead-end.ts';
import { databaseKeys } from './dialplan/diary.ts';
import { Exchange, type PbxStats } from './exchange.ts';
import { Faults } from './faults.ts';
import { OutsideLine, type OutsiderOf } from './outside-line.ts';
import type { AmiEvent } from './packet.ts';
import { Phone } from './phone.ts';
import { type RandomSource, seededRandom } from './random.ts';
import { ASTERISK_TIMING, type PbxTiming } from './timing.ts';
import { readVariable, writeVariable } from './variables.ts';

export interface PbxSimulatorOptions {
  /** Loopback unless told otherwise. */
  readonly host?: string;
  /** Another way in than TCP. */
  readonly door?: Door;
  /** 0, the default: any free port. */
  readonly port?: number;
  readonly username: string;
  readonly secret: string;
  /** Extensions with a phone, all registered; or extension and the agent's name. */
  readonly phones: readonly (string | { readonly extension: string; readonly name: string })[];
  /** Existing queues without members. */
  readonly queues?: readonly string[];
  readonly hintContext?: string;
  /** The manager user may make calls, too. */
  readonly mayOriginate?: boolean;
  /** Whom agents call outside. */
  readonly outsiderOf?: OutsiderOf;
  readonly timing?: Partial<PbxTiming>;
  /** How many times as fast as real time everything goes. A `clock` of one's own beats it. */
  readonly speed?: number;
  readonly clock?: SimulatorClock;
  readonly random?: RandomSource;
}

// Simulated time a test waits at most, where it does not say.
const PATIENCE_MS = 60_000;
// A demo may run for days; nobody looks at more of its callers.
const MOST_CALLERS_KEPT = 1_000;

export async function startPbxSimulator(options: PbxSimulatorOptions): Promise<PbxSimulator> {
  const simulator = new PbxSimulator(options);
  await simulator.open(options.port ?? 0);
  return simulator;
}

/** A PBX with the daemon's dialplan, as the daemon's own manager user sees it over TCP. */
export class PbxSimulator {
  readonly faults = new Faults();
  /** The latest callers, in the order of their arrival. */
  readonly callers: Caller[] = [];
  readonly phones: readonly Phone[];
  private readonly clock: SimulatorClock;
  private readonly conditions: Conditions;
  private readonly exchange: Exchange;
  private readonly server: AmiServer;
  private readonly trunk = new DeadEnd('trunk');
  private isRunning = false;

  constructor(options: PbxSimulatorOptions) {
    this.clock = options.clock ?? wallClock(options.speed);
    this.conditions = new Conditions(this.clock);
    this.exchange = new Exchange({
      clock: this.clock,
      random: options.random ?? seededRandom(1),
      timing: { ...ASTERISK_TIMING, ...options.timing },
      queues: options.queues ?? [],
      hintContext: options.hintContext ?? '',
      mayOriginate: options.mayOriginate ?? false,
      changed: () => this.conditions.changed(),
    });
    this.phones = options.phones.map((phone) => phoneFrom(this.exchange, phone));
    const outside = new OutsideLine({
      ...{ clock: this.exchange.clock, timing: this.exchange.timing, outsiderOf: options.outsiderOf },
      hangUp: (leg) => {
        if (this.exchange.isAlive(leg)) this.exchange.requestHangup(leg);
      },
    });
    for (const endpoint of [this.trunk, outside, ...this.phones]) this.exchange.addEndpoint(endpoint);
    const { username, secret, host = '127.0.0.1', door = new TcpDoor(host) } = options;
    this.server = new AmiServer({ exchange: this.exchange, faults: this.faults, door, username, secret });
  }

  /** Called once, by `startPbxSimulator`. */
  async open(port: number): Promise<void> {
    await this.server.listen(port);
    this.isRunning = true;
  }

  get port(): number {
    return this.server.port;
  }

  get stats(): Readonly<PbxStats> {
    return this.exchange.stats;
  }

  /** False while it restarts: nobody can call in then. */
  get isUp(): boolean {
    return this.isRunning;
  }

  /** Manager connections that are logged in. */
  get loggedIn(): number {
    return this.server.loggedIn;
  }

  phone(extension: string): Phone {
    const phone = this.phones.find(({ name }) => name === extension);
    if (phone === undefined) throw new Error(`the simulator has no phone ${extension}`);
    return phone;
  }

  callerArrives(arrival: Arrival): Caller {
    if (!this.isRunning) throw new Error('nobody can call a PBX that is down');
    const caller = new Caller(this.exchange, this.trunk, arrival);
    this.callers.push(caller);
    if (this.callers.length > MOST_CALLERS_KEPT) this.callers.shift();
    return caller;
  }

  /** `<answered by>:<answered at>:<ended at>:<recording>` of a call id, as the dialplan wrote it. */
  diary(callId: string): string {
    return databaseKeys(this.exchange, `movidesk/${callId}`).join(',');
  }

  /** A global variable, or `DEVICE_STATE(Custom:…)`. */
  setVariable(variable: string, value: string): void {
    writeVariable(this.exchange, undefined, variable, value);
  }

  variable(variable: string): string {
    return readVariable(this.exchange, undefined, variable);
  }

  /** A daemon that is alive, for tests without one: no caller goes to the fallback until `forSeconds` later. */
  setHeartbeat(forSeconds = 3_600): void {
    this.setVariable('MOVIDESK_BRIDGE_ALIVE', String(this.exchange.epochSeconds + forSeconds));
  }

  /** Every event of the PBX, filtered for nobody. Returns how to stop listening. */
  onEvent(listener: (event: AmiEvent) => void): () => void {
    this.exchange.subscribers.add(listener);
    return () => this.exchange.subscribers.delete(listener);
  }

  /** Looked at after every event. `withinMs` is the simulator's time. */
  waitFor(isTrue: () => boolean, withinMs = PATIENCE_MS): Promise<void> {
    return this.conditions.waitFor(isTrue, withinMs);
  }

  /** Text in the event stream that Asterisk never meant: what a caller writes there through a hole of another dialplan. */
  forge(text: string): void {
    this.server.write(text);
  }

  dropConnections(): void {
    this.server.dropConnections();
  }

  /** The links that exist now become half open; new ones work. */
  freezeConnections(): void {
    this.server.freezeConnections();
  }

  /** `core restart now`: everybody is hung up, Shutdown is said, and the PBX comes back with nothing in memory. */
  async restart(): Promise<void> {
    this.isRunning = false;
    for (const channel of [...this.exchange.channels.values()]) this.exchange.requestHangup(channel);
    await this.waitFor(() => this.exchange.channels.size === 0);
    await this.pause(this.exchange.timing.shutdownAfterMs);
    this.exchange.publish({
      name: 'Shutdown',
      privilege: 'system,all',
      headers: [
        ['Shutdown', 'Cleanly'],
        ['Restart', 'True'],
      ],
    });
    await this.server.close();
    await this.boot();
  }

  /** SIGKILL and a start: connections break, no Hangup is ever told, no diary is closed. */
  async crash(): Promise<void> {
    this.isRunning = false;
    this.wipe();
    await this.server.kill();
    await this.boot();
  }

  async close(): Promise<void> {
    this.isRunning = false;
    await this.server.kill();
    this.wipe();
  }

  private async boot(): Promise<void> {
    this.wipe();
    await this.pause(this.exchange.timing.portClosedMs);
    this.exchange.startedAt = this.clock.now();
    this.server.bootBegins();
    await this.server.listen(this.port);
    await this.pause(this.exchange.timing.bootMs);
    for (const phone of this.phones) this.exchange.refresh(phone);
    this.exchange.refresh(this.trunk);
    this.isRunning = true;
    this.server.bootEnds();
  }

  private wipe(): void {
    for (const phone of this.phones) phone.forget();
    this.exchange.wipe();
  }

  private pause(durationMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.clock.after(durationMs, resolve);
    });
  }
}

function phoneFrom(exchange: Exchange, phone: PbxSimulatorOptions['phones'][number]): Phone {
  return typeof phone === 'string'
    ? new Phone(exchange, phone, `Agent ${phone}`)
    : new Phone(exchange, phone.extension, phone.name);
}
