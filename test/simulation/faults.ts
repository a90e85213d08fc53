import type { Chance } from './chance.ts';
import type { MovideskWeather } from './simulated-movidesk.ts';
import type { VirtualTime } from './virtual-time.ts';

/** What can be made to go wrong. Each may be asked at any time. */
export interface Breakable {
  dropLinks(): void;
  freezeLinks(): void;
  stallLinks(ms: number): void;
  repeatEvents(chance: number): void;
  loseEvents(chance: number): void;
  restartPbx(): void;
  crashPbx(): void;
  redirectDoesNothing(count: number): void;
  swallowActions(count: number): void;
  movideskIs(weather: MovideskWeather): void;
  toggleAgent(): void;
  closeQueue(isClosed: boolean): void;
  jumpClock(ms: number): void;
  kill(): void;
  killAtCrossing(count: number): void;
  stopInOrder(): void;
  /** `full`: commits fail; `fails to sync`: they fail, though some are kept. */
  diskIs(state: 'sound' | 'full' | 'fails to sync'): void;
}

interface Kind {
  readonly name: string;
  /** How often, on average, in a stormy hour. */
  readonly perHour: number;
  /** Begins; what it answers ends it again after `lastsMs`. */
  readonly begin: (world: Breakable, chance: Chance) => (() => void) | undefined;
  readonly lastsMs?: readonly [number, number];
}

const WEATHERS: readonly [MovideskWeather, ...MovideskWeather[]] = [
  'slow',
  'refuses connections',
  'answers nothing',
  'loses answers',
  'fails',
  'fails after the effect',
  'throttles',
  'refuses requests',
  'refuses the token',
  'answers garbage',
];

const once = (act: (world: Breakable, chance: Chance) => void) => (world: Breakable, chance: Chance) => {
  act(world, chance);
  return undefined;
};

const KINDS: readonly Kind[] = [
  { name: 'AMI link dropped', perHour: 12, begin: once((world) => world.dropLinks()) },
  { name: 'AMI link half open', perHour: 5, begin: once((world) => world.freezeLinks()) },
  {
    name: 'AMI stalled',
    perHour: 12,
    begin: once((world, chance) => world.stallLinks(chance.between(100, 4_500))),
  },
  {
    name: 'events repeated',
    perHour: 6,
    lastsMs: [5_000, 120_000],
    begin: (world, chance) => {
      world.repeatEvents(chance.between(0.05, 0.5));
      return () => world.repeatEvents(0);
    },
  },
  {
    name: 'events lost',
    perHour: 3,
    lastsMs: [2_000, 60_000],
    begin: (world, chance) => {
      world.loseEvents(chance.between(0.05, 0.3));
      return () => world.loseEvents(0);
    },
  },
  { name: 'PBX restarted', perHour: 1.5, begin: once((world) => world.restartPbx()) },
  { name: 'PBX crashed', perHour: 1.5, begin: once((world) => world.crashPbx()) },
  {
    name: 'redirects without effect',
    perHour: 8,
    begin: once((world, chance) => world.redirectDoesNothing(chance.whole(1, 3))),
  },
  {
    name: 'actions without answer',
    perHour: 8,
    begin: once((world, chance) => world.swallowActions(chance.whole(1, 6))),
  },
  {
    name: 'Movidesk weather',
    perHour: 15,
    lastsMs: [200, 150_000],
    begin: (world, chance) => {
      world.movideskIs(chance.pick(WEATHERS));
      return () => world.movideskIs('fair');
    },
  },
  { name: 'an agent logs in or out of Movidesk', perHour: 20, begin: once((world) => world.toggleAgent()) },
  {
    name: 'a queue is closed',
    perHour: 2,
    lastsMs: [10_000, 300_000],
    begin: (world) => {
      world.closeQueue(true);
      return () => world.closeQueue(false);
    },
  },
  {
    name: 'the wall clock is set',
    perHour: 3,
    begin: once((world, chance) =>
      world.jumpClock(
        chance.pick([500, 2_000, 61_000, 3_600_000]) *
          (chance.happens(0.5) ? 1 : -1) *
          chance.between(0.5, 1.5),
      ),
    ),
  },
  { name: 'the process is killed', perHour: 6, begin: once((world) => world.kill()) },
  {
    name: 'the process is killed between two steps',
    perHour: 15,
    begin: once((world, chance) => world.killAtCrossing(chance.whole(1, 40))),
  },
  { name: 'the process is stopped in order', perHour: 3, begin: once((world) => world.stopInOrder()) },
  {
    name: 'the disk is full',
    perHour: 2,
    lastsMs: [1_000, 60_000],
    begin: (world) => {
      world.diskIs('full');
      return () => world.diskIs('sound');
    },
  },
  {
    name: 'the disk does not sync',
    perHour: 2,
    lastsMs: [1_000, 20_000],
    begin: (world) => {
      world.diskIs('fails to sync');
      return () => world.diskIs('sound');
    },
  },
];

interface FaultParts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly world: Breakable;
  readonly onFault: (name: string) => void;
}

/** Lets things go wrong, `severity` times as often as in a stormy hour, until it is told to stop. */
export class Faults {
  readonly #parts: FaultParts;
  readonly #endings = new Set<() => void>();
  #isOver = false;
  count = 0;

  constructor(parts: FaultParts, severity: number) {
    this.#parts = parts;
    for (const kind of KINDS) if (severity > 0) this.#plan(kind, severity);
  }

  /** Something that lasts is wrong now. */
  get isAnyOn(): boolean {
    return this.#endings.size > 0;
  }

  /** Nothing more goes wrong, and what is wrong is mended. */
  stop(): void {
    this.#isOver = true;
    for (const end of this.#endings) end();
    this.#endings.clear();
  }

  #plan(kind: Kind, severity: number): void {
    const { time, chance } = this.#parts;
    time.after(chance.exponential(3_600_000 / (kind.perHour * severity)), () => {
      if (this.#isOver) return;
      this.#begin(kind);
      this.#plan(kind, severity);
    });
  }

  #begin({ name, begin, lastsMs }: Kind): void {
    const { time, chance, world, onFault } = this.#parts;
    this.count += 1;
    onFault(name);
    const end = begin(world, chance);
    if (end === undefined || lastsMs === undefined) return;
    this.#endings.add(end);
    time.after(chance.between(...lastsMs), () => {
      if (this.#endings.delete(end)) {
        onFault(`over: ${name}`);
        end();
      }
    });
  }
}
