import type { SimulatorClock } from '../../kit/clock.ts';
import type { Message } from './message.ts';

interface Awaited {
  readonly seqId: number;
  readonly method: string;
  readonly cancel: () => void;
}

/** Events that were sent and not yet acknowledged. */
export class Acknowledgements {
  readonly #awaited = new Map<string, Awaited>();
  readonly #clock: SimulatorClock;
  readonly #withinMs: number;
  readonly #object: (breach: string) => void;

  constructor(clock: SimulatorClock, withinMs: number, object: (breach: string) => void) {
    this.#clock = clock;
    this.#withinMs = withinMs;
    this.#object = object;
  }

  expect(msgId: string, seqId: number, method: string): void {
    const cancel = this.#clock.after(this.#withinMs, () => {
      this.#awaited.delete(msgId);
      this.#object(`${method}: no ACK within ${this.#withinMs} ms`);
    });
    this.#awaited.set(msgId, { seqId, method, cancel });
  }

  arrived({ msgId, seqId, method }: Message): void {
    const awaited = this.#awaited.get(msgId);
    if (awaited === undefined) {
      this.#object(`${method}: an ACK for nothing, or for the second time, or too late`);
      return;
    }
    awaited.cancel();
    this.#awaited.delete(msgId);
    if (awaited.seqId !== seqId) this.#object(`${method}: an ACK with another SeqId`);
    if (awaited.method !== method) this.#object(`${awaited.method}: an ACK with the Method ${method}`);
  }

  /** Nobody is there any more to acknowledge anything. */
  forget(): void {
    for (const { cancel } of this.#awaited.values()) cancel();
    this.#awaited.clear();
  }
}
