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
  | LinkReport;

/** A link by itself, without an ending. */
export interface LinkReport {
  readonly kind: /** Of a call that an agent made from the help desk. */
    | 'made-call-link'
    /** Another one than was told at the call's end: the recording was moved, or found only now. */
    | 'repaired-link';
  readonly callId: CallId;
  readonly link: string;
}

// Movidesk's page on setMadeCallLink: "Link", text, size 256.
const MOST_LINK_CHARACTERS = 256;

/** The help desk would not take it. */
export const isTooLong = ({ link }: LinkReport): boolean => link.length > MOST_LINK_CHARACTERS;

/** No caller's way hangs on it: whatever becomes of it says nothing of whether callers can be served. */
export const isLink = (report: Report): report is LinkReport =>
  report.kind === 'made-call-link' || report.kind === 'repaired-link';

/** Nobody waits for it: what the help desk will not have is given up, and no person is asked about it. */
export const mayBeGivenUp = ({ kind }: Report): boolean => kind === 'repaired-link';
