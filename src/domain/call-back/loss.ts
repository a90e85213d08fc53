import type { Call, Ending, LeavingReason } from '../call/call.ts';
import type { CallInput } from '../call/input.ts';
import type { QueueName } from '../identity.ts';

/**
 * Why nobody took a caller. `gave-up`: they hung up while they waited, or while a phone rang for them. `unseen`: they were
 * gone when we looked again, and the fallback may have served them meanwhile.
 */
export type LossReason = LeavingReason | 'gave-up' | 'unseen';

/** How a caller was lost. */
export interface Loss {
  readonly queue: QueueName;
  readonly ending: Exclude<Ending, 'completed'>;
  readonly reason: LossReason;
}

/**
 * What was lost with the step from one to the other; nothing where the call goes on, or somebody has the caller. Who stands
 * in a queue again is not lost yet: how that visit ends will tell. And who was found in a talk, in the fallback or
 * wherever the dialplan sent them, is lost to the help desk alone.
 */
export function lossOf(before: Call, after: Call, by: CallInput): Loss | undefined {
  if (before.phase === 'ended' || after.phase !== 'ended') return undefined;
  if (by.kind === 'entered-again' || by.kind === 'found') return undefined;
  const { queue, ending } = after;
  const isLeaving = before.phase === 'leaving';
  if (ending === 'completed' || (ending === 'lost' && !isLeaving)) return undefined;
  const reason = isLeaving ? before.reason : 'gave-up';
  const isUnseen = by.kind === 'missed-hangup' && SENT_TO_FALLBACK.has(reason);
  return { queue, ending, reason: isUnseen ? 'unseen' : reason };
}

/** While we are away the dialplan sends whoever waits to the fallback. The other reasons lead to a message, and to nobody. */
const SENT_TO_FALLBACK: ReadonlySet<LossReason> = new Set(['gave-up', 'unreachable']);

// A record, so that a new reason does not compile without its endings.
const ENDINGS: Readonly<Record<LossReason, readonly Loss['ending'][]>> = {
  holiday: ['lost'],
  closed: ['lost'],
  nobody: ['lost'],
  waited: ['lost'],
  unreachable: ['lost'],
  'gave-up': ['canceled'],
  unseen: ['lost', 'canceled'],
};

const isReason = (text: string): text is LossReason => Object.hasOwn(ENDINGS, text);

export const LOSS_REASONS: readonly LossReason[] = Object.keys(ENDINGS).filter(isReason);

/** Everything that can be lost in a queue. */
export function lossesIn(queue: QueueName): readonly Loss[] {
  return LOSS_REASONS.flatMap((reason) => ENDINGS[reason].map((ending) => ({ queue, ending, reason })));
}
