import { invariant } from '../domain/invariant.ts';

// Far above any burst seen (a busy PBX sends our user some ten events a call): whoever is this far behind is stuck, and
// a restart, which reads the truth anew, is the way out.
const LONGEST_LINE = 100_000;

/** What has happened and was not yet decided on, in order. Everything that wants to change a call goes through here. */
export class Inbox<Item> {
  #items: Item[] = [];
  #wake: (() => void) | undefined;
  #isClosed = false;

  push(item: Item): void {
    if (this.#isClosed) return;
    invariant(this.#items.length < LONGEST_LINE, `the inbox holds ${LONGEST_LINE} inputs: the loop is stuck`);
    this.#items.push(item);
    this.#wakeUp();
  }

  /** All that waits, at least one; an empty batch once closed and drained. One reader only. */
  async take(): Promise<readonly Item[]> {
    while (this.#items.length === 0 && !this.#isClosed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const batch = this.#items;
    this.#items = [];
    return batch;
  }

  /** Nothing more is taken in; what waits is still handed out. */
  close(): void {
    this.#isClosed = true;
    this.#wakeUp();
  }

  #wakeUp(): void {
    this.#wake?.();
    this.#wake = undefined;
  }
}
