import type { Diary } from '../call/input.ts';
import type { CallId, Extension, Instant } from '../identity.ts';
import type { LinkReport } from '../outbox/report.ts';
import type { RecordingLink } from '../recording/recording.ts';

/** A call that an agent makes from the help desk: the PBX rings them, and then the customer. */
export interface MadeCall {
  /** The help desk was given it, and the channel that carries the call has it for its identity. */
  readonly callId: CallId;
  readonly agent: Extension;
  /** The customer's number as it is dialled. */
  readonly clientNumber: string;
  readonly madeAt: Instant;
  /** The PBX did not say in time that it makes the call, so the help desk was given no id. It would refuse one from nowhere. */
  readonly isIdUntold?: true;
}

/** `not-made`: the PBX did not take it, and nobody was rung. `unanswered`: the agent or the customer was, in vain. */
export type MadeCallResult = 'answered' | 'unanswered' | 'not-made';

export interface EndedMadeCall extends MadeCall {
  readonly endedAt: Instant;
  readonly result: MadeCallResult;
}

/** What is learned of a made call that is open. */
export type MadeCallNews =
  /** The PBX said no, or could not be told: there is no such channel. */
  | { readonly kind: 'not-made' }
  /** Its channel is not there. `isToldOver`: by the dialplan, which has seen it. */
  | { readonly kind: 'gone'; readonly diary: Diary | undefined; readonly isToldOver: boolean };

export type MadeCallDecision =
  | { readonly kind: 'still-open'; readonly why: string }
  | { readonly kind: 'ended'; readonly call: EndedMadeCall; readonly report: LinkReport | undefined };

/**
 * Between the PBX's word that it will make the call, and the channel, there are milliseconds. Whoever looks so early that it
 * is not there yet must not take it for one that is over.
 */
export const SURELY_THERE_AFTER_MS = 10_000;

/**
 * A made call has two states: open, from the moment it is committed to, and ended, with one result. Open it stays until its
 * channel is gone (the PBX is asked; nobody is believed), and what became of it the dialplan's diary tells.
 *
 * | news | becomes |
 * |---|---|
 * | not-made | ended: not-made |
 * | gone, with an answer in the diary | ended: answered; the link, where the talk was recorded, links are configured, and the help desk has the call's id |
 * | gone, without | ended: unanswered; still open where it is so young that its channel may be yet to come |
 */
export function decideMadeCall(
  call: MadeCall,
  news: MadeCallNews,
  { now, recordingLink }: { now: Instant; recordingLink: RecordingLink },
): MadeCallDecision {
  if (news.kind === 'not-made') return ended(call, 'not-made', now);
  const { diary, isToldOver } = news;
  if (diary !== undefined) {
    const link = linkOf(call, diary.recording, recordingLink);
    const report =
      link === undefined ? undefined : ({ kind: 'made-call-link', callId: call.callId, link } as const);
    return { ...ended(call, 'answered', diary.endedAt ?? now), report };
  }
  // A clock that was set back makes of an old call one that is yet to be made.
  const isYoung = Math.abs(now - call.madeAt) < SURELY_THERE_AFTER_MS;
  if (isYoung && !isToldOver) return { kind: 'still-open', why: 'its channel may be yet to come' };
  return ended(call, 'unanswered', now);
}

function ended(call: MadeCall, result: MadeCallResult, endedAt: Instant) {
  return { kind: 'ended', call: { ...call, endedAt, result }, report: undefined } as const;
}

function linkOf(
  { callId, agent, madeAt, isIdUntold }: MadeCall,
  file: string | undefined,
  recordingLink: RecordingLink,
): string | undefined {
  if (file === undefined || isIdUntold === true) return undefined;
  return recordingLink({ file, callId, extension: agent, queue: undefined, callAt: madeAt });
}
