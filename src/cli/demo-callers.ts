import type { MovideskSimulator } from '../simulators/movidesk/simulator.ts';
import type { Caller } from '../simulators/pbx/caller.ts';
import { TimerGroup, wallClock } from '../simulators/pbx/clock.ts';
import type { PbxSimulator } from '../simulators/pbx/pbx-simulator.ts';

/** A queue in which callers are lost, and the one in which somebody gets through. */
interface StoryQueue {
  readonly name: string;
  readonly id: number;
  readonly agents: readonly string[];
}

// At this phone nobody has moods: it answers, two seconds after it begins to ring.
const STEADY_AGENT = '1004';
// Movidesk has this agent for offline, and the PBX has no such phone.
const ABSENT_AGENT = '1005';

const CLOSED: StoryQueue = { name: 'billing', id: 3, agents: [STEADY_AGENT] };
const DESERTED: StoryQueue = { name: 'repairs', id: 4, agents: [ABSENT_AGENT] };
const STAFFED: StoryQueue = { name: 'orders', id: 5, agents: [STEADY_AGENT] };

export const STORY_PHONES = [STEADY_AGENT] as const;
export const STORY_QUEUES = [CLOSED, DESERTED, STAFFED] as const;

const ANA = '5511987650001';
const BRUNO = '5511987650002';
const CARLA = '5511987650003';
const DAVI = '5511987650004';
const WITHHELD = '';

/** Those of whom CCAI Platform is told that the house knows them. */
export const VERIFIED_CUSTOMERS = [`+${ANA}`] as const;

/** Why callers of two of the queues are not taken. */
export function closeStoryQueues(movidesk: MovideskSimulator): void {
  movidesk.setCalendar(CLOSED.id, 'closed');
  movidesk.setOnline(ABSENT_AGENT, false);
}

interface Story {
  /** Printed as it begins. */
  readonly says: string;
  readonly play: (street: Street) => void;
}

const STORIES: readonly Story[] = [
  {
    says: `Ana (+${ANA}, a verified customer) calls billing, which is closed: called at the next opening.`,
    play: (street) => leave(street, street.calls(ANA, CLOSED)),
  },
  {
    says: `Bruno (+${BRUNO}) calls repairs, where nobody is: called back.`,
    play: (street) => leave(street, street.calls(BRUNO, DESERTED)),
  },
  {
    says: `Carla (+${CARLA}) calls orders and gives up: called back.`,
    play: (street) => giveUp(street, street.calls(CARLA, STAFFED)),
  },
  {
    says: `Davi (+${DAVI}) calls orders, gives up, calls again and gets through: not called back.`,
    play: (street) => {
      giveUp(street, street.calls(DAVI, STAFFED));
      street.after(2_000, () => talk(street, street.calls(DAVI, STAFFED)));
    },
  },
  {
    says: 'Somebody without a number calls orders and gives up: cannot be called back.',
    play: (street) => giveUp(street, street.calls(WITHHELD, STAFFED)),
  },
];

// Far enough apart that a reader can follow.
const APART_MS = 2_000;

/** One caller after another whom nobody takes, each for a reason of their own. Returns how to end it. */
export function startStories(pbx: PbxSimulator): { stop(): void } {
  const street = new Street(pbx);
  STORIES.forEach(({ says, play }, place) => {
    street.after(place * APART_MS, () => {
      console.log(`  ${says}`);
      play(street);
    });
  });
  return street;
}

/** Hears why nobody comes, and says a few words. */
const leave = (street: Street, caller: Caller): void =>
  street.once(caller, 'leaving', () => caller.leaveMessage(1));

// Sooner than anybody picks up.
const giveUp = (street: Street, caller: Caller): void => street.after(800, () => caller.hangUp());

const talk = (street: Street, caller: Caller): void =>
  street.once(caller, 'talking', () => street.after(2_000, () => caller.hangUp()));

/** Where the callers are. Once it is stopped nothing happens there any more, and nobody calls a PBX that is gone. */
class Street {
  readonly #pbx: PbxSimulator;
  readonly #time = new TimerGroup(wallClock());
  readonly #listening = new Set<() => void>();

  constructor(pbx: PbxSimulator) {
    this.#pbx = pbx;
  }

  calls(number: string, { name: queue }: StoryQueue): Caller {
    return this.#pbx.callerArrives({ queue, number });
  }

  after(durationMs: number, action: () => void): void {
    this.#time.after(durationMs, action);
  }

  once(caller: Caller, place: Caller['place'], action: () => void): void {
    const stop = this.#pbx.onEvent(() => {
      if (caller.place !== place) return;
      this.#listening.delete(stop);
      stop();
      action();
    });
    this.#listening.add(stop);
  }

  stop(): void {
    this.#time.cancelAll();
    for (const stop of this.#listening) stop();
  }
}
