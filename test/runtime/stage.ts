import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { CallRules } from '../../src/domain/call/call.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import type { Relay } from '../../src/ports/relay.ts';
import type { Store } from '../../src/ports/store.ts';
import { Bridge } from '../../src/runtime/bridge.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import { someRules } from '../domain/builders.ts';
import { FakePbx } from '../fakes/fake-pbx.ts';
import { ManualClock, settled } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { agent, ScriptedHelpDesk } from '../fakes/scripted-help-desk.ts';

export type Changes = Partial<CallRules> & {
  readonly requestsPerMinute?: number;
  readonly failOpenAfterMs?: number;
};

/** Two queues, `support` by our dialplan and `sales` with a memberless queue of Asterisk's own. */
function someSettings({ requestsPerMinute = 10, failOpenAfterMs = 60_000, ...rules }: Changes = {}) {
  return {
    pbxName: 'pbx1',
    anonymousNumber: 'anonymous',
    requestsPerMinute,
    failOpenAfterMs,
    devices: { phone: (extension) => `PJSIP/${extension}`, dnd: (extension) => `Custom:DND${extension}` },
    queues: [
      { name: queueNameFrom('support'), asteriskQueue: undefined, rules: someRules(rules) },
      {
        name: queueNameFrom('sales'),
        asteriskQueue: 'fila-vendas',
        rules: someRules({ helpDeskQueueId: 8, ...rules }),
      },
    ],
  } satisfies BridgeSettings;
}

/** The bridge between a fake PBX and a fake help desk, on a clock that stands still, with the real store in memory. */
export class Stage {
  readonly clock = new ManualClock();
  readonly pbx = new FakePbx(this.clock);
  readonly helpDesk = new ScriptedHelpDesk(this.clock);
  readonly log = new MemoryLog();
  readonly settings: BridgeSettings;
  /** Far sides that are told besides the help desk, from the next start on. */
  relays: readonly Relay[] = [];
  store: Store;
  readonly #acts: { bridge: Bridge; running: Promise<unknown> }[] = [];

  constructor(changes: Changes = {}, store?: Store) {
    this.settings = someSettings(changes);
    this.store = store ?? new SqliteStore(':memory:', this.clock);
  }

  /** The daemon starts, finds the PBX, and has seen what there is to see. */
  static async open(changes: Changes = {}): Promise<Stage> {
    const stage = new Stage(changes);
    await stage.start();
    return stage;
  }

  async start(): Promise<void> {
    await this.startUnlinked();
    this.pbx.link();
    await settled();
  }

  async startUnlinked(): Promise<void> {
    const { settings, pbx, helpDesk, relays, store, clock, log } = this;
    const bridge = await Bridge.open({ settings, pbx, helpDesk, relays, store, clock, log, random: () => 0 });
    pbx.start(bridge.hear);
    for (const relay of relays) relay.start(bridge.hearRelay);
    const running = bridge.run().then(
      () => 'stopped',
      (cause: unknown) => cause,
    );
    this.#acts.push({ bridge, running });
    await settled();
  }

  /** Stops as asked to; what it comes to is `stopped`, or what broke it. */
  async stop(deadlineMs = 15_000): Promise<unknown> {
    await this.bridge.stop(deadlineMs);
    return this.running;
  }

  get bridge(): Bridge {
    return this.#act.bridge;
  }

  /** What `run` comes to. */
  get running(): Promise<unknown> {
    return this.#act.running;
  }

  get #act() {
    const act = this.#acts.at(-1);
    if (act === undefined) throw new Error('The bridge was not started.');
    return act;
  }

  async pass(seconds: number): Promise<void> {
    await this.clock.pass(seconds * 1_000);
  }

  /** The caller comes in and the agent named is rung. */
  async rings(name: string, number: string): Promise<void> {
    this.helpDesk.answers(agent(number));
    this.pbx.enters(name);
    await this.pass(0.1);
  }

  /** The caller comes in and talks to the agent. */
  async talks(name: string, number: string): Promise<void> {
    await this.rings(name, number);
    this.pbx.answers(number);
    await this.pass(0.1);
  }
}
