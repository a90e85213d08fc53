/** A day at a company that takes its calls through Movidesk. */
export interface Setting {
  readonly name: string;
  readonly prose: string;
  readonly queues: readonly SettingQueue[];
  /** Mean length of a talk. */
  readonly talkMs: number;
  readonly wrapUp: WrapUp;
  readonly ownCalls: OwnCalls;
  /** More calls than the limit can carry: only order and the limit itself are asked for. */
  readonly isOverload: boolean;
}

export interface SettingQueue {
  readonly name: string;
  /** In the order of Movidesk. */
  readonly agents: readonly string[];
  /** In the busiest hour of the day; `DAY_SHAPE` says how busy the others are. */
  readonly callsPerMinuteAtPeak: number;
}

/** `timer`: the account sets every agent free after the same time. `by hand`: each agent says when they are done. */
export interface WrapUp {
  readonly kind: 'timer' | 'by hand';
  readonly meanMs: number;
}

/** Calls that an agent makes without Movidesk, which therefore goes on naming them. */
export interface OwnCalls {
  readonly perAgentAndHour: number;
  readonly meanMs: number;
}

const SECOND_MS = 1_000;
const seconds = (count: number): number => count * SECOND_MS;

/** So many extensions in a row. */
const agents = (first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => String(first + index));

const FEW_OWN_CALLS: OwnCalls = { perAgentAndHour: 1, meanMs: seconds(90) };
const MANY_OWN_CALLS: OwnCalls = { perAgentAndHour: 6, meanMs: seconds(120) };

const SMALL_QUEUES = ['sales', 'support', 'billing', 'returns', 'orders', 'press'] as const;

/** The table to tune. */
export const SETTINGS: readonly Setting[] = [
  {
    name: 'light',
    prose: 'One queue of three agents, free for half of the time; wrap-up by a timer of 5 s.',
    queues: [{ name: 'support', agents: agents(1001, 3), callsPerMinuteAtPeak: 0.6 }],
    talkMs: seconds(180),
    wrapUp: { kind: 'timer', meanMs: seconds(5) },
    ownCalls: FEW_OWN_CALLS,
    isOverload: false,
  },
  {
    name: 'steady',
    prose: 'One queue of eight agents, busy for four fifths of the peak; wrap-up by hand, some 25 s.',
    queues: [{ name: 'support', agents: agents(1001, 8), callsPerMinuteAtPeak: 2.5 }],
    talkMs: seconds(125),
    wrapUp: { kind: 'by hand', meanMs: seconds(25) },
    ownCalls: FEW_OWN_CALLS,
    isOverload: false,
  },
  {
    name: 'shared',
    prose: 'Two queues that share two of their six agents; wrap-up by a timer of 60 s.',
    queues: [
      { name: 'sales', agents: agents(1001, 4), callsPerMinuteAtPeak: 0.65 },
      { name: 'support', agents: agents(1003, 4), callsPerMinuteAtPeak: 0.6 },
    ],
    talkMs: seconds(165),
    wrapUp: { kind: 'timer', meanMs: seconds(60) },
    ownCalls: FEW_OWN_CALLS,
    isOverload: false,
  },
  {
    name: 'small queues',
    prose: 'Six queues of two agents each, 2.4 calls a minute in all; wrap-up by a timer of 15 s.',
    queues: SMALL_QUEUES.map((name, index) => ({
      name,
      agents: agents(1001 + 100 * index, 2),
      callsPerMinuteAtPeak: 0.4,
    })),
    talkMs: seconds(150),
    wrapUp: { kind: 'timer', meanMs: seconds(15) },
    ownCalls: FEW_OWN_CALLS,
    isOverload: false,
  },
  {
    name: 'near the limit',
    prose:
      'Three queues, 2.5 calls a minute at the peak, agents who dial out much; wrap-up by a timer of 3 s.',
    queues: [
      { name: 'sales', agents: agents(1001, 8), callsPerMinuteAtPeak: 1 },
      { name: 'support', agents: agents(1101, 6), callsPerMinuteAtPeak: 0.85 },
      { name: 'billing', agents: agents(1201, 4), callsPerMinuteAtPeak: 0.65 },
    ],
    talkMs: seconds(140),
    wrapUp: { kind: 'timer', meanMs: seconds(3) },
    ownCalls: MANY_OWN_CALLS,
    isOverload: false,
  },
  {
    name: 'overload',
    prose:
      'Four queues, 4.6 calls a minute at the peak where the limit carries 3.3; wrap-up by hand, some 20 s.',
    queues: [
      { name: 'sales', agents: agents(1001, 8), callsPerMinuteAtPeak: 1.6 },
      { name: 'support', agents: agents(1101, 6), callsPerMinuteAtPeak: 1.2 },
      { name: 'billing', agents: agents(1201, 5), callsPerMinuteAtPeak: 1 },
      { name: 'orders', agents: agents(1301, 4), callsPerMinuteAtPeak: 0.8 },
    ],
    talkMs: seconds(150),
    wrapUp: { kind: 'by hand', meanMs: seconds(20) },
    ownCalls: FEW_OWN_CALLS,
    isOverload: true,
  },
];
