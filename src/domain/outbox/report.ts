import type { CallId, Extension, Instant, QueueName } from '../identity.ts';

/** One thing the help desk must hear, in the order in which it happened to the call. */
export type Report =
  /** The caller was here, of whom the help desk has not surely heard: what became of them follows at once. */
  | {
      readonly kind: 'received';
      readonly callId: CallId;
      readonly queue: QueueName;
      /** The queue's number there, as it was then: a queue that is still configured goes by the number that it has now. */
      readonly helpDeskQueueId: number;
      readonly clientNumber: string;
      readonly at: Instant;
      /** It was asked about them and its answer was lost: an agent may be held for them. */
      readonly mayHoldAgent: boolean;
    }
  | {
      readonly kind: 'transfered';
      readonly callId: CallId;
      readonly extension: Extension;
      readonly at: Instant;
    }
  | {
      readonly kind: 'completed';
      readonly callId: CallId;
      readonly link: string | undefined;
      readonly at: Instant;
    }
  | {
      readonly kind: 'lost';
      readonly callId: CallId;
      readonly link: string | undefined;
      readonly at: Instant;
    }
  | { readonly kind: 'canceled'; readonly callId: CallId; readonly at: Instant }
  /** The link of a call that an agent made from the help desk. */
  | { readonly kind: 'made-call-link'; readonly callId: CallId; readonly link: string };
