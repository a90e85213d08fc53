import { setTimeout as pause } from 'node:timers/promises';
import type { MovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import type { Lab } from '../asterisk/lab/lab.ts';
import type { Relay } from '../asterisk/lab/relay.ts';
import type { Daemon } from './daemon.ts';
import type { Journal } from './journal.ts';
import type { CutPlan, KillPlan, Moment, MovideskTrouble, PbxTrouble, Plan } from './plan.ts';
import type { Sight } from './sight.ts';
import type { Timers } from './timers.ts';

export interface FateParts {
  readonly lab: Lab;
  readonly plan: Plan;
  readonly daemon: Daemon;
  readonly relay: Relay;
  readonly movidesk: MovideskSimulator;
  readonly sight: Sight;
  readonly timers: Timers;
  readonly journal: Journal;
  /** The PBX is dead; and is back. */
  readonly onPbxDeath: (abrupt: boolean) => void;
  readonly onPbxBack: () => Promise<void>;
}

// What it had sent before it died is still to be read.
const LAST_WORDS_MS = 50;

/** Kills, cuts and failures of one round. */
export class Fate {
  readonly #parts: FateParts;
  readonly #waiting: Set<KillPlan>;
  readonly #counts = new Map<Moment, number>();
  readonly #underWay = new Set<Promise<void>>();
  #isKilling = false;
  #isOver = false;
  isPbxUp = true;

  constructor(parts: FateParts) {
    this.#parts = parts;
    this.#waiting = new Set(parts.plan.kills);
  }

  begin(): void {
    const { plan, timers } = this.#parts;
    for (const kill of plan.kills) timers.after(kill.atMs, () => this.#strike(kill));
    for (const cut of plan.cuts) timers.after(cut.atMs, () => this.#start(this.#cut(cut)));
    for (const trouble of plan.movidesk) timers.after(trouble.atMs, () => this.#befallMovidesk(trouble));
    const { pbx } = plan;
    if (pbx !== undefined) timers.after(pbx.atMs, () => this.#start(this.#befallPbx(pbx)));
  }

  onMoment(moment: Moment): void {
    const count = (this.#counts.get(moment) ?? 0) + 1;
    this.#counts.set(moment, count);
    for (const kill of this.#waiting) {
      if (kill.after?.moment === moment && kill.after.nth === count)
        this.#parts.timers.after(kill.after.delayMs, () => this.#strike(kill));
    }
  }

  /** What has not happened does not any more; what is broken is mended, and the daemon runs. */
  async finish(): Promise<void> {
    this.#isOver = true;
    this.#waiting.clear();
    this.#mendMovidesk();
    await Promise.all(this.#underWay);
  }

  #strike(kill: KillPlan): void {
    // One at a time: the next may come as soon as it runs again.
    if (this.#isOver || this.#isKilling || !this.#waiting.delete(kill)) return;
    this.#isKilling = true;
    this.#start(
      this.#kill(kill).finally(() => {
        this.#isKilling = false;
      }),
    );
  }

  async #kill({ how, downMs, againAfterMs }: KillPlan): Promise<void> {
    await this.#down(how, downMs);
    if (againAfterMs === undefined) return;
    await pause(againAfterMs);
    await this.#down('SIGKILL', downMs / 4);
  }

  async #down(how: KillPlan['how'], downMs: number): Promise<void> {
    const { daemon, sight, journal } = this.#parts;
    journal.say(`the daemon gets ${how}, and is down for ${Math.round(downMs)} ms`);
    sight.blinded('daemon down', Date.now());
    await (how === 'SIGKILL' ? daemon.kill() : daemon.terminate());
    await pause(downMs);
    daemon.start();
    journal.say('the daemon is started');
    sight.restored('daemon down', Date.now());
  }

  async #cut({ how, forMs }: CutPlan): Promise<void> {
    const { relay, sight, journal } = this.#parts;
    journal.say(`the link to the PBX: ${how} for ${forMs} ms`);
    sight.blinded('link down', Date.now());
    if (how === 'cut') await relay.cut();
    else relay.freeze();
    await pause(forMs);
    if (how === 'cut') await relay.mend();
    else relay.thaw();
    journal.say('the link to the PBX is whole');
    sight.restored('link down', Date.now());
  }

  #befallMovidesk({ what, forMs }: MovideskTrouble): void {
    const { movidesk, timers, journal, plan } = this.#parts;
    journal.say(`Movidesk: ${JSON.stringify(what)} for ${forMs} ms`);
    if (what.kind === 'fault') movidesk.failNext('any', { ...what.fault, times: Number.MAX_SAFE_INTEGER });
    else if (what.kind === 'calendar') movidesk.setCalendar(what.queueId, what.calendar);
    else for (const one of plan.serving[what.queueId - 1] ?? []) movidesk.setOnline(one, false);
    timers.after(forMs, () => this.#mendMovidesk());
  }

  #mendMovidesk(): void {
    const { movidesk, plan } = this.#parts;
    movidesk.endFaults();
    for (const queueId of [1, 2]) movidesk.setCalendar(queueId, 'open');
    for (const one of plan.serving.flat()) movidesk.setOnline(one, true);
  }

  async #befallPbx({ how, downMs }: PbxTrouble): Promise<void> {
    const { lab, sight, journal, onPbxDeath, onPbxBack } = this.#parts;
    journal.say(`Asterisk: ${how}, and is down for ${downMs} ms`);
    this.isPbxUp = false;
    sight.blinded('PBX down', Date.now());
    await lab.pbx.halt(how);
    await pause(LAST_WORDS_MS);
    onPbxDeath(how === 'kill');
    await pause(downMs);
    await lab.pbx.boot();
    await onPbxBack();
    this.isPbxUp = true;
    journal.say('Asterisk is back');
    sight.restored('PBX down', Date.now());
  }

  #start(work: Promise<void>): void {
    const tracked = work.finally(() => this.#underWay.delete(tracked));
    this.#underWay.add(tracked);
  }
}
