import pRetry from 'p-retry';
import type { Clock, Random } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { AmiConnection, type Booted, type ConnectionOptions, OpenFailure } from './connection.ts';
import { type AmiCode, remedyOf } from './link-codes.ts';
import { whyUnlinked } from './why-unlinked.ts';

export interface LinkOptions {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** For the log. */
  readonly peer: { readonly host: string; readonly port: number; readonly username: string };
  readonly connection: Omit<ConnectionOptions, 'clock'>;
  /** Makes a booted connection useful. Where it rejects, the connection is dropped and tried again. */
  readonly settle: (connection: AmiConnection, booted: Booted) => Promise<void>;
  /** The connection is gone, or an attempt failed for another reason than the one before. */
  readonly onUnlinked: (why: string) => void;
}

// Every second without a link is a second in which callers go to the fallback; 250 ms is what Asterisk's port refuses
// after a restart, and five seconds, jitter included, is the longest that we leave a PBX that is back without us.
const RETRY_MIN_MS = 250;
const RETRY_MAX_MS = 4_000;
const JITTER_MAX_MS = 1_000;
// A link that was lost sooner than this counts as one more failed attempt, lest a PBX that throws us out at once be
// asked again at once, for ever.
const STEADY_MS = 10_000;

/**
 * Keeps one connection to the PBX, for ever: a new `AmiConnection` for every attempt, with exponential back-off and
 * jitter in between. A refused login or certificate is retried like everything else, since it may be healed on the PBX
 * without anybody touching us.
 */
export class AmiLink {
  readonly #options: LinkOptions;
  readonly #stop = new AbortController();
  #connection: AmiConnection | undefined;
  #running: Promise<void> | undefined;
  #lastWhy = '';

  constructor(options: LinkOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running ??= this.#run();
  }

  /** Waits until the connection is gone. May be repeated. */
  async close(): Promise<void> {
    this.#stop.abort();
    this.#connection?.destroy('closed by us');
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      try {
        await pRetry(() => this.#liveOnce(), {
          signal,
          retries: Number.POSITIVE_INFINITY,
          // It counts the attempts; the waiting between them is ours, on our clock.
          minTimeout: 0,
          onFailedAttempt: ({ error, retriesConsumed }) => this.#onFailedAttempt(error, retriesConsumed),
        });
      } catch (error) {
        if (!signal.aborted) throw error;
      }
    }
  }

  /** One connection from its first byte to its last. Rejects where it did not live long enough to count. */
  async #liveOnce(): Promise<void> {
    const { clock, settle, connection: options } = this.#options;
    const connection = new AmiConnection({ ...options, clock });
    this.#connection = connection;
    try {
      await settle(connection, await connection.open());
    } catch (error) {
      connection.destroy(messageOf(error));
      throw error;
    }
    const linkedAt = clock.monotonic();
    this.#lastWhy = '';
    const why = await connection.closed;
    this.#tell(why);
    if (clock.monotonic() - linkedAt < STEADY_MS) throw new OpenFailure('unreachable', why);
  }

  async #onFailedAttempt(error: Error, retries: number): Promise<void> {
    if (this.#stop.signal.aborted) return;
    const { clock, random, peer } = this.#options;
    const delayMs = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** retries);
    if (this.#tell(whyUnlinked(error, peer))) this.#complain(error, delayMs);
    await this.#pause(clock, delayMs + Math.min(delayMs / 2, JITTER_MAX_MS) * random());
  }

  /** Until the time is over, or we are to stop. */
  #pause(clock: Clock, ms: number): Promise<void> {
    return new Promise((resolve) => {
      const { signal } = this.#stop;
      const onStop = () => {
        cancel();
        resolve();
      };
      const cancel = clock.after(ms, () => {
        signal.removeEventListener('abort', onStop);
        resolve();
      });
      signal.addEventListener('abort', onStop, { once: true });
    });
  }

  /** Once per reason: the hundredth refused connection tells nothing that the first did not. */
  #tell(why: string): boolean {
    if (why === this.#lastWhy || this.#stop.signal.aborted) return false;
    this.#lastWhy = why;
    this.#options.onUnlinked(why);
    return true;
  }

  #complain(error: Error, retryInMs: number): void {
    const { log, peer } = this.#options;
    const facts = { host: peer.host, port: peer.port, why: error.message, retryInMs };
    if (!(error instanceof OpenFailure)) log.error({ ...facts, err: error }, 'the PBX could not be read');
    else if (error.problem === 'login-refused') {
      log.error(
        {
          code: 'AMI_LOGIN_REFUSED',
          username: peer.username,
          remedy: remedyOf('AMI_LOGIN_REFUSED'),
          ...facts,
        },
        'the PBX refuses the login; trying again',
      );
    } else if (error.problem === 'tls-refused') {
      log.error(
        { code: 'AMI_TLS_REFUSED', remedy: error.remedy, ...facts },
        'the PBX is not to be trusted over TLS, so nothing is told to it; trying again',
      );
    } else {
      const code = CODES[error.problem];
      log.warn({ code, remedy: remedyOf(code), ...facts }, 'no link to the PBX; trying again');
    }
  }
}

const CODES = { unreachable: 'AMI_UNREACHABLE', 'not-booted': 'AMI_NOT_BOOTED' } as const satisfies Readonly<
  Record<string, AmiCode>
>;

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
