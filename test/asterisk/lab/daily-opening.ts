const HOUR_MS = 3_600_000;
const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

/** A queue that is closed for the next two hours, and opens once a day: worked out by instants, not by the daemon's calendar. */
export class DailyOpening {
  readonly #timeZone: string;
  /** The first one: a full hour in Greenwich. */
  readonly at: number;

  constructor(timeZone: string) {
    this.#timeZone = timeZone;
    this.at = (Math.floor(Date.now() / HOUR_MS) + 3) * HOUR_MS;
  }

  /** The one after it, where the clocks are not changed in between. */
  get nextDayAt(): number {
    return this.at + 24 * HOUR_MS;
  }

  /** What an admin would write: a quarter of an hour, by the clock on the wall. */
  get hours(): Readonly<Record<string, unknown>> {
    const until = this.#onTheWall(this.at + HOUR_MS / 4);
    const span = `${this.#onTheWall(this.at)}-${until === '00:00' ? '24:00' : until}`;
    return { timeZone: this.#timeZone, ...Object.fromEntries(DAYS.map((day) => [day, span])) };
  }

  /** The local day of the first one. */
  get date(): string {
    // Sweden writes a date as ISO 8601 does.
    return new Intl.DateTimeFormat('sv-SE', { timeZone: this.#timeZone, dateStyle: 'short' }).format(this.at);
  }

  #onTheWall(at: number): string {
    const clock = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat('en-GB', { timeZone: this.#timeZone, ...clock }).format(at);
  }
}
