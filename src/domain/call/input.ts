import type { Verdict } from '../extension/availability.ts';
import type { Extension, Instant } from '../identity.ts';

/** Everything that can happen to a call. Outcomes of effects come back as inputs, too. */
export type CallInput =
  /** The help desk is about to be asked for an agent; the answer comes as one of the next three, or never. */
  | { readonly kind: 'asked' }
  /** It named one. The verdict is ours, from what is known before the PBX is asked: reserved, set aside, known busy. */
  | { readonly kind: 'agent-named'; readonly extension: Extension; readonly verdict: Verdict }
  /** It has nobody free at the moment: ask again later. */
  | { readonly kind: 'nobody-free'; readonly because: string }
  /** It has nobody for this caller, and asking again is pointless. */
  | { readonly kind: 'no-agent'; readonly reason: 'holiday' | 'closed' | 'nobody' }
  /** The PBX's fresh word on the extension being offered. */
  | { readonly kind: 'extension-checked'; readonly extension: Extension; readonly verdict: Verdict }
  /** The offer cannot be made, and not because of the extension: the PBX does not answer, or the caller is elsewhere. */
  | { readonly kind: 'called-off'; readonly extension: Extension; readonly why: string }
  /** The PBX would not move the caller to the extension. */
  | {
      readonly kind: 'not-moved';
      readonly to: 'extension' | 'hold' | 'leaving';
      readonly problem: MoveProblem;
    }
  | { readonly kind: 'ringing'; readonly extension: Extension | undefined }
  /** A dial of the caller's channel was answered; by which offer, where the channel says so. */
  | {
      readonly kind: 'answered';
      readonly by: AnsweredBy;
      /** The file that the talk is being recorded to, where the channel says so. */
      readonly recording?: string | undefined;
    }
  /** The dialplan's word that the extension did not take the caller, who is back on hold. */
  | {
      readonly kind: 'offer-failed';
      readonly extension: Extension | undefined;
      readonly dialStatus: string;
      readonly hangupCause: string;
    }
  | { readonly kind: 'transferred'; readonly how: 'blind' | 'attended'; readonly target: string }
  /** The caller left a message; `file` is nothing where it is empty. */
  | { readonly kind: 'message-left'; readonly file: string | undefined }
  /** The caller's channel is gone from the PBX. `recording`: the file that the channel carried. */
  | {
      readonly kind: 'gone';
      readonly at: Instant;
      readonly recording: string | undefined;
      readonly cause: string;
      /** The answer may have been told in an event that never came. */
      readonly diary: Diary | undefined;
    }
  /** The caller stands in a queue again: this visit is over. The dialplan closes its diary first, where there is one. */
  | { readonly kind: 'entered-again'; readonly at: Instant; readonly diary: Diary | undefined }
  /** The deadline that `deadlineOf` named has come. */
  | { readonly kind: 'deadline'; readonly of: Instant }
  /** The help desk has been out of reach for too long, or refuses to hear of this caller. */
  | { readonly kind: 'help-desk-silent' }
  /** The PBX shows the caller's channel, and where: asked since the call is as it is. */
  | {
      readonly kind: 'found';
      readonly place: Place;
      readonly diary: Diary | undefined;
    }
  /** The snapshot does not show it: it ended while nobody was listening. */
  | {
      readonly kind: 'missed-hangup';
      readonly diary: Diary | undefined;
      readonly farewell?: Farewell | undefined;
      /** They were gone by then at the latest, where that is known to be earlier than now. */
      readonly goneBy?: Instant | undefined;
    };

export type Answered = Extract<CallInput, { kind: 'answered' }>;

/** `gone`: no such channel. `refused`: the PBX said no. `unlinked`: it was not asked, or did not answer. */
export type MoveProblem = 'gone' | 'refused' | 'unlinked';

/** `agent`: dialled from the agent context; `elsewhere`: anywhere else, the fallback among it. */
export type AnsweredBy =
  | { readonly context: 'agent'; readonly extension: Extension | undefined }
  | { readonly context: 'elsewhere' };

/**
 * Where a caller's channel is. `hold`: waiting, in our context or in the memberless queue; `dialling`: an extension
 * rings for it; `talking`: bridged after our offer; `lost`: hearing why, or leaving a message; `fallback`: where callers
 * go without us; `elsewhere`: anywhere else, e.g. transferred.
 */
export type Place =
  | { readonly at: 'hold' | 'lost' }
  | { readonly at: 'agent'; readonly extension: Extension | undefined; readonly bridged: boolean }
  | { readonly at: 'fallback' | 'elsewhere'; readonly bridged: boolean };

/** What the dialplan wrote down about a call, whether or not anybody was listening. */
export interface Diary {
  readonly answeredBy: Extension;
  readonly answeredAt: Instant;
  readonly endedAt: Instant | undefined;
  readonly recording: string | undefined;
}

/** What it wrote down of a caller whom nobody could take, when they hung up. */
export interface Farewell {
  readonly at: Instant;
  /** File name of the message they left. */
  readonly message: string | undefined;
}
