import type { Call, WaitingCall } from '../domain/call/call.ts';
import type { CallId, Extension } from '../domain/identity.ts';
import {
  agentEngaged,
  agentNamed,
  agentReleased,
  agentSeenFree,
  endingHeard,
  freeSince,
  headAsked,
  headDenied,
  type KnownAgents,
  namedInVain,
  nobodyKnown,
} from '../domain/queue/known-agents.ts';
import { headsOf } from '../domain/queue/line.ts';
import type { Clock } from '../ports/clock.ts';

/** Holds what is known of the help desk's agents, and tells it what happens. The guessing is the domain's. */
export class AgentWatch {
  readonly #clock: Clock;
  /** When the heads about whom a question is on its way were asked about. */
  readonly #headsAskedAt = new Map<CallId, number>();
  /** Since when the agents may have been free who were named last. */
  readonly #freeSince = new Map<CallId, number>();
  #known: KnownAgents = nobodyKnown;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get known(): KnownAgents {
    return this.#known;
  }

  asked(call: WaitingCall, calls: readonly Call[]): void {
    if (headsOf(calls).get(call.queue)?.callId !== call.callId) return;
    const now = this.#clock.monotonic();
    this.#headsAskedAt.set(call.callId, now);
    this.#known = headAsked(this.#known, call.queue, now);
  }

  /** The question failed, or its answer says nothing about agents. */
  unanswered(callId: CallId): void {
    this.#headsAskedAt.delete(callId);
  }

  /** Asked about somebody who is not the head, the help desk may mean no more than that. */
  nobodyNamed({ callId, queue }: WaitingCall): void {
    const askedAt = this.#headsAskedAt.get(callId);
    this.#headsAskedAt.delete(callId);
    if (askedAt !== undefined) this.#known = headDenied(this.#known, queue, askedAt);
  }

  named({ callId, queue }: WaitingCall, extension: Extension): void {
    this.#headsAskedAt.delete(callId);
    const since = freeSince(this.#known, queue, extension);
    if (since !== undefined) this.#freeSince.set(callId, since);
    this.#known = agentNamed(this.#known, { queue, extension, now: this.#clock.monotonic() });
  }

  /** Named to a caller who has gone: held for them until the help desk has heard of it. */
  heldFor({ callId, queue }: Call, extension: Extension): void {
    this.#freeSince.delete(callId);
    this.#known = agentEngaged(this.#known, callId, { extension, queue, hasTalked: false });
  }

  namedInVain(extension: Extension): void {
    this.#known = namedInVain(this.#known, extension, this.#clock.monotonic());
  }

  /** Since when the agent named to a call may have been free, where anything showed it; told once. */
  takeFreeSince(callId: CallId): number | undefined {
    const since = this.#freeSince.get(callId);
    this.#freeSince.delete(callId);
    return since;
  }

  /** A call has moved on. What it was before the daemon started counts, too. */
  follow(call: Call): void {
    const { callId, queue } = call;
    if (call.phase === 'offered' || call.phase === 'talking') {
      const hasTalked = call.phase === 'talking';
      const { extension } = hasTalked ? call : call.offer;
      this.#known = agentEngaged(this.#known, callId, { extension, queue, hasTalked });
    } else if (call.phase === 'ended') this.#freeSince.delete(callId);
    else this.#known = agentReleased(this.#known, callId);
  }

  endingHeard(callId: CallId): void {
    this.#known = endingHeard(this.#known, callId, this.#clock.monotonic());
  }

  /** Whoever of them a device belongs to is free again. */
  seenFree(isTheirs: (extension: Extension) => boolean): void {
    for (const extension of this.#known.sights.keys())
      if (isTheirs(extension)) this.#known = agentSeenFree(this.#known, extension, this.#clock.monotonic());
  }
}
