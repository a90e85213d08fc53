import type { SimulatedCall } from './call-book.ts';

export type Calendar = 'open' | 'holiday' | 'closed';

export interface SimulatedQueue {
  readonly id: number;
  /** Extensions in the order established within Movidesk. */
  readonly agents: readonly string[];
}

export interface AllocationRules {
  /** Whether an agent named to a call is kept from other calls meanwhile. */
  readonly reserveNamed: boolean;
  /** How long a naming lasts if the call neither asks again nor goes on. */
  readonly namedForMs: number;
  /** Whether a call behind another one that waits for an agent gets code 4. */
  readonly firstInFirstOut: boolean;
  /** How long an agent is named to nobody after a talk of theirs was completed; not said: no time at all. */
  readonly wrapUpMs?: (callId: string) => number;
}

/** What `receivedCall` answers where no agent is named. */
const CODE = { holiday: '0', closed: '1', nobodyOnline: '2', nobodyOnPhone: '3', allBusy: '4' } as const;

const NOBODY: ReadonlySet<string> = new Set();

/**
 * Names agents to calls. Said by the page: the order established, different extensions when asked again, the codes.
 * Assumed, for the page is silent: the order goes round, each naming starting after the last one of the queue; once
 * every candidate was named to a call, it starts over; a naming holds the agent until the call asks again, is
 * transfered or ends, or `namedForMs` passed; who waits longer comes first, except calls that have a naming now, and
 * calls that were told 0, 1 or 2 and have not asked since (they are recording their message); an agent's wrap-up begins
 * when Movidesk hears that the talk is over.
 */
export class Allocation {
  readonly #rules: AllocationRules;
  readonly #offline = new Set<string>();
  readonly #offPhone = new Set<string>();
  readonly #calendars = new Map<number, Calendar>();
  /** Per call: who was named to it, and until when the last naming holds. */
  readonly #namings = new Map<string, { extension: string; until: number; tried: Set<string> }>();
  readonly #lastNamed = new Map<number, string>();
  readonly #sentAway = new Set<string>();
  readonly #wrapsUpUntil = new Map<string, number>();

  constructor(rules: AllocationRules) {
    this.#rules = rules;
  }

  setCalendar(queueId: number, calendar: Calendar): void {
    this.#calendars.set(queueId, calendar);
  }

  setOnline(extension: string, online: boolean): void {
    if (online) this.#offline.delete(extension);
    else this.#offline.add(extension);
  }

  setOnPhone(extension: string, onPhone: boolean): void {
    if (onPhone) this.#offPhone.delete(extension);
    else this.#offPhone.add(extension);
  }

  calendarOf(queueId: number): Calendar {
    return this.#calendars.get(queueId) ?? 'open';
  }

  isOnline(extension: string): boolean {
    return !this.#offline.has(extension);
  }

  isOnPhone(extension: string): boolean {
    return !this.#offPhone.has(extension);
  }

  /** The extension named to a call now. */
  namedTo(callId: string, at: number): string | undefined {
    const naming = this.#namings.get(callId);
    return naming !== undefined && naming.until > at ? naming.extension : undefined;
  }

  /** The answer to one `receivedCall`: an extension or a code. */
  answer(queue: SimulatedQueue, callId: string, { openCalls, at }: Situation): string {
    this.#release(callId);
    const code = this.#closedCode(queue);
    if (code !== undefined) {
      if (code !== CODE.nobodyOnPhone) this.#sentAway.add(callId);
      return code;
    }
    this.#sentAway.delete(callId);
    if (this.#rules.firstInFirstOut && this.#someoneAhead(callId, { openCalls, at })) return CODE.allBusy;
    const next = this.#nextAgent(queue, callId, { openCalls, at });
    if (next === undefined) return CODE.allBusy;
    this.name(queue, callId, { extension: next, at });
    return next;
  }

  /** Whom asking for this call now, again and again, would name, in that order. A look: nobody is named by it. */
  namingOrder(queue: SimulatedQueue, callId: string, situation: Situation): readonly string[] {
    const start = queue.agents.indexOf(this.#lastNamed.get(queue.id) ?? '') + 1;
    const order = [...queue.agents.slice(start), ...queue.agents.slice(0, start)];
    const candidates = order.filter((extension) => this.#isCandidate(extension, callId, situation));
    const tried = this.#namings.get(callId)?.tried ?? NOBODY;
    return [
      ...candidates.filter((extension) => !tried.has(extension)),
      ...candidates.filter((extension) => tried.has(extension)),
    ];
  }

  /** When somebody can be named again by the passing of time alone, after this instant. */
  nextReleaseAfter(at: number): number | undefined {
    const ends = [...this.#namings.values()].map(({ until }) => until).concat(...this.#wrapsUpUntil.values());
    const coming = ends.filter((end) => end > at);
    return coming.length === 0 ? undefined : Math.min(...coming);
  }

  /** The talk was completed: its agent wraps up. */
  talkEnded(callId: string, extension: string, at: number): void {
    const wrapUpMs = this.#rules.wrapUpMs?.(callId) ?? 0;
    if (wrapUpMs > 0) this.#wrapsUpUntil.set(extension, at + wrapUpMs);
  }

  isWrappingUp(extension: string, at: number): boolean {
    return (this.#wrapsUpUntil.get(extension) ?? at) > at;
  }

  /** Records a naming, also one that a test wrote into its scripted answer. */
  name(queue: SimulatedQueue, callId: string, { extension, at }: { extension: string; at: number }): void {
    const tried = this.#namings.get(callId)?.tried ?? new Set();
    tried.add(extension);
    this.#namings.set(callId, { extension, until: at + this.#rules.namedForMs, tried });
    this.#lastNamed.set(queue.id, extension);
  }

  /** The call is with its agent, or over: nothing need be kept for it any more. */
  forget(callId: string): void {
    this.#namings.delete(callId);
    this.#sentAway.delete(callId);
  }

  #release(callId: string): void {
    const naming = this.#namings.get(callId);
    if (naming !== undefined) naming.until = Number.NEGATIVE_INFINITY;
  }

  #closedCode(queue: SimulatedQueue): string | undefined {
    const calendar = this.calendarOf(queue.id);
    if (calendar !== 'open') return CODE[calendar];
    const online = queue.agents.filter((extension) => this.isOnline(extension));
    if (online.length === 0) return CODE.nobodyOnline;
    return online.some((extension) => this.isOnPhone(extension)) ? undefined : CODE.nobodyOnPhone;
  }

  #someoneAhead(callId: string, { openCalls, at }: Situation): boolean {
    const mine = openCalls.findIndex((call) => call.callId === callId);
    const queueId = openCalls[mine]?.queueId;
    return openCalls
      .slice(0, mine)
      .some(
        (call) =>
          call.queueId === queueId &&
          call.phase === 'waiting' &&
          !this.#sentAway.has(call.callId) &&
          this.namedTo(call.callId, at) === undefined,
      );
  }

  #nextAgent(queue: SimulatedQueue, callId: string, situation: Situation): string | undefined {
    const next = this.namingOrder(queue, callId, situation)[0];
    const tried = this.#namings.get(callId)?.tried;
    if (next === undefined || tried?.has(next) === true) tried?.clear();
    return next;
  }

  #isCandidate(extension: string, callId: string, { openCalls, at }: Situation): boolean {
    const taken = openCalls.some(
      (call) =>
        (call.phase === 'talking' && call.extension === extension) ||
        (this.#rules.reserveNamed && call.callId !== callId && this.namedTo(call.callId, at) === extension),
    );
    if (taken || this.isWrappingUp(extension, at)) return false;
    return this.isOnline(extension) && this.isOnPhone(extension);
  }
}

export interface Situation {
  /** Waiting and talking, in the order of their arrival. */
  readonly openCalls: readonly SimulatedCall[];
  readonly at: number;
}
