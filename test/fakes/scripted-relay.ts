import type { Extension } from '../../src/domain/identity.ts';
import type { LaneName, Relay as Relayed } from '../../src/domain/relay/relay.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Failure, Outcome } from '../../src/ports/failure.ts';
import { failed, success } from '../../src/ports/failure.ts';
import type { Knowing, Made, Relay, RelayEvent, Review } from '../../src/ports/relay.ts';
import { extension } from '../domain/builders.ts';

export type RelayAnswer = Outcome<Made | undefined>;

/** One relay as the far side saw it, in words. `at` is of the clock that never jumps. */
export interface Asked {
  readonly at: number;
  readonly words: string;
  readonly isOk: boolean;
}

/** A relay that answers what a test tells it to, and remembers what it was asked. Untold, it takes everything at once. */
export class ScriptedRelay implements Relay {
  readonly lane: LaneName;
  readonly mostInFlight: number;
  readonly asked: Asked[] = [];
  isClosed = false;
  /** While set, every relay fails like this. */
  failure: Failure | undefined;
  trouble: string | undefined;
  /** Of which it was said that they may be done already, in words. */
  readonly maybeDone: string[] = [];
  /** Without it all is told. */
  review?: (relay: Relayed) => Promise<Review>;
  /** How it answers what it takes. */
  answers: (relay: Relayed) => Promise<RelayAnswer> = async () => success(undefined);
  readonly #clock: Clock;
  #failures: { failure: Failure; of: string | undefined }[] = [];
  #letGo: (() => void)[] | undefined;
  #listener: (event: RelayEvent) => void = () => {};

  constructor(
    clock: Clock,
    { lane = 'udesk', mostInFlight = 4 }: Partial<Pick<Relay, 'lane' | 'mostInFlight'>> = {},
  ) {
    this.#clock = clock;
    this.lane = lane;
    this.mostInFlight = mostInFlight;
  }

  /** The next relay fails; or the next with these words. */
  failsOnce(failure: Failure, of?: string): void {
    this.#failures.push({ failure, of });
  }

  /** From now on relays arrive and get no answer, until `lets go`. */
  holdsBack(): void {
    this.#letGo = [];
  }

  letsGo(): void {
    const held = this.#letGo ?? [];
    this.#letGo = undefined;
    for (const go of held) go();
  }

  /** From now on, the states of these are told. */
  knows(...numbers: readonly string[]): void {
    this.says({ kind: 'agents-known', extensions: numbers.map(extension) });
  }

  says(event: RelayEvent): void {
    this.#listener(event);
  }

  start(listener: (event: RelayEvent) => void): void {
    this.#listener = listener;
  }

  async deliver(relay: Relayed, { mayBeDone }: Partial<Knowing> = {}): Promise<RelayAnswer> {
    const words = wordsOf(relay);
    if (mayBeDone) this.maybeDone.push(words);
    const failure = this.failure ?? this.#takeFailureOf(words);
    this.asked.push({ at: this.#clock.monotonic(), words, isOk: failure === undefined });
    await this.#held();
    return failure === undefined ? this.answers(relay) : failed(failure);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /**
   * What it took, in words: `1001 busy`, `1001 holds c1`, `1001 resumes c1`, `1001 sends c1 to 1002`,
   * `call back pbx1-a: support lost closed`, `flags of pbx1-a`.
   */
  get told(): readonly string[] {
    return this.asked.filter(({ isOk }) => isOk).map(({ words }) => words);
  }

  /** The same, of one agent. */
  toldOf(number: string): readonly string[] {
    return this.told.filter((words) => words.startsWith(`${number} `));
  }

  #takeFailureOf(words: string): Failure | undefined {
    const index = this.#failures.findIndex(({ of }) => of === undefined || of === words);
    const failure = this.#failures[index]?.failure;
    if (index !== -1) this.#failures = this.#failures.toSpliced(index, 1);
    return failure;
  }

  async #held(): Promise<void> {
    const held = this.#letGo;
    if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
  }
}

function wordsOf(relay: Relayed): string {
  switch (relay.kind) {
    case 'agent-state':
      return `${relay.extension} ${relay.state}`;
    case 'call-held':
      return `${relay.extension} holds ${relay.linkedCall}`;
    case 'call-resumed':
      return `${relay.extension} resumes ${relay.linkedCall}`;
    case 'call-transferred':
      return `${relay.extension} sends ${relay.linkedCall} to ${relay.to}`;
    case 'call-back': {
      const { queue, ending, reason } = relay.loss;
      return `call back ${relay.callId}: ${queue} ${ending} ${reason}`;
    }
    case 'customer-flags':
      return `flags of ${relay.callId}`;
  }
}

export const taken = (number: string, why = 'onBreak in Udesk') =>
  ({ kind: 'agent-taken', extension: extension(number) satisfies Extension, why }) as const;

export const freed = (number: string) => ({ kind: 'agent-free', extension: extension(number) }) as const;
