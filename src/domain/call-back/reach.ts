import type { QueueName } from '../identity.ts';
import { lossesIn } from './loss.ts';
import { type CallBackRule, isMeant } from './rule.ts';

/** What a rule, at its place among the others, can come to decide. */
export interface Reach {
  readonly rule: CallBackRule;
  /** Queues in which there is a loss that this rule decides about. */
  readonly queues: readonly QueueName[];
  /** Places of the earlier rules that decide about losses meant here. */
  readonly takenBy: readonly number[];
}

/** The reach of each rule, every loss of every queue considered: they are few. */
export function reachOf(rules: readonly CallBackRule[], queues: readonly QueueName[]): readonly Reach[] {
  const losses = queues.flatMap(lossesIn).map((loss) => ({
    loss,
    decidedBy: rules.findIndex((rule) => isMeant(rule, loss)),
  }));
  return rules.map((rule, place) => {
    const meant = losses.filter(({ loss }) => isMeant(rule, loss));
    const decided = meant.filter(({ decidedBy }) => decidedBy === place);
    const deciders = new Set(meant.map(({ decidedBy }) => decidedBy));
    return {
      rule,
      queues: [...new Set(decided.map(({ loss }) => loss.queue))],
      takenBy: [...rules.keys()].filter((earlier) => earlier < place && deciders.has(earlier)),
    };
  });
}
