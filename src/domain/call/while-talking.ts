import type { Instant } from '../identity.ts';
import type { TalkingCall } from './call.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { decided, ignored } from './decision.ts';
import { complete, type EndingFacts } from './ending.ts';
import type { CallInput, Diary } from './input.ts';

/** Agent and caller talk. Only the end of the caller's channel, or their return to a queue, ends it. */
export function whileTalking(call: TalkingCall, input: CallInput, { now, rules }: Context): Decision {
  switch (input.kind) {
    case 'gone':
      return complete(call, input, rules);
    case 'entered-again':
      return complete(call, input, rules);
    case 'missed-hangup':
      return complete(call, unseenEnd(input.diary, input.goneBy ?? now), rules);
    case 'found':
      // Nothing leads from a talk back to hold but a new entry: somebody sent them there while nobody listened.
      return input.place.at === 'hold'
        ? complete(call, unseenEnd(input.diary, now), rules)
        : ignored('still talking');
    case 'transferred':
      return decided(call);
    case 'ringing':
    case 'answered':
      return ignored('the target of a transfer');
    case 'asked':
    case 'agent-named':
    case 'nobody-free':
    case 'no-agent':
    case 'extension-checked':
    case 'called-off':
    case 'not-moved':
    case 'offer-failed':
    case 'message-left':
    case 'deadline':
    case 'help-desk-silent':
      return ignored('already talking');
  }
}

/** The end that only the diary saw, if anybody did. */
function unseenEnd(diary: Diary | undefined, now: Instant): EndingFacts {
  return {
    at: diary?.endedAt ?? now,
    recording: diary?.recording,
    inferred: diary?.endedAt === undefined,
  };
}
