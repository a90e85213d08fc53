import type { Clock } from '../../ports/clock.ts';
import type { Fields } from './json-fields.ts';
import type { MessageKey } from './session-messages.ts';

/** `lost`: it was sent, and what the far side made of it is unknown. */
export type Answer =
  | { readonly kind: 'replied'; readonly reply: Reply }
  | { readonly kind: 'lost'; readonly cause: string };

export interface Reply {
  readonly key: MessageKey;
  readonly errCode: string;
  readonly errDesc: string;
  readonly fields: Fields;
}

interface Pending {
  readonly seqId: number;
  readonly settle: (answer: Answer) => void;
  readonly cancelDeadline: () => void;
}

export interface PendingRequestsOptions {
  readonly clock: Clock;
  readonly deadlineMs: number;
  /** A request was not answered in time, after it was told so itself. */
  readonly onOverdue: (why: string) => void;
}

/** The requests that await their reply, each with a deadline. */
export class PendingRequests {
  readonly #options: PendingRequestsOptions;
  readonly #pending = new Map<string, Pending>();

  constructor(options: PendingRequestsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#pending.size;
  }

  /** Never rejects. */
  expect({ seqId, msgId }: MessageKey): Promise<Answer> {
    const { clock, deadlineMs, onOverdue } = this.#options;
    const { promise, resolve } = Promise.withResolvers<Answer>();
    const cancelDeadline = clock.after(deadlineMs, () => {
      const cause = `no answer within ${deadlineMs} ms`;
      this.#settle(msgId, { kind: 'lost', cause });
      onOverdue(cause);
    });
    this.#pending.set(msgId, { seqId, settle: resolve, cancelDeadline });
    return promise;
  }

  /** Whether it was awaited. Half of a key is no key: an answer to somebody else's question must not pass for ours. */
  onReply(reply: Reply): boolean {
    if (this.#pending.get(reply.key.msgId)?.seqId !== reply.key.seqId) return false;
    this.#settle(reply.key.msgId, { kind: 'replied', reply });
    return true;
  }

  failAll(cause: string): void {
    for (const msgId of [...this.#pending.keys()]) this.#settle(msgId, { kind: 'lost', cause });
  }

  #settle(msgId: string, answer: Answer): void {
    const pending = this.#pending.get(msgId);
    if (pending === undefined) return;
    this.#pending.delete(msgId);
    pending.cancelDeadline();
    pending.settle(answer);
  }
}
