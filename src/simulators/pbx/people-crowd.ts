import { type Cancel, type SimulatorClock, wallClock } from './clock.ts';
import { type RandomSource, seededRandom } from './random.ts';

/** A way in: a queue of ours, or an existing queue without members. */
export interface Entrance {
  readonly queue: string;
  readonly via?: 'dialplan' | 'asterisk-queue';
}

export interface CrowdOptions {
  readonly queues: readonly Entrance[];
  readonly random?: RandomSource;
  readonly clock?: SimulatorClock;
  /** How long a talk takes, on average. */
  readonly talkSeconds?: number;
  /** How often an agent thinks of something else to do, on average. */
  readonly thinkSeconds?: number;
  /** How many times as fast as people these are: in all they do, not in what the PBX does. */
  readonly pace?: number;
}

/** What all people of a day share: their chance, their time, and the order to go home. */
export class Crowd {
  readonly random: RandomSource;
  readonly talkSeconds: number;
  readonly thinkSeconds: number;
  readonly pace: number;
  readonly queues: readonly Entrance[];
  private readonly clock: SimulatorClock;
  private readonly pending = new Set<Cancel>();

  constructor(options: CrowdOptions) {
    this.random = options.random ?? seededRandom(7);
    this.clock = options.clock ?? wallClock();
    this.talkSeconds = options.talkSeconds ?? 45;
    this.thinkSeconds = options.thinkSeconds ?? 40;
    this.pace = options.pace ?? 1;
    this.queues = options.queues;
  }

  after(durationMs: number, action: () => void): void {
    const cancel = this.clock.after(durationMs / this.pace, () => {
      this.pending.delete(cancel);
      action();
    });
    this.pending.add(cancel);
  }

  stop(): void {
    for (const cancel of this.pending) cancel();
    this.pending.clear();
  }
}
