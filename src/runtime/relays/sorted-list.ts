/** Things in order. `order` is 0 for one and the same alone. To find, put and remove one is quick, however many there are. */
export class SortedList<Item> {
  readonly #order: (one: Item, other: Item) => number;
  readonly #items: Item[];

  constructor(order: (one: Item, other: Item) => number, items: Iterable<Item> = []) {
    this.#order = order;
    this.#items = [...items].sort(order);
  }

  get first(): Item | undefined {
    return this.#items[0];
  }

  get size(): number {
    return this.#items.length;
  }

  all(): readonly Item[] {
    return [...this.#items];
  }

  /** In the place of the same, where it is there already. */
  put(item: Item): void {
    const { index, isThere } = this.#find(item);
    this.#items.splice(index, isThere ? 1 : 0, item);
  }

  remove(item: Item): void {
    const { index, isThere } = this.#find(item);
    if (isThere) this.#items.splice(index, 1);
  }

  #find(item: Item): { readonly index: number; readonly isThere: boolean } {
    let from = 0;
    let to = this.#items.length;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#compare(middle, item) < 0) from = middle + 1;
      else to = middle;
    }
    return { index: from, isThere: this.#compare(from, item) === 0 };
  }

  #compare(index: number, item: Item): number {
    const there = this.#items[index];
    return there === undefined ? 1 : this.#order(there, item);
  }
}
