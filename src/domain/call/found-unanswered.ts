import type { Extension } from '../identity.ts';
import type { CallRules, Offer, OfferedCall, WaitingCall } from './call.ts';
import { reservedBy } from './call.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { ignored } from './decision.ts';
import { cancel, lose } from './ending.ts';
import type { CallInput, Diary, Place } from './input.ts';
import { answerIn, hasLeft, nowRinging, servedAndGone, talkedAndLeft, talkTo, waitAgain } from './moves.ts';

/**
 * A caller whom nobody had answered when we last heard, as the PBX's snapshot and the dialplan's diary show them now.
 * The diary is the better witness: it was written at the answer, whoever was listening.
 */
type Unanswered = WaitingCall | OfferedCall;
type Found = Extract<CallInput, { kind: 'found' }>;
type Gone = Extract<CallInput, { kind: 'gone' | 'entered-again' }>;
type Missed = Extract<CallInput, { kind: 'missed-hangup' }>;

export function foundUnanswered(call: Unanswered, { place, diary }: Found, context: Context): Decision {
  if (place.at === 'hold') return foundOnHold(call, diary, context);
  // Answered while nobody listened, wherever they were transferred since; the answer itself is not told again.
  if (diary !== undefined) return talkTo(call, answerIn(diary), context.rules);
  switch (place.at) {
    case 'agent':
      return foundAtAgent(call, place, context);
    case 'lost':
      return hasLeft(call, 'waited');
    case 'fallback':
    case 'elsewhere':
      // The dialplan took them out of our contexts and told nobody: a queue's own fail-over, or a fallback that leads on.
      return place.bridged ? lose(call, { at: context.now }, context.rules) : hasLeft(call, 'unreachable');
  }
}

function foundOnHold(call: Unanswered, diary: Diary | undefined, { now, rules }: Context): Decision {
  // Answered, and sent back to a queue, while nobody listened.
  if (diary?.endedAt !== undefined) return talkedAndLeft(call, diary, now, rules);
  if (call.phase !== 'offered') return ignored('where they should be');
  if (call.offer.stage === 'unseen') return waitAgain(call, 'no word while moving');
  // Before that, the offer's own deadline tells an offer on its way from one that came to nothing.
  if (hasRung(call.offer)) return waitAgain(call, 'found back on hold');
  return ignored('where they should be');
}

function foundAtAgent(
  call: Unanswered,
  place: Extract<Place, { at: 'agent' }>,
  { now, rules }: Context,
): Decision {
  const extension: Extension | undefined = place.extension ?? reservedBy(call);
  if (extension === undefined) return ignored('at an extension that nobody named');
  if (place.bridged) return talkTo(call, { extension, answeredAt: now, recording: undefined }, rules);
  if (call.phase === 'waiting' || !hasRung(call.offer)) return nowRinging(call, extension, now, rules);
  // The dialplan's own limit has failed: they are called back.
  if (call.offer.stage === 'overdue') return waitAgain(call, 'rang for too long', [{ kind: 'send-to-hold' }]);
  return ignored('still ringing');
}

const hasRung = ({ stage }: Offer): boolean => stage === 'ringing' || stage === 'overdue';

/** They hung up, or entered anew. Where the diary knows of an answer, it was told in an event that never came. */
export function goneUnanswered(call: Unanswered, input: Gone, rules: CallRules): Decision {
  return input.diary === undefined
    ? cancel(call, input, rules)
    : servedAndGone(call, input.diary, input.at, rules);
}

export function missedUnanswered(
  call: Unanswered,
  { diary, goneBy }: Missed,
  { now, rules }: Context,
): Decision {
  const at = goneBy ?? now;
  if (diary !== undefined) return talkedAndLeft(call, diary, at, rules);
  return cancel(call, { at, inferred: true }, rules);
}
