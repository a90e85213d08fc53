import type { WaitingCall } from './call.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { decided, ignored } from './decision.ts';
import { foundUnanswered, goneUnanswered, missedUnanswered } from './found-unanswered.ts';
import type { Answered, CallInput } from './input.ts';
import { answerOf, leave, nowRinging, offerTo, talkTo } from './moves.ts';

/** The caller hears music; the help desk is asked for an agent when their turn comes. */
export function whileWaiting(call: WaitingCall, input: CallInput, { now, rules }: Context): Decision {
  switch (input.kind) {
    case 'asked':
      return call.hearing === 'unasked' ? decided({ ...call, hearing: 'asked' }) : ignored('asked before');
    case 'agent-named':
      return input.verdict.available ? offerTo(heard(call), input.extension, now) : decided(heard(call));
    case 'nobody-free':
      return call.hearing === 'heard' ? ignored('nothing new') : decided(heard(call));
    case 'no-agent':
      return leave(heard(call), input.reason, now);
    case 'ringing':
      // The deadline of the offer was faster than its dial: it is an offer all the same.
      return input.extension !== undefined && input.extension === call.lastOffered
        ? nowRinging(call, input.extension, now, rules)
        : ignored('not a dial of ours');
    case 'answered':
      return answeredWhileWaiting(call, input, { now, rules });
    case 'gone':
    case 'entered-again':
      return goneUnanswered(call, input, rules);
    case 'deadline':
      return input.of === call.enteredAt + rules.maxWaitMs
        ? leave(call, 'waited', now)
        : ignored('an old deadline');
    case 'help-desk-silent':
      return leave(call, 'unreachable', now);
    case 'found':
      return foundUnanswered(call, input, { now, rules });
    case 'missed-hangup':
      return missedUnanswered(call, input, { now, rules });
    case 'extension-checked':
    case 'called-off':
    case 'not-moved':
    case 'offer-failed':
      return ignored('that offer is over');
    case 'transferred':
    case 'message-left':
      return ignored('the caller waits');
  }
}

const heard = (call: WaitingCall): WaitingCall => ({ ...call, hearing: 'heard' });

function answeredWhileWaiting(call: WaitingCall, input: Answered, { now, rules }: Context): Decision {
  const extension = input.by.context === 'agent' ? (input.by.extension ?? call.lastOffered) : undefined;
  // Somebody outside our flow took them; unless an agent had, unseen, and has handed them on. The diary knows.
  if (extension === undefined) return decided(call, { effects: [{ kind: 'locate' }] });
  // The offer's deadline was faster than its answer, and may have called the caller back to hold: look where they are.
  return talkTo(call, answerOf(input, extension, now), rules, [{ kind: 'locate' }]);
}
