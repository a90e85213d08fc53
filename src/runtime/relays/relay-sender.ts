import type { RelayEntry } from '../../domain/relay/relay.ts';
import { failed, type Outcome } from '../../ports/failure.ts';
import type { Log } from '../../ports/log.ts';
import type { Knowing, Made, Relay, Review } from '../../ports/relay.ts';
import type { RelayReviewed, RelaySettled } from '../input.ts';

interface Parts {
  readonly relays: readonly Relay[];
  readonly log: Log;
  readonly push: (input: RelaySettled | RelayReviewed) => void;
}

const TELL: Review = { kind: 'tell' };

/** Hands relays to their far sides. */
export class RelaySender {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Returns at once. */
  review(entry: RelayEntry): void {
    const relay = this.#relayOf(entry);
    if (relay !== undefined) void this.#review(relay, entry);
  }

  /** Resolves when it has come to something. */
  async send({ entry, mayBeDone }: { readonly entry: RelayEntry } & Knowing): Promise<void> {
    const relay = this.#relayOf(entry);
    if (relay !== undefined) await this.#deliver(relay, entry, { mayBeDone });
  }

  #relayOf(entry: RelayEntry): Relay | undefined {
    return this.#parts.relays.find(({ lane }) => lane === entry.lane);
  }

  async #review(relay: Relay, entry: RelayEntry): Promise<void> {
    try {
      const review = (await relay.review?.(entry.relay)) ?? TELL;
      this.#parts.push({ kind: 'relay-reviewed', entry, review });
    } catch (error) {
      this.#parts.push({ kind: 'relay-settled', entry, outcome: this.#brokeOff(entry, error) });
    }
  }

  async #deliver(relay: Relay, entry: RelayEntry, knowing: Knowing): Promise<void> {
    let outcome: Outcome<Made | undefined>;
    try {
      outcome = await relay.deliver(entry.relay, knowing);
    } catch (error) {
      outcome = this.#brokeOff(entry, error);
    }
    this.#parts.push({ kind: 'relay-settled', entry, outcome });
  }

  /**
   * Our own mistake, for which the process would end anywhere else. It would meet the same relay again at the next start,
   * and the callers would pay for it: so what it was about is set aside, like what the far side refused.
   */
  #brokeOff({ seq, lane }: RelayEntry, error: unknown): Outcome<never> {
    this.#parts.log.error(
      { entry: seq, lane, err: error },
      'a relay broke off: a mistake of ours, kept aside',
    );
    const what = error instanceof Error ? error.name : typeof error;
    return failed({ kind: 'refused', status: 0, cause: `broke off (${what}): see the log` });
  }
}
