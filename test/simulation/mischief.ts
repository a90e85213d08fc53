import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { SimulatedDoor } from './ami-cable.ts';
import type { Chance } from './chance.ts';
import type { Breakable } from './faults.ts';
import type { Lives } from './lives.ts';
import type { MovideskWeather, SimulatedMovidesk } from './simulated-movidesk.ts';
import type { Truth } from './truth.ts';
import type { VirtualTime } from './virtual-time.ts';

interface Parts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly door: SimulatedDoor;
  readonly pbx: PbxSimulator;
  readonly movidesk: SimulatedMovidesk;
  readonly truth: Truth;
  readonly lives: Lives;
  readonly extensions: readonly string[];
}

/** Does to the world what the faults ask for. */
export class Mischief implements Breakable {
  readonly #parts: Parts;
  readonly #offline = new Set<string>();
  /** When anything was last wrong, in milliseconds since the world began. */
  lastDisturbedMs = -Infinity;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  disturbed(): void {
    this.lastDisturbedMs = this.#parts.time.passedMs;
  }

  /** Whatever has no end of its own. */
  mend(): void {
    for (const extension of this.#offline) this.#parts.movidesk.account.allocation.setOnline(extension, true);
    this.#offline.clear();
    this.#parts.pbx.faults.end();
    this.#parts.door.weather.dropsAtNextText = false;
    this.movideskIs('fair');
    this.closeQueue(false);
    this.diskIs('sound');
    this.repeatEvents(0);
    this.loseEvents(0);
  }

  dropLinks(): void {
    const { door, pbx } = this.#parts;
    door.drops(() => pbx.dropConnections());
  }

  freezeLinks(): void {
    this.#parts.pbx.freezeConnections();
  }

  stallLinks(ms: number): void {
    const { door, time } = this.#parts;
    door.weather.stalledUntil = time.passedMs + ms;
  }

  repeatEvents(chance: number): void {
    this.#parts.door.weather.twice = chance;
    this.disturbed();
  }

  loseEvents(chance: number): void {
    this.#parts.door.weather.lost = chance;
    this.disturbed();
  }

  restartPbx(): void {
    if (this.#parts.pbx.isUp) void this.#parts.pbx.restart();
  }

  crashPbx(): void {
    const { pbx, truth } = this.#parts;
    if (!pbx.isUp) return;
    truth.allGone();
    void pbx.crash();
  }

  redirectDoesNothing(count: number): void {
    this.#parts.pbx.faults.nextRedirectDoesNothing(count);
  }

  swallowActions(count: number): void {
    this.#parts.pbx.faults.nextActionsAreNotAnswered(count);
  }

  movideskIs(weather: MovideskWeather): void {
    this.#parts.movidesk.weather = weather;
    this.disturbed();
  }

  toggleAgent(): void {
    const { chance, extensions, movidesk } = this.#parts;
    const extension = extensions[chance.whole(0, extensions.length - 1)] ?? '';
    const isOffline = !this.#offline.has(extension);
    if (isOffline) this.#offline.add(extension);
    else this.#offline.delete(extension);
    movidesk.account.allocation.setOnline(extension, !isOffline);
  }

  closeQueue(isClosed: boolean): void {
    const { movidesk, chance } = this.#parts;
    const calendar = isClosed ? chance.pick(['holiday', 'closed'] as const) : 'open';
    movidesk.account.allocation.setCalendar(1, calendar);
  }

  jumpClock(ms: number): void {
    this.#parts.lives.setWallBy(ms);
  }

  kill(): void {
    this.#parts.lives.current?.kill();
  }

  killAtCrossing(count: number): void {
    this.#parts.lives.current?.killAtCrossing(count);
  }

  stopInOrder(): void {
    this.#parts.lives.stop();
  }

  diskIs(state: 'sound' | 'full' | 'fails to sync'): void {
    this.#parts.lives.diskIs(state);
    this.disturbed();
  }
}
