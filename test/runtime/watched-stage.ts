import type { Allowance } from '../../src/domain/budget/allowance.ts';
import { type Extension, queueNameFrom } from '../../src/domain/identity.ts';
import { Bridge } from '../../src/runtime/bridge.ts';
import type { BridgeSettings, CallBackSettings } from '../../src/runtime/settings.ts';
import { someRules } from '../domain/builders.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { settled } from '../fakes/manual-clock.ts';
import { MemoryMeter } from '../fakes/memory-meter.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Stage } from './stage.ts';

export interface Watching {
  /** The help desk numbers them from 7, in this order. */
  readonly queues?: readonly string[];
  readonly requestsPerMinute?: Allowance;
  readonly maxWaitMs?: number;
  readonly callBacks?: CallBackSettings | undefined;
}

/** A stage with a meter, patient callers, any queues, and a limit that may go by the hour. */
export class WatchedStage extends Stage {
  readonly meter = new MemoryMeter();
  readonly #changes: Pick<BridgeSettings, 'queues' | 'requestsPerMinute' | 'callBacks'>;
  #act: { bridge: Bridge; running: Promise<unknown> } | undefined;

  constructor({
    queues = ['support', 'sales'],
    requestsPerMinute = 10,
    maxWaitMs = 7_200_000,
    callBacks,
  }: Watching = {}) {
    super();
    this.#changes = {
      requestsPerMinute,
      callBacks,
      queues: queues.map((name, index) => ({
        name: queueNameFrom(name),
        asteriskQueue: undefined,
        rules: someRules({ helpDeskQueueId: 7 + index, maxWaitMs }),
      })),
    };
  }

  static async watch(watching: Watching = {}): Promise<WatchedStage> {
    const stage = new WatchedStage(watching);
    await stage.start();
    return stage;
  }

  override async startUnlinked(): Promise<void> {
    const { pbx, helpDesk, relays, store, clock, log, meter } = this;
    const settings = { ...this.settings, ...this.#changes };
    const parts = { settings, pbx, helpDesk, relays, store, clock, log, meter, random: () => 0 };
    const bridge = await Bridge.open(parts);
    pbx.start(bridge.hear);
    for (const relay of relays) relay.start(bridge.hearRelay);
    const running = bridge.run().then(
      () => 'stopped',
      (cause: unknown) => cause,
    );
    this.#act = { bridge, running };
    await settled();
  }

  override get bridge(): Bridge {
    if (this.#act === undefined) throw new Error('The bridge was not started.');
    return this.#act.bridge;
  }

  override get running(): Promise<unknown> {
    return this.#act?.running ?? Promise.resolve();
  }

  /** The help desk has named this agent for a caller of that queue, who hung up before anybody answered. */
  async hasNamed(number: string, queue = 'support'): Promise<void> {
    const name = `earlier-${queue}-${number}`;
    this.helpDesk.answers(agent(number));
    this.pbx.enters(name, { queue });
    await this.pass(0.1);
    this.pbx.hangsUp(name);
    await this.pass(0.1);
  }

  /** The agent, known to the help desk's queue, is in a call that is none of ours. */
  async hasInPrivateCall(number: string, queue = 'support'): Promise<void> {
    await this.hasNamed(number, queue);
    this.pbx.phones.shows(number, 'INUSE');
    await settled();
  }

  /** The PBX tells that somebody's do-not-disturb was switched. */
  switchesDnd(number: string, isOn: boolean): void {
    const dnd = isOn ? 'INUSE' : 'NOT_INUSE';
    this.pbx.phones.reads(number, { dnd });
    this.bridge.hear({ kind: 'device-changed', device: `Custom:DND${number}`, state: dnd });
  }

  asksAbout(name: string): number {
    return this.helpDesk.asksAbout(idOf(name));
  }

  /** When the help desk was asked about a caller, in milliseconds of the clock that never jumps. */
  askedAt(name: string): readonly number[] {
    return this.helpDesk.heard
      .filter(({ what, callId }) => what === 'ask' && callId === idOf(name))
      .map(({ at }) => at);
  }

  /** Whom callers were sent to, in order: `a to 1001`. */
  get offers(): readonly string[] {
    return this.pbx.done.filter((deed) => / to \d+$/.test(deed)).map((deed) => deed.slice('send '.length));
  }
}

/** The agents as the help desk sees them: not named while they ring, talk, or wrap up after an ending that it has heard. */
export class Crew {
  readonly #stage: Stage;
  readonly #wrapUpMs: number;
  /** Those who are there, and for which of its queues. */
  readonly there = new Map<Extension, readonly number[]>();

  constructor(stage: Stage, { wrapUpMs = 0 }: { wrapUpMs?: number } = {}) {
    this.#stage = stage;
    this.#wrapUpMs = wrapUpMs;
    stage.helpDesk.usually = ({ helpDeskQueueId }) => {
      const free = [...this.there].find(
        ([extension, queues]) => queues.includes(helpDeskQueueId) && this.#isFree(extension),
      );
      return free === undefined ? { kind: 'all-busy' } : { kind: 'extension', extension: free[0] };
    };
  }

  #isFree(extension: Extension): boolean {
    const { helpDesk, pbx, clock } = this.#stage;
    if (pbx.ringing.includes(extension)) return false;
    const took = helpDesk.heard.findLast(
      (one) =>
        one.what === 'report' && one.report.kind === 'transfered' && one.report.extension === extension,
    );
    if (took === undefined) return true;
    const ended = helpDesk.heard.find((one) => one.callId === took.callId && isEnding(one));
    return ended !== undefined && clock.monotonic() >= ended.at + this.#wrapUpMs;
  }
}

const isEnding = (heard: Stage['helpDesk']['heard'][number]): boolean =>
  heard.what === 'report' && heard.report.kind === 'completed';
