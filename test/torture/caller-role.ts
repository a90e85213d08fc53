import type { Lab } from '../asterisk/lab/lab.ts';
import { Sipp } from '../asterisk/lab/sipp.ts';
import { dialing } from '../asterisk/lab/sipp-scripts.ts';
import type { Agents } from './agents.ts';
import type { Journal } from './journal.ts';
import type { CallerPlan, TalkPlan } from './plan.ts';
import type { LiveCaller, Offer } from './reality.ts';
import type { Timers } from './timers.ts';

export interface CallerParts {
  readonly lab: Lab;
  readonly address: string;
  readonly agents: Agents;
  readonly colleagues: readonly string[];
  readonly longestStayMs: number;
  readonly timers: Timers;
  readonly journal: Journal;
}

let calls = 0;
// How soon one looks again whether the call is up: before, SIPp cannot hang up.
const LOOK_AGAIN_MS = 100;

/** One caller from dialling to the end: waits, talks, regrets, as planned. */
export class CallerRole {
  readonly plan: CallerPlan;
  readonly #parts: CallerParts;
  readonly #callId: string;
  #sipp: Sipp | undefined;
  #live: LiveCaller | undefined;
  /** Counts what has happened to them, so that a plan made before is dropped. */
  #turn = 0;
  #talks = 0;
  #isHangingUp = false;

  constructor(plan: CallerPlan, parts: CallerParts) {
    calls += 1;
    this.plan = plan;
    this.#parts = parts;
    this.#callId = `torture-${calls}-${process.pid}`;
  }

  dial(): void {
    const { lab, address, journal, timers } = this.#parts;
    const { number, to } = this.plan;
    journal.say(`${number} dials ${to}`);
    this.#sipp = new Sipp({
      home: lab.pbx.home,
      script: dialing({ from: `<sip:${number}@${address}>`, withPassword: false }),
      pbx: lab.pbx.host,
      address,
      port: 5060,
      more: ['-s', to, '-m', '1', '-cid_str', this.#callId],
    });
    timers.after(this.#parts.longestStayMs, () => void this.vanish());
  }

  get hasDialled(): boolean {
    return this.#sipp !== undefined;
  }

  get isOver(): boolean {
    return this.#sipp?.hasEnded ?? false;
  }

  errors(): string {
    return this.#sipp?.errors() ?? '';
  }

  /** Something happened to them; plans are made anew. */
  see(live: LiveCaller): void {
    this.#live = live;
    this.#turn += 1;
    const visit = live.visits.at(-1);
    const talk = visit?.offers.find(({ connectedAt }) => connectedAt !== undefined);
    if (visit === undefined || live.isGone) return;
    if (visit.sentAway !== undefined) this.#inTurn(this.plan.regretMs, () => this.#hangUp());
    else if (talk !== undefined) this.#talk(talk);
    else this.#inTurn(this.#patienceLeft(visit.enteredAt), () => this.#hangUp());
  }

  /** The line is dead, or the round over. */
  async vanish(): Promise<void> {
    await this.#sipp?.close();
  }

  #patienceLeft(enteredAt: number): number {
    return Math.max(0, enteredAt + this.plan.patienceMs - Date.now());
  }

  #talk(offer: Offer): void {
    const plan = this.plan.talks[this.#talks % this.plan.talks.length];
    if (plan === undefined) return;
    this.#talks += 1;
    this.#inTurn(plan.ms / 2, () => this.#midway(plan, offer));
    this.#inTurn(plan.ms, () => {
      if (plan.endedBy === 'agent') this.#parts.agents.hangUp(offer.extension, offer.channel);
      else this.#hangUp();
    });
    // An agent who is not with them any more, or whose phone does not listen, cannot end it.
    this.#inTurn(plan.ms + 800, () => this.#hangUp());
  }

  #midway({ midway, ms }: TalkPlan, { extension, channel }: Offer): void {
    const { agents, colleagues } = this.#parts;
    switch (midway) {
      case 'nothing':
        return;
      case 'hold':
        agents.hold(extension, channel);
        this.#inTurn(ms / 4, () => agents.unhold(extension, channel));
        return;
      case 'to-colleague': {
        const colleague = colleagues.find((other) => other !== extension);
        if (colleague !== undefined) agents.transfer(extension, channel, colleague);
        return;
      }
      case 'to-queue':
        // 8000 is the queue `support` (lab).
        agents.transfer(extension, channel, '8000');
    }
  }

  #inTurn(delayMs: number, happen: () => void): void {
    const turn = this.#turn;
    this.#parts.timers.after(delayMs, () => {
      if (turn === this.#turn) happen();
    });
  }

  #hangUp(): void {
    if (this.#isHangingUp || this.isOver) return;
    if (this.#live?.isUp !== true) {
      this.#inTurn(LOOK_AGAIN_MS, () => this.#hangUp());
      return;
    }
    this.#isHangingUp = true;
    this.#parts.journal.say(`${this.plan.number} hangs up`);
    void this.#sipp?.tell(this.#callId, 'XHANGUP');
  }
}
