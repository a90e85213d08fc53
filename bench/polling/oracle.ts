import type { CallId, Extension, Uniqueid } from '../../src/domain/identity.ts';
import { invariant } from '../../src/domain/invariant.ts';
import type { SimulatedQueue } from '../../src/simulators/movidesk/allocation.ts';
import type { VirtualTime } from '../../test/simulation/virtual-time.ts';
import { agentFrom, type DayTrace } from './day-trace.ts';
import type { DeskPhones } from './desk-phones.ts';
import type { FarMovidesk } from './far-movidesk.ts';

// From the leaving of a question to the ringing of a phone, and some room.
const LOOK_AHEAD_MS = 500;

interface Asked {
  readonly callId: CallId;
  readonly uniqueid: Uniqueid;
  readonly queue: string;
}

/** Knows what nobody outside can: whom Movidesk would name, whose phone is really free, and what is about to happen. */
export class Oracle {
  readonly #trace: DayTrace;
  readonly #time: VirtualTime;
  readonly #movidesk: FarMovidesk;
  readonly #phones: DeskPhones;
  readonly #ownCallsAt = new Map<Extension, number[]>();
  readonly #leavesAt: ReadonlyMap<Uniqueid, number>;

  constructor(trace: DayTrace, parts: { time: VirtualTime; movidesk: FarMovidesk; phones: DeskPhones }) {
    this.#trace = trace;
    this.#time = parts.time;
    this.#movidesk = parts.movidesk;
    this.#phones = parts.phones;
    for (const { extension, startsAt } of trace.ownCalls)
      this.#ownCallsAt.set(extension, [...(this.#ownCallsAt.get(extension) ?? []), startsAt]);
    this.#leavesAt = new Map(
      trace.callers.map(({ uniqueid, arrivesAt, patienceMs }) => [uniqueid, arrivesAt + patienceMs]),
    );
  }

  /** Asking about them now, more than once where agents are named in vain, makes a phone ring. */
  wouldBringOffer(call: Asked): boolean {
    const leavesAt = this.#leavesAt.get(call.uniqueid) ?? Infinity;
    return leavesAt > this.#soon && this.#namedFor(call).some((agent) => this.#staysFree(agent));
  }

  /** Movidesk would name somebody whose phone is free, if only for a moment. */
  wouldNameFreeAgent(call: Asked): boolean {
    return this.#namedFor(call).some((agent) => this.#phones.wouldRing(agent, this.#time.passedMs));
  }

  /** When `wouldBringOffer` can change by the passing of time alone. Whatever people do wakes the daemon. */
  get nextChangeAt(): number | undefined {
    const wall = this.#time.now();
    const { passedMs } = this.#time;
    const atMovidesk = this.#movidesk.account.allocation.nextReleaseAfter(wall) ?? Infinity;
    const atPhones = this.#phones.nextReleaseAfter(passedMs) ?? Infinity;
    const at = Math.min(atMovidesk - wall + passedMs, atPhones);
    return at === Infinity ? undefined : at;
  }

  /** Whether the two may be given the same agent. */
  shareAgents(one: string, other: string): boolean {
    const { agents } = this.#queueOf(one);
    return this.#queueOf(other).agents.some((agent) => agents.includes(agent));
  }

  get #soon(): number {
    return this.#time.passedMs + LOOK_AHEAD_MS;
  }

  #namedFor({ callId, queue }: Asked): readonly Extension[] {
    const { allocation, book } = this.#movidesk.account;
    const situation = { openCalls: book.open(), at: this.#time.now() };
    return allocation.namingOrder(this.#queueOf(queue), callId, situation).map(agentFrom);
  }

  #staysFree(agent: Extension): boolean {
    const now = this.#time.passedMs;
    const soon = this.#soon;
    const dialsOutSoon = this.#ownCallsAt.get(agent)?.some((at) => at >= now && at <= soon) ?? false;
    return !dialsOutSoon && this.#phones.wouldRing(agent, now);
  }

  #queueOf(name: string): SimulatedQueue {
    const index = this.#trace.setting.queues.findIndex((queue) => queue.name === name);
    const queue = this.#movidesk.queues[index];
    invariant(queue !== undefined, `no queue ${name}`);
    return queue;
  }
}
