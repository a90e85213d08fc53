import type { Allowance } from '../domain/budget/allowance.ts';
import type { CallRules } from '../domain/call/call.ts';
import type { CallBackRule } from '../domain/call-back/rule.ts';
import type { DeviceNames } from '../domain/extension/extension-board.ts';
import type { QueueName } from '../domain/identity.ts';
import type { RecordingLink } from '../domain/recording/recording.ts';

/** What the runtime needs of the configuration, in the units of the domain. */
export interface BridgeSettings {
  /** First part of every call id. */
  readonly pbxName: string;
  readonly queues: readonly QueueSettings[];
  readonly devices: DeviceNames;
  /** Sent in place of a withheld number, which the help desk requires. */
  readonly anonymousNumber: string;
  /** Requests started in any 60 s. */
  readonly requestsPerMinute: Allowance;
  /** The help desk silent for this long: callers go to the fallback. */
  readonly failOpenAfterMs: number;
  /** Where the recording of a call opens that an agent made. Nothing: none is linked. */
  readonly madeCallLink?: RecordingLink | undefined;
  /** Nothing where nobody is called back. */
  readonly callBacks?: CallBackSettings | undefined;
}

export interface CallBackSettings {
  readonly rules: readonly CallBackRule[];
  /** For how long whoever is lost may call again before anybody is told of them. */
  readonly delayMs: number;
  /** Whether anything is said of a caller who is called back. */
  readonly areFlagsTold: boolean;
}

export interface QueueSettings {
  readonly name: QueueName;
  /** The memberless queue of Asterisk's own whose callers are this queue's. */
  readonly asteriskQueue: string | undefined;
  readonly rules: CallRules;
}
