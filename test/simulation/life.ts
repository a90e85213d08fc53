import { AmiPbx } from '../../src/adapters/asterisk/ami-pbx.ts';
import { MovideskClient } from '../../src/adapters/movidesk/client.ts';
import type { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import type { Step, Store } from '../../src/ports/store.ts';
import { Daemon } from '../../src/runtime/daemon.ts';
import type { CallOrder } from '../../src/runtime/made-call-input.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import type { SimulatedDoor } from './ami-cable.ts';
import type { Chance } from './chance.ts';
import { type SimulatedMovidesk, TOKEN } from './simulated-movidesk.ts';
import { SimulatedWire } from './simulated-wire.ts';
import type { VirtualTime } from './virtual-time.ts';

const REQUEST_TIMEOUT_MS = 10_000;
const KEEP_DAYS = 1;
const DIALPLAN = {
  holdContext: 'movidesk-hold',
  agentContext: 'movidesk-agent',
  lostContext: 'movidesk-lost',
  fallbackContext: 'movidesk-fallback',
};
const AGENTS = { device: 'PJSIP/{extension}', dndDeviceState: 'Custom:DND{extension}', hintContext: '' };

export interface LifeParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly door: SimulatedDoor;
  readonly movidesk: SimulatedMovidesk;
  readonly store: SqliteStore;
  readonly settings: BridgeSettings;
  readonly log: Log;
  readonly clock: Clock;
  /** What the disk does with a step: it may throw before or after keeping it. */
  readonly disk: (keep: () => Promise<void>) => Promise<void>;
  /** Whether an operator has written to the store since this was last asked. */
  readonly isTouched: () => boolean;
  readonly onCommitted: (step: Step) => void;
}

/** How a process ended. */
export type Death = 'killed' | 'stopped' | { readonly brokenBy: unknown };

/**
 * One process of the daemon, from its start to its end. A killed one does nothing more, whatever it was about to do: its
 * timers do not come, its far sides do not answer, its store keeps nothing.
 */
export class Life {
  readonly #parts: LifeParts;
  readonly #stop = new AbortController();
  readonly #wires = new Set<SimulatedWire>();
  readonly #died = Promise.withResolvers<Death>();
  #daemon: Daemon | undefined;
  #isAlive = true;
  /** Crossings between the daemon and the rest of the world until it is killed. */
  #crossingsLeft = Infinity;

  constructor(parts: LifeParts) {
    this.#parts = parts;
    void this.#live();
  }

  get isAlive(): boolean {
    return this.#isAlive;
  }

  get death(): Promise<Death> {
    return this.#died.promise;
  }

  /** SIGKILL, now. */
  kill(): void {
    this.#end('killed');
  }

  /** SIGKILL at the Nth time from now that the process touches the store, the PBX or Movidesk. */
  killAtCrossing(count: number): void {
    this.#crossingsLeft = count;
  }

  /** SIGTERM. */
  stop(): void {
    this.#stop.abort();
  }

  /** What `/movidesk/call` passes on. A dead process answers nothing. */
  makeCall(order: CallOrder): void {
    const answer: CallOrder['answer'] = (what) => this.#isAlive && order.answer(what);
    if (this.#daemon === undefined) answer({ kind: 'unavailable' });
    else this.#daemon.makeCall({ ...order, answer });
  }

  async #live(): Promise<void> {
    try {
      this.#daemon = await Daemon.start({ ...this.#daemonParts(), keepDays: KEEP_DAYS });
      await this.#daemon.untilStopped(this.#stop.signal);
      this.#end('stopped');
    } catch (cause) {
      this.#end({ brokenBy: cause });
    }
  }

  #daemonParts() {
    const { chance, settings, log } = this.#parts;
    const clock = this.#clock();
    const random = chance.next;
    return {
      settings,
      log,
      clock,
      random,
      store: this.#store(),
      pbx: this.#pbx(clock),
      helpDesk: this.#helpDesk(),
    };
  }

  #end(death: Death): void {
    if (!this.#isAlive) return;
    this.#isAlive = false;
    for (const wire of this.#wires) wire.abandon();
    this.#died.resolve(death);
  }

  /** True where the process has just died of it. */
  #cross(): boolean {
    this.#crossingsLeft -= 1;
    if (this.#crossingsLeft <= 0) this.kill();
    return !this.#isAlive;
  }

  #clock(): Clock {
    const { clock } = this.#parts;
    return {
      now: clock.now,
      monotonic: clock.monotonic,
      after: (ms, callback) =>
        clock.after(ms, () => {
          if (this.#isAlive) callback();
        }),
    };
  }

  #store(): Store {
    const { store, disk, isTouched, onCommitted } = this.#parts;
    const dead = new Promise<never>(() => {});
    return {
      load: () => (this.#isAlive ? store.load() : dead),
      undelivered: () => (this.#isAlive ? store.undelivered() : dead),
      undeliveredRelays: () => (this.#isAlive ? store.undeliveredRelays() : dead),
      changedElsewhere: async () => isTouched(),
      visitsOf: (uniqueid) => (this.#isAlive ? store.visitsOf(uniqueid) : dead),
      purge: (endedBefore) => (this.#cross() ? dead : store.purge(endedBefore)),
      commit: async (step) => {
        if (this.#cross()) return dead;
        await disk(async () => {
          await store.commit(step);
          onCommitted(step);
        });
        return this.#cross() ? dead : undefined;
      },
      close: async () => {},
    };
  }

  #pbx(clock: Clock): AmiPbx {
    const { door, chance, settings, log } = this.#parts;
    return new AmiPbx({
      asterisk: { host: 'pbx', port: door.port, username: 'movidesk', secret: 'sesame' },
      queues: settings.queues,
      agents: AGENTS,
      dialplan: DIALPLAN,
      clock,
      random: chance.next,
      log,
      openWire: (events) => {
        const wire = new SimulatedWire(door, events, () => this.#cross());
        this.#wires.add(wire);
        return wire;
      },
    });
  }

  #helpDesk(): MovideskClient {
    const { movidesk } = this.#parts;
    return new MovideskClient({
      baseUrl: 'https://movidesk.example',
      token: TOKEN,
      dateFormat: 'seconds',
      timeoutMs: REQUEST_TIMEOUT_MS,
      now: () => this.#parts.time.now(),
      http: {
        send: (request) => {
          if (this.#cross()) return new Promise(() => {});
          const answered = movidesk.send(request, REQUEST_TIMEOUT_MS, () => this.#isAlive);
          this.#cross();
          return answered;
        },
        excerpt: (text) => text.slice(0, 200),
        close: async () => {},
      },
    });
  }
}
