import type { Chance } from './chance.ts';
import { type Death, Life, type LifeParts } from './life.ts';

type Disk = 'sound' | 'full' | 'fails to sync';

interface Parts extends Omit<LifeParts, 'disk' | 'wallAheadMs'> {
  readonly onDeath: (death: Death) => void;
  /** A process ended that nobody had killed or stopped, and the disk was sound. */
  readonly onBroken: (cause: unknown) => void;
}

/** The processes of a world, one after the other, on one store. */
export class Lives {
  readonly #parts: Parts;
  readonly #chance: Chance;
  #life: Life | undefined;
  #disk: Disk = 'sound';
  #hasFailed = false;
  #isOver = false;
  wallAheadMs = 0;
  count = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#chance = parts.chance.streamOf('lives');
  }

  get current(): Life | undefined {
    return this.#life;
  }

  start(): void {
    if (this.#isOver) return;
    this.count += 1;
    this.#hasFailed = false;
    const life = new Life({
      ...this.#parts,
      wallAheadMs: () => this.wallAheadMs,
      disk: (keep) => this.#write(keep),
    });
    this.#life = life;
    void life.death.then((death) => this.#buried(death));
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

  #buried(death: Death): void {
    this.#life = undefined;
    if (typeof death === 'object' && !this.#hasFailed) this.#parts.onBroken(death.brokenBy);
    this.#parts.onDeath(death);
    this.#parts.time.after(this.#awayMs(), () => this.start());
  }

  /** systemd starts it again at once; sometimes somebody has to come first. */
  #awayMs(): number {
    return this.#chance.happens(0.1)
      ? this.#chance.between(30_000, 300_000)
      : this.#chance.between(200, 8_000);
  }

  async #write(keep: () => Promise<void>): Promise<void> {
    if (this.#disk === 'sound') return keep();
    this.#hasFailed = true;
    // A commit that could not be synced may be on the disk all the same.
    if (this.#disk === 'fails to sync' && this.#chance.happens(0.5)) await keep();
    throw new Error(this.#disk === 'full' ? 'SQLITE_FULL' : 'SQLITE_IOERR_FSYNC');
  }
}
