import type { Extension, Instant } from '../identity.ts';
import type { Call, CallRules, LeavingReason, OfferedCall, TalkingCall, WaitingCall } from './call.ts';
import { visitOf } from './call.ts';
import { PBX_SILENCE_MS, RING_GRACE_MS } from './deadline.ts';
import type { CallEffect, Decision } from './decision.ts';
import { decided } from './decision.ts';
import { complete, taken } from './ending.ts';
import type { Answered, Diary } from './input.ts';

/** The moves that more than one phase makes. Each names the phase it ends in. */

export function offerTo(call: Call, extension: Extension, now: Instant): Decision {
  const offer = { extension, stage: 'checking', until: now + PBX_SILENCE_MS } as const;
  return decided(
    { ...visitOf(call), phase: 'offered', offer },
    { effects: [{ kind: 'check-extension', extension }] },
  );
}

export function nowRinging(call: Call, extension: Extension, now: Instant, rules: CallRules): Decision {
  const offer = { extension, stage: 'ringing', until: now + rules.ringMs + RING_GRACE_MS } as const;
  return decided({ ...visitOf(call), phase: 'offered', offer });
}

/** The offer is over through no fault of the extension; the caller keeps their place. */
export function callOff(call: OfferedCall): Decision {
  return decided(backInLine(call));
}

function backInLine(call: OfferedCall): WaitingCall {
  return { ...visitOf(call), phase: 'waiting', lastOffered: call.offer.extension };
}

/** The offer is over; the caller keeps their place, the extension waits for a sign of life. */
export function waitAgain(call: OfferedCall, why: string, effects: readonly CallEffect[] = []): Decision {
  const { extension } = call.offer;
  return decided(backInLine(call), { effects, putAside: { extension, why } });
}

export interface Answer {
  readonly extension: Extension;
  readonly answeredAt: Instant;
  readonly recording: string | undefined;
}

export function talkTo(
  call: Call,
  answer: Answer,
  rules: CallRules,
  effects: readonly CallEffect[] = [],
): Decision {
  const talking = talkingCall(call, answer);
  return decided(talking, { reports: taken(call, talking, rules), effects });
}

/** They were answered, and it was over before anybody looked. */
export function talkedAndLeft(call: Call, diary: Diary, now: Instant, rules: CallRules): Decision {
  const talking = talkingCall(call, answerIn(diary));
  const facts = { at: diary.endedAt ?? now, inferred: diary.endedAt === undefined };
  const ending = complete(talking, facts, rules);
  return ending.kind === 'decided'
    ? { ...ending, reports: [...taken(call, talking, rules), ...ending.reports] }
    : ending;
}

/** The hangup was seen, though not the answer before it. */
export function servedAndGone(call: Call, diary: Diary, at: Instant, rules: CallRules): Decision {
  return talkedAndLeft(call, { ...diary, endedAt: diary.endedAt ?? at }, at, rules);
}

export function leave(call: Call, reason: LeavingReason, now: Instant): Decision {
  return decided(
    {
      ...visitOf(call),
      phase: 'leaving',
      reason,
      message: undefined,
      lookAt: now + PBX_SILENCE_MS,
    },
    { effects: [{ kind: 'send-away', reason }] },
  );
}

/** They are already where leaving callers are. */
export function hasLeft(call: Call, reason: LeavingReason): Decision {
  const visit = visitOf(call);
  return decided({ ...visit, phase: 'leaving', reason, message: undefined, lookAt: undefined });
}

/** Told as it happened. */
export function answerOf({ recording }: Answered, extension: Extension, now: Instant): Answer {
  return { extension, answeredAt: now, recording };
}

/** As the diary has it. */
export function answerIn(diary: Diary): Answer {
  const { answeredBy, answeredAt, recording } = diary;
  return { extension: answeredBy, answeredAt, recording };
}

function talkingCall(call: Call, answer: Answer): TalkingCall {
  // The PBX's clock and ours differ, and either may be set: nothing is told to have happened before what it follows.
  const answeredAt = Math.max(answer.answeredAt, call.enteredAt);
  return { ...visitOf(call), hearing: 'heard', phase: 'talking', ...answer, answeredAt };
}
