import { Readable } from 'node:stream';

/** Somebody who watches live, and how far they have got. */
export class Watcher {
  /** What is sent to them. */
  readonly stream = new Readable({ read() {} });
  readonly #drop: () => void;
  #sentAt: number;
  #version = 0;

  constructor({ drop, now }: { drop: () => void; now: number }) {
    this.#drop = drop;
    this.#sentAt = now;
  }

  /** When something was last sent, by the clock that never jumps. */
  get sentAt(): number {
    return this.#sentAt;
  }

  /** Of the status that they were sent last. */
  get version(): number {
    return this.#version;
  }

  /** They have not yet taken what was sent last: it waits here. */
  get isBehind(): boolean {
    return this.stream.readableLength > 0;
  }

  send(text: string, version: number, now: number): void {
    this.stream.push(text);
    this.#version = version;
    this.#sentAt = now;
  }

  /** Nothing more comes. Whoever has not taken the last of it does not get it. */
  end(): void {
    if (this.isBehind) this.drop();
    else this.stream.push(null);
  }

  drop(): void {
    this.#drop();
  }
}
