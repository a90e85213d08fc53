import { hoursOf, type QueueHours } from '../domain/call-back/opening-hours.ts';
import { type Reach, reachOf } from '../domain/call-back/reach.ts';
import type { CallBackRule } from '../domain/call-back/rule.ts';
import type { QueueName } from '../domain/identity.ts';
import type { Mistake } from './mistake.ts';

interface Rules {
  readonly rules: readonly CallBackRule[];
  readonly queues: readonly QueueName[];
  readonly hours: readonly QueueHours[];
}

/** Rules that nothing would ever come to, and rules that would have to schedule a call and could not. */
export function mistakesInReach({ rules, queues, hours }: Rules): readonly Mistake[] {
  return reachOf(rules, queues).flatMap((reach, index) => {
    const key = `ccai.rules[${index}]`;
    if (reach.queues.length === 0) return [{ key, ...neverReached(reach) }];
    const unserved = reach.queues.filter((queue) => hoursOf(hours, queue) === undefined);
    return unserved.length > 0 ? withoutHours(reach.rule, key, unserved) : [];
  });
}

function neverReached({ takenBy }: Reach): Omit<Mistake, 'key'> {
  if (takenBy.length === 0) {
    const problem = 'means nothing that can happen: gave-up is always canceled, every other reason lost';
    return { problem, remedy: 'correct ending or reason' };
  }
  const takers = takenBy.map((place) => `ccai.rules[${place}]`).join(' and ');
  return {
    problem: `can never decide: ${takers} before it already ${takenBy.length === 1 ? 'means' : 'mean'} all of it`,
    remedy: 'move it up, or remove it',
  };
}

function withoutHours(rule: CallBackRule, key: string, queues: readonly QueueName[]): readonly Mistake[] {
  if (rule.wants === 'nothing') return [];
  const problem = `needs opening hours, and ${queues.join(', ')} ${queues.length === 1 ? 'has' : 'have'} none`;
  const remedy = 'write them in ccai.openingHours';
  if (rule.wants === 'schedule') return [{ key: `${key}.then`, problem, remedy }];
  // It was written for calls that are scheduled after all.
  return rule.order.scheduledMenuId === rule.order.menuId
    ? []
    : [{ key: `${key}.scheduledMenuId`, problem, remedy }];
}
