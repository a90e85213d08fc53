import { Allocation, type AllocationRules, type SimulatedQueue } from './allocation.ts';
import { CallBook, type Ending, type Verdict } from './call-book.ts';
import type { Operation } from './operations.ts';
import { instantOf } from './wire-date.ts';

/** Parameters that passed `readQuery`. */
type Query = Readonly<Record<string, string>>;

/** What the account answers: a body with 200, or the breach. */
export type Heard = { readonly body: string } | { readonly breach: string };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
// Room for two clocks that differ. A zone mistaken for UTC is off by at least 30 minutes.
const FUTURE_MS = 2 * MINUTE_MS;

/** The account behind the API: its queues, agents and calls, and what it makes of a well-formed request. */
export class Account {
  readonly book = new CallBook();
  readonly allocation: Allocation;
  readonly queues: readonly SimulatedQueue[];
  readonly #scripts = new Map<number, string[]>();
  /** Whether dates may differ from the account's own clock by anything. Their order is judged all the same. */
  readonly #believesDates: boolean;
  repeats = 0;

  constructor(
    queues: readonly SimulatedQueue[],
    rules: AllocationRules & { readonly believesDates?: boolean },
  ) {
    this.queues = queues;
    this.allocation = new Allocation(rules);
    this.#believesDates = rules.believesDates ?? false;
  }

  hear(operation: Operation, query: Query, at: number): Heard {
    const dated = Object.entries(query).filter(([name]) => name.endsWith('Date'));
    for (const [name, text] of this.#believesDates ? [] : dated) {
      const date = instantOf(text) ?? Number.NaN;
      if (date > at + FUTURE_MS) return { breach: `${name} ${text} lies in the future: is it UTC?` };
      if (name === 'callDate' && date < at - DAY_MS)
        return { breach: `callDate ${text} is more than a day old` };
    }
    return operation === 'asterisk_receivedCall' ? this.#ask(query, at) : this.#report(operation, query, at);
  }

  /** The next `receivedCall`s of a queue are answered with these bodies, whatever the account thinks. */
  answerNext(queueId: number, rawBodies: readonly string[]): void {
    this.#scripts.set(queueId, [...(this.#scripts.get(queueId) ?? []), ...rawBodies]);
  }

  #ask(query: Query, at: number): Heard {
    const callId = textOf(query, 'id');
    const queueId = Number(query['queueId']);
    const queue = this.queues.find(({ id }) => id === queueId);
    if (queue === undefined) return { breach: `no queue ${queueId}` };
    const callDate = dateOf(query, 'callDate');
    const clientNumber = textOf(query, 'clientNumber');
    const verdict = this.book.received({ callId, queueId, clientNumber, callDate, at });
    if (typeof verdict === 'object') return verdict;
    return { body: this.#scripted(queue, callId, at) ?? this.#allocated(queue, callId, at) };
  }

  #allocated(queue: SimulatedQueue, callId: string, at: number): string {
    const answer = this.allocation.answer(queue, callId, { openCalls: this.book.open(), at });
    if (answer.length > 1) this.book.named(callId, answer);
    // Seen in production: a JSON string, quotes included.
    return JSON.stringify(answer);
  }

  #scripted(queue: SimulatedQueue, callId: string, at: number): string | undefined {
    const body = this.#scripts.get(queue.id)?.shift();
    // Only the account knows what it means by a body; for a script, that is its first two digits and more.
    const extension = body === undefined ? undefined : /\d{2,}/.exec(body)?.[0];
    if (extension !== undefined) {
      this.allocation.name(queue, callId, { extension, at });
      this.book.named(callId, extension);
    }
    return body;
  }

  #report(operation: Exclude<Operation, 'asterisk_receivedCall'>, query: Query, at: number): Heard {
    const verdict = this.#verdict(operation, query);
    if (typeof verdict === 'object') return verdict;
    if (verdict === 'repeat') this.repeats += 1;
    else this.#freed(operation, textOf(query, 'id'), at);
    return { body: '' };
  }

  #freed(operation: Operation, callId: string, at: number): void {
    this.allocation.forget(callId);
    const extension = this.book.find(callId)?.extension;
    if (operation === 'asterisk_completedCall' && extension !== undefined)
      this.allocation.talkEnded(callId, extension, at);
  }

  #verdict(operation: Exclude<Operation, 'asterisk_receivedCall'>, query: Query): Verdict {
    const callId = textOf(query, 'id');
    const wording = JSON.stringify([operation, Object.entries(query).sort()]);
    const ended = (ending: Ending, date: string) =>
      this.book.ended({ callId, date: dateOf(query, date), wording }, ending, query['link']);
    switch (operation) {
      case 'asterisk_transferedCall': {
        const reported = { callId, date: dateOf(query, 'transferDate'), wording };
        return this.book.transfered(reported, textOf(query, 'branchLine'));
      }
      case 'asterisk_completedCall':
        return ended('completed', 'completedDate');
      case 'asterisk_lostCall':
        return ended('lost', 'completedDate');
      case 'asterisk_canceledCall':
        return ended('canceled', 'canceledDate');
      // Assumed: it belongs to calls that agents made from Movidesk, of which the queues know nothing, so any id will do.
      case 'setMadeCallLink':
        return 'news';
      default:
        return operation satisfies never;
    }
  }
}

function textOf(query: Query, name: string): string {
  return query[name] ?? '';
}

function dateOf(query: Query, name: string): number {
  return instantOf(textOf(query, name)) ?? Number.NaN;
}
