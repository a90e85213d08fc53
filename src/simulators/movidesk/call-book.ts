/**
 * What Movidesk knows of each call, and the order in which it may hear of it:
 *
 *   waiting  receivedCall, as often as one likes → waiting; transferedCall → talking; lostCall, canceledCall → ended
 *   talking  completedCall → ended; the same transferedCall again changes nothing
 *   ended    the same transferedCall or ending again changes nothing
 *
 * Everything else is a breach. Identical repeats are allowed, for delivery is at least once.
 */
export type Ending = 'completed' | 'lost' | 'canceled';

export interface SimulatedCall {
  readonly callId: string;
  readonly queueId: number;
  readonly clientNumber: string;
  /** When the first `receivedCall` arrived: the place in line. */
  readonly arrivedAt: number;
  readonly callDate: number;
  readonly phase: 'waiting' | 'talking' | 'ended';
  /** How often `receivedCall` came. */
  readonly asks: number;
  /** The extension that `receivedCall` last returned, a later code notwithstanding. */
  readonly extension: string | undefined;
  readonly transferDate: number | undefined;
  readonly ending: Ending | undefined;
  readonly endDate: number | undefined;
  readonly link: string | undefined;
}

/** Accepted; accepted because it changes nothing; or the breach in words. */
export type Verdict = 'news' | 'repeat' | { readonly breach: string };

interface Received {
  readonly callId: string;
  readonly queueId: number;
  readonly clientNumber: string;
  readonly callDate: number;
  readonly at: number;
}

interface Reported {
  readonly callId: string;
  readonly date: number;
  /** Every parameter as sent: what makes a repeat identical. */
  readonly wording: string;
}

export class CallBook {
  readonly #calls = new Map<string, SimulatedCall>();
  /** Open ones apart, so that a long run does not slow each allocation down. */
  readonly #open = new Set<string>();
  readonly #heard = new Set<string>();

  all(): readonly SimulatedCall[] {
    return [...this.#calls.values()];
  }

  find(callId: string): SimulatedCall | undefined {
    return this.#calls.get(callId);
  }

  /** In the order of their arrival. */
  open(): readonly SimulatedCall[] {
    return [...this.#open].flatMap((callId) => this.#calls.get(callId) ?? []);
  }

  received({ at, ...asked }: Received): Verdict {
    const call = this.#calls.get(asked.callId);
    if (call === undefined) {
      this.#calls.set(asked.callId, { ...asked, ...UNHEARD, arrivedAt: at });
      this.#open.add(asked.callId);
      return 'news';
    }
    if (call.queueId !== asked.queueId)
      return breach(`id of queue ${call.queueId} used for ${asked.queueId}`);
    if (call.clientNumber !== asked.clientNumber) return breach('id used with another clientNumber');
    if (call.phase !== 'waiting') return breach(`receivedCall for a call that is ${call.phase}`);
    this.#calls.set(call.callId, { ...call, asks: call.asks + 1 });
    return 'news';
  }

  named(callId: string, extension: string): void {
    this.#change(callId, { extension });
  }

  transfered({ callId, date, wording }: Reported, branchLine: string): Verdict {
    if (this.#heard.has(wording)) return 'repeat';
    const call = this.#calls.get(callId);
    if (call === undefined) return breach('transferedCall for an id never received');
    if (call.phase !== 'waiting') return breach(`transferedCall for a call that is ${call.phase}`);
    if (branchLine !== call.extension) {
      return breach(`branchLine ${branchLine}, but receivedCall last returned ${call.extension ?? 'none'}`);
    }
    if (date < call.callDate) return breach('transferDate before callDate');
    this.#heard.add(wording);
    this.#change(callId, { phase: 'talking', transferDate: date });
    return 'news';
  }

  ended({ callId, date, wording }: Reported, ending: Ending, link: string | undefined): Verdict {
    if (this.#heard.has(wording)) return 'repeat';
    const call = this.#calls.get(callId);
    if (call === undefined) return breach(`${ending}Call for an id never received`);
    const wrong = endingBreach(call, ending, date);
    if (wrong !== undefined) return breach(wrong);
    this.#heard.add(wording);
    this.#change(callId, { phase: 'ended', ending, endDate: date, link });
    this.#open.delete(callId);
    return 'news';
  }

  #change(callId: string, change: Partial<SimulatedCall>): void {
    const call = this.#calls.get(callId);
    if (call !== undefined) this.#calls.set(callId, { ...call, ...change });
  }
}

const UNHEARD = {
  phase: 'waiting',
  asks: 1,
  extension: undefined,
  transferDate: undefined,
  ending: undefined,
  endDate: undefined,
  link: undefined,
} as const;

function endingBreach(call: SimulatedCall, ending: Ending, date: number): string | undefined {
  if (call.ending !== undefined) return `${ending}Call after ${call.ending}: a second ending`;
  if (ending === 'completed' && call.phase !== 'talking') return 'completedCall before transferedCall';
  if (ending !== 'completed' && call.phase === 'talking') return `${ending}Call after transferedCall`;
  if (date < (call.transferDate ?? call.callDate)) return 'the ending is dated before what it ends';
  return undefined;
}

function breach(text: string): Verdict {
  return { breach: text };
}
