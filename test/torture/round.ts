import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type MovideskSimulator, startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import { TOKEN } from '../asterisk/lab/bridge.ts';
import type { Lab } from '../asterisk/lab/lab.ts';
import { Relay } from '../asterisk/lab/relay.ts';
import { waitFor } from '../asterisk/lab/wait-for.ts';
import { Agents, type Phones } from './agents.ts';
import { CallerRole } from './caller-role.ts';
import { Daemon } from './daemon.ts';
import { Fate } from './fate.ts';
import { Journal } from './journal.ts';
import type { Moment, Plan } from './plan.ts';
import { type LiveCaller, Reality } from './reality.ts';
import { settle } from './settle.ts';
import { Sight } from './sight.ts';
import { Stalls } from './stalls.ts';
import { Timers } from './timers.ts';
import type { Truth } from './truth.ts';
import { Witness } from './witness.ts';

const AMI_PORT = 5038;
const ADDRESSES = 250;

/** Each caller has an address of their own among those of the trunk; over the rounds they come round again. */
function addressOf({ network }: Lab, seed: number, index: number): string {
  const host = 1 + ((seed * 10 + index) % ADDRESSES);
  return network.trunkRange.replace('0/24', String(host));
}

/** One round: people call, fate strikes, everybody goes home, and what is left is looked at. */
export class Round {
  readonly plan: Plan;
  readonly journal = new Journal();
  readonly lab: Lab;
  readonly daemon: Daemon;
  readonly movidesk: MovideskSimulator;
  readonly reality: Reality;
  readonly breaches: string[] = [];
  diary: readonly string[] = [];
  readonly #phones: Phones;
  readonly #relay: Relay;
  readonly #witness: Witness;
  readonly #sight = new Sight();
  readonly #timers = new Timers();
  readonly #stalls = new Stalls();
  readonly #fate: Fate;
  readonly #callers: readonly CallerRole[];
  readonly #pbxDeaths: { at: number; abrupt: boolean }[] = [];
  readonly #logged: number;

  static async prepare(lab: Lab, phones: Phones, plan: Plan): Promise<Round> {
    const [movidesk, relay] = await Promise.all([
      startMovideskSimulator({
        token: TOKEN,
        requestsPerMinute: plan.requestsPerMinute,
        reserveNamed: plan.reserveNamed,
        queues: plan.serving.map((agents, index) => ({ id: index + 1, agents })),
      }),
      Relay.to({ host: lab.pbx.host, port: AMI_PORT }),
      phones.prepare(plan.phones),
    ]);
    return new Round({ lab, phones, plan, movidesk, relay });
  }

  private constructor(parts: {
    lab: Lab;
    phones: Phones;
    plan: Plan;
    movidesk: MovideskSimulator;
    relay: Relay;
  }) {
    const { lab, phones, plan, movidesk, relay } = parts;
    const { journal } = this;
    const timers = this.#timers;
    this.lab = lab;
    this.plan = plan;
    this.movidesk = movidesk;
    this.#relay = relay;
    this.#phones = phones;
    this.#logged = lab.pbx.log().length;
    this.reality = new Reality(
      plan.callers.map(({ number }) => number),
      {
        onMoment: (moment, _at, caller) => this.#onMoment(moment, caller),
        onRing: (extension, channel) => agents.onRing(extension, channel),
        onBeat: (at) => this.#sight.beat(at),
      },
    );
    const agents = new Agents({ phones, plan, reality: this.reality, timers, journal });
    const folder = mkdtempSync(join(lab.pbx.home.outside, 'daemon-'));
    const ami = { host: relay.host, port: relay.port };
    this.daemon = new Daemon(plan, { folder, ami, movideskUrl: movidesk.url });
    this.#witness = new Witness(lab.pbx.host, this.reality.note);
    this.#fate = new Fate({
      ...{ lab, plan, daemon: this.daemon, relay, movidesk, sight: this.#sight, timers, journal },
      onPbxDeath: (abrupt) => this.#pbxDied(abrupt),
      onPbxBack: () => this.#pbxBack(),
    });
    const colleagues = Object.entries(plan.phones).flatMap(([extension, phone]) =>
      phone.kind === 'person' ? [extension] : [],
    );
    this.#callers = plan.callers.map(
      (caller, index) =>
        new CallerRole(caller, {
          ...{ lab, agents, colleagues, timers, journal },
          address: addressOf(lab, plan.seed, index),
          longestStayMs: plan.longestStayMs,
        }),
    );
  }

  async play(): Promise<void> {
    await this.#witness.watch();
    await this.#startDaemon();
    this.#sight.restored('daemon down', Date.now());
    await waitFor('the daemon to reconcile and beat', () => this.#sight.isOpen, 15_000);
    this.movidesk.onRequest(({ operation }) => {
      this.#fate.onMoment(operation === 'asterisk_receivedCall' ? 'asked' : 'told');
    });
    this.#fate.begin();
    for (const caller of this.#callers) this.#timers.after(caller.plan.atMs, () => this.#dial(caller));
    const limitMs = this.plan.longestStayMs + 35_000;
    await waitFor('every caller to be gone', () => this.#callers.every((one) => one.isOver), limitMs);
    await this.#fate.finish();
    this.journal.say('everybody is gone, and nothing more will happen');
    const { lab, movidesk, plan, daemon } = this;
    const { requestsPerMinute } = plan;
    const left = await settle({ lab, movidesk, requestsPerMinute, storePath: daemon.storePath });
    this.breaches.push(...left.unsettled);
    this.diary = left.diary;
    this.#sight.blinded('daemon down', Date.now());
    await this.daemon.terminate();
  }

  async #startDaemon(): Promise<void> {
    const { stillbornAfterMs } = this.plan;
    this.daemon.start();
    if (stillbornAfterMs === undefined) return;
    await pause(stillbornAfterMs);
    this.journal.say(`the daemon is killed ${stillbornAfterMs} ms after its first start`);
    await this.daemon.kill();
    this.daemon.start();
  }

  #onMoment(moment: Moment, live: LiveCaller): void {
    this.#fate.onMoment(moment);
    this.#callers.find(({ plan }) => plan.number === live.number)?.see(live);
  }

  /** Nobody dials a PBX that is down: they would come in before the witness does. */
  #dial(caller: CallerRole): void {
    if (this.#fate.isPbxUp) caller.dial();
    else this.#timers.after(200, () => this.#dial(caller));
  }

  #pbxDied(abrupt: boolean): void {
    this.#witness.leave();
    this.#pbxDeaths.push({ at: Date.now(), abrupt });
    this.reality.pbxDied(Date.now());
  }

  async #pbxBack(): Promise<void> {
    await Promise.all(this.#callers.filter((one) => one.hasDialled).map((one) => one.vanish()));
    await this.#witness.watch();
  }

  get truth(): Truth {
    return {
      callers: this.reality.truthOf(Date.now()),
      sight: this.#sight.spans,
      deaths: this.daemon.deaths,
      pbxDeaths: this.#pbxDeaths,
      secondOffers: this.reality.phones.secondOffers,
      stallMs: this.#stalls.worstMs,
    };
  }

  sippErrors(): string {
    return [this.#phones.errors(), ...this.#callers.map((caller) => caller.errors())].join('\n');
  }

  pbxLog(): string {
    return this.lab.pbx.log().slice(this.#logged);
  }

  async close(): Promise<void> {
    this.#timers.clear();
    this.#stalls.stop();
    this.#witness.leave();
    await this.daemon.kill();
    await Promise.all(this.#callers.map((caller) => caller.vanish()));
    await this.#relay.close();
    await this.movidesk.close();
    this.lab.pbx.manager.packets.length = 0;
  }
}
