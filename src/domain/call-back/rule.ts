import type { QueueName } from '../identity.ts';
import type { Loss, LossReason } from './loss.ts';

/** Which losses are meant, and what is made of them. Of a list of rules the first one that matches decides. */
export type CallBackRule = LossesMeant & Consequence;

interface LossesMeant {
  /** Nothing, here and below: any. */
  readonly queues: readonly QueueName[] | undefined;
  readonly ending: Loss['ending'] | undefined;
  /** Nothing: any but `unseen`, which is meant only where it is named. */
  readonly reasons: readonly LossReason[] | undefined;
}

/** `call-back`: as soon as an agent is free; `schedule`: when the queue opens next. */
type Consequence =
  | { readonly wants: 'nothing' }
  | { readonly wants: 'call-back' | 'schedule'; readonly order: CallOrder };

/** What the far side is told about the call that it is to make. */
export interface CallOrder {
  readonly menuId: number;
  /** The menu of a call for later; those that take calls now need not take any for later. */
  readonly scheduledMenuId: number;
  /** Instead of a menu whose callers are being sent elsewhere. */
  readonly alternativeMenuId: number | undefined;
  readonly lang: string;
  /** Instead of a language that is not spoken there. */
  readonly alternativeLang: string | undefined;
  readonly recordingPermission: RecordingPermission;
  /** The number that the called person sees, in E.164; nothing: the far side's own choice. */
  readonly outboundNumber: string | undefined;
}

/** Whether the caller has agreed to being recorded. */
export type RecordingPermission = 'not-asked' | 'granted' | 'denied';

/** The rule that decides about a loss. */
export function ruleFor(rules: readonly CallBackRule[], loss: Loss): CallBackRule | undefined {
  return rules.find((rule) => isMeant(rule, loss));
}

export function isMeant({ queues, ending, reasons }: CallBackRule, loss: Loss): boolean {
  return (
    (queues === undefined || queues.includes(loss.queue)) &&
    (ending === undefined || ending === loss.ending) &&
    (reasons === undefined ? loss.reason !== 'unseen' : reasons.includes(loss.reason))
  );
}
