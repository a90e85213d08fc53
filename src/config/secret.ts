import { inspect } from 'node:util';

const STARS = '********';

/**
 * A text that must not be seen. Whoever prints it, logs it or serialises it gets stars of a fixed number, so that not
 * even its length shows; only `reveal` gives it away, which makes every use of it easy to find.
 */
export class Secret {
  // A private field, not a private property: neither a logger walking the object nor `structuredClone` reaches it.
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
  }

  reveal(): string {
    return this.#text;
  }

  toString(): string {
    return STARS;
  }

  toJSON(): string {
    return STARS;
  }

  [inspect.custom](): string {
    return STARS;
  }
}
