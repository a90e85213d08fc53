import { COUNTED_FOR_MS } from '../../src/domain/budget/request-window.ts';
import { reserveOf } from '../../src/domain/budget/reserve.ts';
import type { Extension, Uniqueid } from '../../src/domain/identity.ts';
import type { VirtualTime } from '../../test/simulation/virtual-time.ts';
import { LIMIT_PER_MINUTE } from './assumptions.ts';
import { agentFrom, type DayTrace } from './day-trace.ts';
import type { DeskPhones } from './desk-phones.ts';
import { callIdOfCaller, type FarMovidesk } from './far-movidesk.ts';
import type { Journal, Visit } from './journal.ts';
import type { Oracle } from './oracle.ts';

/** To what a caller at the head of a queue loses time while an agent of theirs stands free at the phone. */
export const LOSSES = [
  'ending not delivered',
  'limit spent',
  'last permits kept back',
  'permits there, nobody asked',
  'asking and moving',
  'held for another call',
] as const;
type Loss = (typeof LOSSES)[number];
export type LostBy = Readonly<Record<Loss, number>>;

// Fine enough for an asking of a fifth of a second, for over a day the ticks fall anywhere in it.
const LOOK_EVERY_MS = 250;
// As many permits as the daemon may keep back for reports.
const KEPT_BACK = reserveOf(LIMIT_PER_MINUTE).ofTheRest;

export interface Witness {
  readonly trace: DayTrace;
  readonly time: VirtualTime;
  readonly phones: DeskPhones;
  readonly movidesk: FarMovidesk;
  readonly oracle: Oracle;
  readonly journal: Journal;
}

/** Looks four times a second who waits though somebody is free, and why. */
export class LostSeconds {
  readonly #witness: Witness;
  readonly #looks: Record<Loss, number> = mapLosses(() => 0);
  /** Agents of whose last talk Movidesk has not heard the end, by that talk's caller. */
  readonly #owed = new Map<Uniqueid, Extension>();

  constructor(witness: Witness) {
    this.#witness = witness;
  }

  talkEnded(uniqueid: Uniqueid, extension: Extension): void {
    this.#owed.set(uniqueid, extension);
  }

  endingHeard(uniqueid: Uniqueid): void {
    this.#owed.delete(uniqueid);
  }

  start(): void {
    this.#witness.time.after(LOOK_EVERY_MS, () => {
      this.#look();
      this.start();
    });
  }

  get seconds(): LostBy {
    return mapLosses((loss) => (this.#looks[loss] * LOOK_EVERY_MS) / 1_000);
  }

  #look(): void {
    const { trace, journal } = this.#witness;
    for (const { name, agents } of trace.setting.queues) {
      const head = journal.headOf(name);
      const loss = head === undefined ? undefined : this.#lossOf(head, agents.map(agentFrom));
      if (loss !== undefined) this.#looks[loss] += 1;
    }
  }

  #lossOf(head: Visit, agents: readonly Extension[]): Loss | undefined {
    const { time, phones, movidesk, oracle } = this.#witness;
    const free = agents.filter((agent) => phones.wouldRing(agent, time.passedMs));
    if (free.length === 0) return undefined;
    const { caller } = head;
    if (oracle.wouldNameFreeAgent({ ...caller, callId: callIdOfCaller(caller) })) return this.#unasked(head);
    const owed = new Set(this.#owed.values());
    if (free.some((agent) => owed.has(agent))) return 'ending not delivered';
    const { allocation } = movidesk.account;
    const isHeld = free.some((agent) => !allocation.isWrappingUp(agent, time.now()));
    return isHeld ? 'held for another call' : undefined;
  }

  #unasked(head: Visit): Loss {
    const { movidesk } = this.#witness;
    if (movidesk.isAskedAbout(head)) return 'asking and moving';
    const permits = LIMIT_PER_MINUTE - movidesk.sentWithin(COUNTED_FOR_MS);
    if (permits <= 0) return 'limit spent';
    return permits <= KEPT_BACK ? 'last permits kept back' : 'permits there, nobody asked';
  }
}

export function mapLosses(of: (loss: Loss) => number): Record<Loss, number> {
  return Object.fromEntries(LOSSES.map((loss) => [loss, of(loss)])) as Record<Loss, number>;
}
