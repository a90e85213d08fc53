import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { Entry } from '../../src/domain/outbox/entry.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Chance } from './chance.ts';
import { type Death, Life, type LifeParts } from './life.ts';

type Disk = 'sound' | 'full' | 'fails to sync';

interface Parts extends Omit<LifeParts, 'disk' | 'clock' | 'store' | 'isTouched'> {
  readonly onDeath: (death: Death) => void;
  /** A process ended that nobody had killed or stopped, and the disk was sound. */
  readonly onBroken: (cause: unknown) => void;
}

// The machine had been up for a while when the world began.
const UP_BEFORE_MS = 1_000_000;

class DiskFault extends Error {}

/** The processes of a world, one after the other, on one machine and one store. */
export class Lives {
  readonly store: SqliteStore;
  readonly #parts: Parts;
  readonly #chance: Chance;
  #life: Life | undefined;
  #disk: Disk = 'sound';
  #startedAt = 0;
  #isStopAsked = false;
  #isTouched = false;
  #isOver = false;
  readonly #clock: Clock;
  #bootedAt = -UP_BEFORE_MS;
  #wallAheadMs = 0;
  count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#chance = parts.chance.streamOf('away');
    const { time } = parts;
    this.#clock = {
      now: () => Math.round(time.now() + this.#wallAheadMs),
      monotonic: () => Math.floor(time.passedMs - this.#bootedAt),
      // As the machine's own: never sooner than asked for.
      after: (ms, callback) => time.after(Math.ceil(ms), callback),
    };
    this.store = new SqliteStore(':memory:', this.#clock);
  }

  /** Milliseconds since the present process was started; nothing where there is none. */
  get aliveForMs(): number {
    return this.#life === undefined ? 0 : this.#parts.time.passedMs - this.#startedAt;
  }

  get current(): Life | undefined {
    return this.#life;
  }

  start(): void {
    if (this.#isOver) return;
    this.count += 1;
    this.#startedAt = this.#parts.time.passedMs;
    const life = new Life({
      ...this.#parts,
      clock: this.#clock,
      store: this.store,
      isTouched: () => this.#takeTouched(),
      disk: (keep) => this.#write(keep),
    });
    this.#life = life;
    void life.death.then((death) => this.#buried(death));
  }

  /** Somebody sets the clock of the daemon's machine. */
  setWallBy(ms: number): void {
    this.#wallAheadMs += ms;
  }

  /** The operator sends what was parked on its way again, as `outbox retry --all` does. */
  async releaseParked(): Promise<void> {
    const outbox = releasedOf(await this.store.undelivered());
    const relayed = releasedOf(await this.store.undeliveredRelays());
    if (outbox.length + relayed.length === 0) return;
    const nothing = {
      calls: [],
      madeCalls: [],
      timeline: [],
      entries: [],
      relays: [],
      requestsStartedAt: [],
    };
    await this.store.commit({ ...nothing, outbox, relayed });
    this.#isTouched = true;
  }

  /** SIGTERM. */
  stop(): void {
    this.#isStopAsked = true;
    this.#life?.stop();
  }

  diskIs(disk: Disk): void {
    this.#disk = disk;
  }

  /** The last one is stopped in order, and nobody starts another. */
  async end(): Promise<void> {
    this.#isOver = true;
    this.#life?.stop();
    await this.#life?.death;
  }

  #takeTouched(): boolean {
    const isTouched = this.#isTouched;
    this.#isTouched = false;
    return isTouched;
  }

  #buried(death: Death): void {
    this.#life = undefined;
    const isAsked = this.#isStopAsked || this.#isOver;
    if (typeof death === 'object' && !(death.brokenBy instanceof DiskFault))
      this.#parts.onBroken(death.brokenBy);
    if (death === 'stopped' && !isAsked) this.#parts.onBroken('it stopped, and nobody had asked it to');
    this.#isStopAsked = false;
    this.#parts.onDeath(death);
    const { time } = this.#parts;
    if (this.#chance.happens(0.05)) this.#bootedAt = time.passedMs;
    time.after(this.#awayMs(), () => this.start());
  }

  /** systemd starts it again at once; sometimes somebody has to come first. */
  #awayMs(): number {
    return this.#chance.happens(0.1)
      ? this.#chance.between(30_000, 300_000)
      : this.#chance.between(200, 8_000);
  }

  async #write(keep: () => Promise<void>): Promise<void> {
    if (this.#disk === 'sound') return keep();
    // A commit that could not be synced may be on the disk all the same.
    if (this.#disk === 'fails to sync' && this.#chance.happens(0.5)) await keep();
    throw new DiskFault(this.#disk === 'full' ? 'SQLITE_FULL' : 'SQLITE_IOERR_FSYNC');
  }
}

const releasedOf = (undelivered: readonly Pick<Entry, 'seq' | 'parkedBecause'>[]) =>
  undelivered
    .filter(({ parkedBecause }) => parkedBecause !== undefined)
    .map(({ seq }) => ({ kind: 'failed', seq, attempts: 0, cause: '' }) as const);
