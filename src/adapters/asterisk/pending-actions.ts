import { randomBytes } from 'node:crypto';
import type { Clock } from '../../ports/clock.ts';
import { type Packet, textOf } from './packet.ts';

/** `silent`: not sent, or not answered in time; what the PBX made of it is unknown. */
export type Answer =
  | { readonly kind: 'success'; readonly packet: Packet }
  | { readonly kind: 'error'; readonly message: string }
  | { readonly kind: 'silent'; readonly cause: string };

export interface Asked {
  /** Nothing where one response is all there is. */
  readonly list?: AskedList;
  /** At once when the answer is there, before the next packet: so what it makes known has its place in the stream. */
  readonly onAnswer: (answer: Answer) => void;
}

export interface AskedList {
  /** Events that may be items of it (`Status`). */
  readonly itemEvents: readonly string[];
  /** The event that ends it (`StatusComplete`). */
  readonly lastEvent: string;
  readonly onItem: (packet: Packet) => void;
}

interface Pending extends Asked {
  readonly cancelDeadline: () => void;
  /** The list has begun, so no other response can come: the rest of an item that was torn apart may look like one. */
  hasBegun: boolean;
}

/**
 * The actions that await their answer, each with a deadline. An answer counts only where its ActionID is one of these,
 * and nobody can guess it: callers can write into this stream.
 */
export class PendingActions {
  readonly #clock: Clock;
  readonly #deadlineMs: number;
  readonly #pending = new Map<string, Pending>();
  // 128 bits of chance; the prefix keeps ours apart from the library's own and from any event's name.
  readonly #prefix = `amv-${randomBytes(16).toString('hex')}-`;
  #count = 0;

  constructor(clock: Clock, deadlineMs: number) {
    this.#clock = clock;
    this.#deadlineMs = deadlineMs;
  }

  /** The ActionID under which the answer is awaited from now on. */
  add(asked: Asked): string {
    this.#count += 1;
    const id = `${this.#prefix}${this.#count}`;
    const cancelDeadline = this.#clock.after(this.#deadlineMs, () =>
      this.#settle(id, { kind: 'silent', cause: `no answer within ${this.#deadlineMs} ms` }),
    );
    this.#pending.set(id, { ...asked, cancelDeadline, hasBegun: false });
    return id;
  }

  has(actionId: string): boolean {
    return this.#pending.has(actionId);
  }

  /** Whether the packet was what is awaited under this id. */
  onResponse(actionId: string, packet: Packet): boolean {
    const pending = this.#pending.get(actionId);
    if (pending === undefined || pending.hasBegun) return false;
    if (textOf(packet, 'response') !== 'Success') {
      this.#settle(actionId, { kind: 'error', message: textOf(packet, 'message').trim() });
    } else if (pending.list === undefined) {
      this.#settle(actionId, { kind: 'success', packet });
    }
    pending.hasBegun = true;
    return true;
  }

  /** The same of an event that carries the id. */
  onListItem(actionId: string, packet: Packet): boolean {
    const list = this.#pending.get(actionId)?.list;
    const event = textOf(packet, 'event');
    if (list === undefined) return false;
    if (event === list.lastEvent) this.#settle(actionId, { kind: 'success', packet });
    else if (list.itemEvents.includes(event)) list.onItem(packet);
    else return false;
    return true;
  }

  failAll(cause: string): void {
    for (const id of [...this.#pending.keys()]) this.#settle(id, { kind: 'silent', cause });
  }

  #settle(id: string, answer: Answer): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    pending.cancelDeadline();
    pending.onAnswer(answer);
  }
}
