import type { Fault } from '../../src/simulators/movidesk/faults.ts';

/** What people and fate will do in one round. All of it follows from the seed; the machine's timing does not. */
export interface Plan {
  readonly seed: number;
  readonly requestsPerMinute: number;
  /** The longest that a caller stays in any case. */
  readonly longestStayMs: number;
  readonly ringSeconds: number;
  readonly maxWaitSeconds: number;
  /** Whether Movidesk keeps an agent for the caller to whom it named them; its page does not say. */
  readonly reserveNamed: boolean;
  /** Movidesk's order of agents, for each of the two queues. */
  readonly serving: readonly [support: readonly string[], sales: readonly string[]];
  readonly callers: readonly CallerPlan[];
  readonly phones: Readonly<Record<string, PhonePlan>>;
  /** Killed so soon after its very first start, with no store yet. */
  readonly stillbornAfterMs: number | undefined;
  readonly kills: readonly KillPlan[];
  readonly cuts: readonly CutPlan[];
  readonly movidesk: readonly MovideskTrouble[];
  /** The PBX itself dies. */
  readonly pbx: PbxTrouble | undefined;
}

export interface CallerPlan {
  readonly number: string;
  /** What they dial: `support`, or `q_sales` for the Asterisk queue. */
  readonly to: 'support' | 'q_sales';
  readonly atMs: number;
  /** Hangs up after waiting for so long. */
  readonly patienceMs: number;
  /** One for each talk with an agent of ours: somebody sent back to the queue may have a second. */
  readonly talks: readonly TalkPlan[];
  /** Hangs up after hearing for so long that nobody comes; long enough, and there is a message. */
  readonly regretMs: number;
}

export interface TalkPlan {
  readonly ms: number;
  readonly endedBy: 'caller' | 'agent';
  /** What the agent does in the middle of it. */
  readonly midway: 'nothing' | 'hold' | 'to-colleague' | 'to-queue';
}

export type PhonePlan =
  /** `isQuiet`: does not say that it rings, and so looks free until somebody picks up. */
  | { readonly kind: 'person'; readonly isQuiet: boolean; readonly rings: readonly RingPlan[] }
  | { readonly kind: 'refuses'; readonly status: '486 Busy Here' | '603 Decline' }
  | { readonly kind: 'unplugged' }
  | { readonly kind: 'unregistered' };

/** Picks up after so long, or lets it ring. */
export type RingPlan = { readonly answersAfterMs: number } | 'ignores';

/** Something that the director sees happen; kills are best at the moment of a change. */
export type Moment = 'entered' | 'asked' | 'offered' | 'ringing' | 'answered' | 'left' | 'told' | 'ended';

export interface KillPlan {
  /** So long after the n-th such moment of the round; at `atMs` at the latest. */
  readonly after: { readonly moment: Moment; readonly nth: number; readonly delayMs: number } | undefined;
  readonly atMs: number;
  readonly how: 'SIGKILL' | 'SIGTERM';
  readonly downMs: number;
  /** And once more, so soon after it was started again. */
  readonly againAfterMs: number | undefined;
}

export interface CutPlan {
  readonly atMs: number;
  /** `cut`: refused for a while. `stall`: nothing passes for a while, and then all of it. */
  readonly how: 'cut' | 'stall';
  readonly forMs: number;
}

export interface MovideskTrouble {
  readonly atMs: number;
  readonly forMs: number;
  readonly what:
    | { readonly kind: 'fault'; readonly fault: Fault }
    | { readonly kind: 'calendar'; readonly queueId: number; readonly calendar: 'holiday' | 'closed' }
    | { readonly kind: 'offline'; readonly queueId: number };
}

export interface PbxTrouble {
  readonly atMs: number;
  readonly how: 'kill' | 'stop';
  readonly downMs: number;
}
