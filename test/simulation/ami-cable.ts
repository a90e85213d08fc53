import type { AmiSocket, Door } from '../../src/simulators/pbx/ami/door.ts';
import type { Chance } from './chance.ts';
import type { VirtualTime } from './virtual-time.ts';

const FRAME_END = '\r\n\r\n';

// Share of the chunks that arrive in two pieces, and of the links that are dropped with the next text under way.
const CUT = 0.2;
const DROPPED_IN_MID_TEXT = 0.5;

/** What befalls the AMI stream at present; set by the faults. */
export interface AmiWeather {
  /** Nothing arrives before that instant of the world, in either direction. */
  stalledUntil: number;
  /** Chance of each event to be told twice. */
  twice: number;
  /** The next text is cut off with its link. */
  dropsAtNextText: boolean;
  /** Chance of each event to be lost: a filter, or a channel that lost its mark. */
  lost: number;
}

const fairAmiWeather = (): AmiWeather => ({ stalledUntil: 0, dropsAtNextText: false, twice: 0, lost: 0 });

/** The daemon's end of a connection. */
export interface CableEnd {
  send(text: string): void;
  destroy(): void;
  /** The daemon's process is gone: the PBX sees the connection end, and nobody hears anything any more. */
  abandon(): void;
}

export interface CableEvents {
  readonly onConnect: () => void;
  readonly onText: (text: string) => void;
  readonly onClose: (why: string) => void;
}

/** The manager port of a simulated PBX, and the network before it: text takes its time and keeps its order. */
export class SimulatedDoor implements Door {
  readonly port = 5038;
  readonly weather = fairAmiWeather();
  readonly #time: VirtualTime;
  readonly #chance: Chance;
  #accept: ((socket: AmiSocket) => void) | undefined;

  constructor(time: VirtualTime, chance: Chance) {
    this.#time = time;
    this.#chance = chance;
  }

  async open(_port: number, onConnection: (socket: AmiSocket) => void): Promise<void> {
    this.#accept = onConnection;
  }

  async close(endAll: () => void): Promise<void> {
    this.#accept = undefined;
    endAll();
  }

  /** Links are cut now, or in the middle of what is told next. */
  drops(dropNow: () => void): void {
    if (this.#chance.happens(DROPPED_IN_MID_TEXT)) this.weather.dropsAtNextText = true;
    else dropNow();
  }

  connect(events: CableEvents): CableEnd {
    const cable = new Cable({ time: this.#time, chance: this.#chance, weather: this.weather, events });
    cable.reach(() => this.#accept);
    return cable;
  }
}

interface CableParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly weather: AmiWeather;
  readonly events: CableEvents;
}

/** One connection, seen from both ends. */
class Cable implements CableEnd, AmiSocket {
  readonly #parts: CableParts;
  readonly #onData: ((chunk: Buffer) => void)[] = [];
  readonly #onClose: (() => void)[] = [];
  destroyed = false;
  writableEnded = false;
  readonly writableLength = 0;
  /** What is under way to the daemon, and when the last of it arrives. */
  #underWay = '';
  #arrivesAt = 0;
  #sentArrivesAt = 0;
  #isDaemonGone = false;

  constructor(parts: CableParts) {
    this.#parts = parts;
  }

  /** The daemon's connection attempt arrives. */
  reach(accept: () => ((socket: AmiSocket) => void) | undefined): void {
    this.#later(this.#latencyMs(), () => {
      if (this.destroyed) return;
      const onConnection = accept();
      if (onConnection === undefined) {
        this.destroyed = true;
        this.#tellDaemon(() => this.#parts.events.onClose('connect ECONNREFUSED'));
        return;
      }
      this.#tellDaemon(() => this.#parts.events.onConnect());
      onConnection(this);
    });
  }

  // The daemon's end.

  send(text: string): void {
    const { time, weather } = this.#parts;
    this.#sentArrivesAt = Math.max(
      this.#sentArrivesAt,
      time.passedMs + this.#latencyMs(),
      weather.stalledUntil,
    );
    this.#later(this.#sentArrivesAt - time.passedMs, () => {
      if (!this.destroyed) for (const listener of this.#onData) listener(Buffer.from(text));
    });
  }

  // The PBX's end.

  on(event: 'data' | 'error' | 'close', listener: ((chunk: Buffer) => void) | (() => void)): void {
    if (event === 'data') this.#onData.push(listener);
    else if (event === 'close') this.#onClose.push(listener as () => void);
  }

  setNoDelay(): void {}

  /** Half open: what arrives is not read, and the session writes nothing any more. */
  pause(): void {}

  write(text: string): void {
    if (this.destroyed) return;
    const { time, weather } = this.#parts;
    const isFirst = this.#underWay === '';
    this.#underWay += this.#befallen(text);
    if (weather.dropsAtNextText) {
      weather.dropsAtNextText = false;
      this.destroy();
      return;
    }
    if (!isFirst) return;
    this.#arrivesAt = Math.max(time.passedMs + this.#latencyMs(), weather.stalledUntil);
    this.#later(this.#arrivesAt - time.passedMs, () => this.#arrive());
  }

  destroySoon(): void {
    this.#close(this.#underWay);
  }

  /** From either end. What was under way is cut anywhere. */
  destroy(): void {
    this.#close(this.#underWay.slice(0, Math.floor(this.#parts.chance.next() * this.#underWay.length)));
  }

  abandon(): void {
    this.#isDaemonGone = true;
    this.destroy();
  }

  #arrive(): void {
    if (this.destroyed) return;
    const { time, weather } = this.#parts;
    if (weather.stalledUntil > time.passedMs) {
      this.#later(weather.stalledUntil - time.passedMs, () => this.#arrive());
      return;
    }
    // Networks cut where they like; the rest comes a moment later.
    const { chance } = this.#parts;
    const length = this.#underWay.length;
    const cut = chance.happens(CUT) ? chance.whole(0, length) : length;
    const text = this.#underWay.slice(0, cut);
    this.#underWay = this.#underWay.slice(cut);
    if (this.#underWay !== '') this.#later(this.#latencyMs(), () => this.#arrive());
    this.#tellDaemon(() => this.#parts.events.onText(text));
  }

  #close(lastText: string): void {
    if (this.destroyed) return;
    this.destroyed = true;
    this.writableEnded = true;
    this.#underWay = '';
    for (const listener of this.#onClose) listener();
    this.#later(this.#latencyMs(), () =>
      this.#tellDaemon(() => {
        if (lastText !== '') this.#parts.events.onText(lastText);
        this.#parts.events.onClose('the PBX closed the connection');
      }),
    );
  }

  #befallen(text: string): string {
    const { weather, chance } = this.#parts;
    if (weather.twice === 0 && weather.lost === 0) return text;
    // A list would be told short, which real links do not do; what nobody asked for may be lost or come twice.
    if (!text.startsWith('Event: ') || text.includes('\r\nActionID: ') || !text.endsWith(FRAME_END))
      return text;
    if (chance.happens(weather.lost)) return '';
    return chance.happens(weather.twice) ? text + text : text;
  }

  #tellDaemon(tell: () => void): void {
    if (!this.#isDaemonGone) tell();
  }

  #latencyMs(): number {
    return this.#parts.chance.between(0.1, 2);
  }

  #later(ms: number, action: () => void): void {
    this.#parts.time.after(ms, action);
  }
}
