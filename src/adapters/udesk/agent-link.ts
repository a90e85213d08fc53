import type { LookupFunction } from 'node:net';
import type { Clock, Random } from '../../ports/clock.ts';
import { AgentSocket } from './agent-socket.ts';

export type LinkStatus =
  | { readonly kind: 'idle' | 'connecting' | 'online' | 'closed' }
  | { readonly kind: 'waiting'; readonly why: string; readonly retryInMs: number }
  | { readonly kind: 'dismissed'; readonly reason: string };

export interface AgentLinkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly openDeadlineMs: number;
  readonly authorities: readonly string[] | undefined;
  readonly lookup: LookupFunction | undefined;
  /** Asked for every attempt, for the signature in it does not hold for long. */
  readonly address: () => URL;
  /** At once. Whoever listens may connect or close from within it. */
  readonly onStatus: (status: LinkStatus) => void;
  /** While `online` only. */
  readonly onMessage: (data: unknown) => void;
}

// A connection that is lost is sought again soon, for calls go on meanwhile; a server that stays away is asked twice a
// minute, which costs it nothing. Chance takes away up to half, so that all agents do not come back in one instant.
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 30_000;
// A connection that is lost sooner counts as one more failed attempt, lest a server that throws us out at once be asked
// again at once, for ever.
const STEADY_MS = 10_000;

/**
 * Keeps one connection, a new socket for every attempt.
 *
 * | status | what is true | leaves on |
 * |---|---|---|
 * | `idle` | never asked to connect | `connect` → `connecting` |
 * | `connecting` | a connection is being made | made → `online`; not made → `waiting` |
 * | `online` | messages come and go | lost or dropped → `waiting`; `dismiss` → `dismissed` |
 * | `waiting` | the pause before the next attempt | its end, or `connect` → `connecting` |
 * | `dismissed` | the server does not want us; nothing happens by itself | `connect` → `connecting` |
 * | `closed` | over, for ever; `close` leads here from anywhere | – |
 */
export class AgentLink {
  readonly #options: AgentLinkOptions;
  readonly #gone = Promise.withResolvers<void>();
  #status: LinkStatus = { kind: 'idle' };
  #socket: AgentSocket | undefined;
  /** The socket belongs to the connection before. */
  #isReplacing = false;
  /** Attempts that failed since a connection was steady. */
  #failures = 0;
  #usefulFrom: number | undefined;
  #cancelPause: () => void = () => {};

  constructor(options: AgentLinkOptions) {
    this.#options = options;
  }

  get status(): LinkStatus {
    return this.#status;
  }

  /**
   * Repeating is harmless. It ends a pause: whoever has something to say keeps pauses of their own, and may know by now that
   * the far side is back.
   */
  connect(): void {
    const { kind } = this.#status;
    if (kind !== 'idle' && kind !== 'dismissed' && kind !== 'waiting') return;
    this.#cancelPause();
    // The socket that we were dismissed on may still be closing: the next one follows it.
    this.#isReplacing = this.#socket !== undefined;
    if (this.#isReplacing) this.#become({ kind: 'connecting' });
    else this.#open();
  }

  /** Whether it was handed to the network. */
  send(text: string): boolean {
    return this.#status.kind === 'online' && this.#socket?.send(text) === true;
  }

  /** The connection is good for something: from here on counts how long it lived. */
  markUseful(): void {
    this.#usefulFrom ??= this.#options.clock.monotonic();
  }

  /** Another connection is wanted. */
  drop(why: string): void {
    if (this.#status.kind === 'online') this.#socket?.destroy(why);
  }

  /** No other connection is wanted until `connect`. */
  dismiss(reason: string): void {
    if (this.#status.kind !== 'online') return;
    this.#become({ kind: 'dismissed', reason });
    this.#socket?.close('dismissed');
  }

  /** Waits until the socket is gone, which takes two seconds at most. */
  async close(): Promise<void> {
    if (this.#status.kind !== 'closed') {
      this.#cancelPause();
      this.#become({ kind: 'closed' });
      if (this.#socket === undefined) this.#gone.resolve();
      else this.#socket.close('closed by us');
    }
    await this.#gone.promise;
  }

  #become(status: LinkStatus): void {
    this.#status = status;
    this.#options.onStatus(status);
  }

  #open(): void {
    const { clock, openDeadlineMs, authorities, lookup, address, onMessage } = this.#options;
    this.#usefulFrom = undefined;
    this.#isReplacing = false;
    this.#socket = new AgentSocket({
      url: address(),
      clock,
      openDeadlineMs,
      authorities,
      lookup,
      onOpen: () => this.#become({ kind: 'online' }),
      onMessage: (data) => {
        // What comes after a dismissal, or while we close, is for nobody.
        if (this.#status.kind === 'online') onMessage(data);
      },
      onClosed: (why) => this.#onClosed(why),
    });
    this.#become({ kind: 'connecting' });
  }

  #onClosed(why: string): void {
    this.#socket = undefined;
    if (this.#status.kind === 'closed') this.#gone.resolve();
    else if (this.#isReplacing) this.#open();
    else if (this.#status.kind !== 'dismissed') this.#retryLater(why);
  }

  #retryLater(why: string): void {
    const { clock, random } = this.#options;
    if (this.#usefulFrom !== undefined && clock.monotonic() - this.#usefulFrom >= STEADY_MS)
      this.#failures = 0;
    const retryInMs = retryDelayMs(this.#failures, random());
    this.#failures += 1;
    // First the timer: whoever hears of the pause may end it.
    this.#cancelPause = clock.after(retryInMs, () => this.#open());
    this.#become({ kind: 'waiting', why, retryInMs });
  }
}

/** How long to wait before the attempt after so many failed ones, from 0. `chance` is in [0, 1). */
function retryDelayMs(failures: number, chance: number): number {
  const full = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(failures, 10));
  return Math.round(full * (1 - chance / 2));
}
