import type { Extension, Instant } from '../identity.ts';
import type { LeavingCall } from './call.ts';
import type { Context } from './context.ts';
import { PBX_SILENCE_MS } from './deadline.ts';
import type { Decision } from './decision.ts';
import { decided, ignored } from './decision.ts';
import { type EndingFacts, lose } from './ending.ts';
import type { CallInput, Diary, Farewell, Place } from './input.ts';
import { answerIn, servedAndGone, talkedAndLeft, talkTo } from './moves.ts';

/** No agent for them: they hear why, may leave a message, or are served by the fallback. */
export function whileLeaving(call: LeavingCall, input: CallInput, { now, rules }: Context): Decision {
  switch (input.kind) {
    case 'message-left':
      return decided({ ...call, message: input.file ?? '' });
    case 'gone':
    case 'entered-again':
      return input.diary === undefined
        ? lose(call, { at: input.at, recording: call.message }, rules)
        : servedAndGone(call, input.diary, input.at, rules);
    case 'missed-hangup':
      return input.diary === undefined
        ? lose(call, farewellOf(call, input.farewell, input.goneBy ?? now), rules)
        : talkedAndLeft(call, input.diary, input.goneBy ?? now, rules);
    case 'answered':
      // An agent's late answer changes nothing: the caller is being taken away from there.
      return input.by.context === 'elsewhere'
        ? decided(call, { effects: [{ kind: 'locate' }] })
        : ignored('being sent away');
    case 'deadline':
      return input.of === call.lookAt
        ? decided({ ...call, lookAt: now + PBX_SILENCE_MS }, { effects: [{ kind: 'locate' }] })
        : ignored('an old deadline');
    case 'found':
      return input.diary === undefined
        ? foundLeaving(call, input.place, { now, rules })
        : foundServed(call, input.place, input.diary, { now, rules });
    case 'asked':
    case 'agent-named':
    case 'nobody-free':
    case 'no-agent':
    case 'extension-checked':
    case 'called-off':
    case 'not-moved':
    case 'ringing':
    case 'offer-failed':
    case 'transferred':
    case 'help-desk-silent':
      return ignored('already leaving');
  }
}

/** The dialplan's word where it has left one: the message may have been told to nobody. */
function farewellOf(call: LeavingCall, farewell: Farewell | undefined, goneBy: Instant): EndingFacts {
  if (farewell === undefined) return { at: goneBy, recording: call.message, inferred: true };
  return { at: farewell.at, recording: farewell.message ?? call.message ?? '' };
}

function foundLeaving(call: LeavingCall, place: Place, { now, rules }: Context): Decision {
  switch (place.at) {
    case 'hold':
      return sentAgain(call, now);
    case 'agent':
      return place.bridged ? foundInTalk(call, place.extension, { now, rules }) : sentAgain(call, now);
    case 'lost':
      return arrived(call);
    case 'fallback':
    case 'elsewhere':
      return place.bridged ? lose(call, { at: now }, rules) : arrived(call);
  }
}

/**
 * An agent took them, while nobody listened, before the PBX could move them: nobody is torn out of a talk. Back on
 * hold or on their way out, though, they leave.
 */
function foundServed(call: LeavingCall, place: Place, diary: Diary, context: Context): Decision {
  return place.at === 'agent' || place.at === 'elsewhere'
    ? talkTo(call, answerIn(diary), context.rules)
    : foundLeaving(call, place, context);
}

function foundInTalk(call: LeavingCall, extension: Extension | undefined, { now, rules }: Context): Decision {
  return extension === undefined
    ? ignored('at an extension that nobody named')
    : talkTo(call, { extension, answeredAt: now, recording: undefined }, rules);
}

function sentAgain(call: LeavingCall, now: Instant): Decision {
  return decided(
    { ...call, lookAt: now + PBX_SILENCE_MS },
    { effects: [{ kind: 'send-away', reason: call.reason }] },
  );
}

function arrived(call: LeavingCall): Decision {
  return call.lookAt === undefined
    ? ignored('where they should be')
    : decided({ ...call, lookAt: undefined });
}
