import { isSameNumber } from '../phone-number.ts';

/** "Settings > Phone Numbers > Phone Number Management": what the platform can call from. */
export class OutboundNumbers {
  #numbers: readonly string[];
  #usual: string | undefined;

  constructor(numbers: readonly string[], usual: string | undefined) {
    this.#numbers = numbers;
    this.#usual = usual;
  }

  /** Without a usual one an agent has to choose, unless there is nothing to choose from. */
  set(numbers: readonly string[], usual?: string): void {
    this.#numbers = numbers;
    this.#usual = usual;
  }

  /** The number wished for where it is one of ours, spelled as it is here; else the usual one; else the only one. */
  choose(wish: string | undefined): string | undefined {
    const wished = this.#numbers.find((number) => wish !== undefined && isSameNumber(number, wish));
    return wished ?? this.#usual ?? (this.#numbers.length === 1 ? this.#numbers[0] : undefined);
  }
}
