/**
 * Lines that fail while others succeed. What is wrong there is theirs alone: an agent for whom the far side does not let us
 * speak says nothing of our credentials, nor of whether it is up.
 */
export class FailingLines {
  readonly #sinceSuccess = new Set<string>();
  readonly #alone = new Set<string>();

  get aloneCount(): number {
    return this.#alone.size;
  }

  /** How many have failed since one succeeded; without those of which it is known that they always do. */
  get togetherCount(): number {
    return this.#sinceSuccess.size;
  }

  isAlone(line: string): boolean {
    return this.#alone.has(line);
  }

  failed(line: string): void {
    if (!this.#alone.has(line)) this.#sinceSuccess.add(line);
  }

  succeeded(line: string): void {
    for (const failed of this.#sinceSuccess) this.#alone.add(failed);
    this.#sinceSuccess.clear();
    this.#alone.delete(line);
  }

  /** It has nothing more to tell. */
  forget(line: string): void {
    this.#sinceSuccess.delete(line);
    this.#alone.delete(line);
  }
}
