import type { Verdict } from '../extension/availability.ts';
import type { Instant } from '../identity.ts';
import type { Offer, OfferedCall } from './call.ts';
import type { Context } from './context.ts';
import { PBX_SILENCE_MS } from './deadline.ts';
import type { Decision } from './decision.ts';
import { decided, ignored } from './decision.ts';
import { foundUnanswered, goneUnanswered, missedUnanswered } from './found-unanswered.ts';
import type { CallInput, MoveProblem } from './input.ts';
import { answerOf, callOff, nowRinging, talkTo, waitAgain } from './moves.ts';

/** One extension's turn: asked about, then sent the caller, then ringing. */
export function whileOffered(call: OfferedCall, input: CallInput, { now, rules }: Context): Decision {
  const { extension, stage, until } = call.offer;
  switch (input.kind) {
    case 'extension-checked':
      return stage === 'checking' && input.extension === extension
        ? checked(call, input.verdict, now, rules.ringMs)
        : ignored('not the extension being asked about');
    case 'called-off':
      return stage === 'checking' && input.extension === extension
        ? callOff(call)
        : ignored('not the extension being asked about');
    case 'not-moved':
      return isOnTheWay(stage) && input.to === 'extension'
        ? notMoved(call, input.problem)
        : ignored('not the move of this offer');
    case 'ringing':
      return isOnTheWay(stage) && (input.extension ?? extension) === extension
        ? nowRinging(call, extension, now, rules)
        : ignored('not the beginning of this offer');
    case 'answered':
      return input.by.context === 'agent'
        ? talkTo(call, answerOf(input, input.by.extension ?? extension, now), rules)
        : decided(call, { effects: [{ kind: 'locate' }] });
    case 'offer-failed':
      return stage !== 'checking' && (input.extension ?? extension) === extension
        ? waitAgain(call, `dial ${input.dialStatus}`)
        : ignored('an earlier offer');
    case 'gone':
    case 'entered-again':
      return goneUnanswered(call, input, rules);
    case 'deadline':
      return input.of === until ? afterSilence(call, now) : ignored('an old deadline');
    case 'found':
      return foundUnanswered(call, input, { now, rules });
    case 'missed-hangup':
      return missedUnanswered(call, input, { now, rules });
    case 'asked':
    case 'agent-named':
    case 'nobody-free':
    case 'no-agent':
    case 'help-desk-silent':
      return ignored('an offer is being made');
    case 'transferred':
    case 'message-left':
      return ignored('nobody has answered yet');
  }
}

const isOnTheWay = (stage: Offer['stage']): boolean => stage === 'moving' || stage === 'unseen';

function checked(call: OfferedCall, verdict: Verdict, now: Instant, ringMs: number): Decision {
  if (!verdict.available) return waitAgain(call, verdict.why);
  const { extension } = call.offer;
  const offer = { extension, stage: 'moving', until: now + PBX_SILENCE_MS } as const;
  return decided({ ...call, offer }, { effects: [{ kind: 'send-to-agent', extension, ringMs }] });
}

/** A caller who is gone, or a PBX out of reach, is no fault of the extension. */
function notMoved(call: OfferedCall, problem: MoveProblem): Decision {
  switch (problem) {
    case 'refused':
      return waitAgain(call, 'the PBX refused to move the caller');
    case 'gone':
      return decided(call, { effects: [{ kind: 'locate' }] });
    case 'unlinked':
      return ignored('the next snapshot tells, or the deadline');
  }
}

/**
 * A Redirect that answered Success proves nothing, and neither does silence: the phone may ring, or have been answered,
 * while nobody told us. Look where the caller is before anything is done for them: were the help desk asked meanwhile, it
 * would name another agent, and refuse the one who answers.
 */
function afterSilence(call: OfferedCall, now: Instant): Decision {
  const { stage } = call.offer;
  switch (stage) {
    case 'checking':
      return callOff(call);
    case 'moving':
    case 'unseen': {
      const offer = { ...call.offer, stage: 'unseen', until: now + PBX_SILENCE_MS } as const;
      return decided({ ...call, offer }, { effects: [{ kind: 'locate' }] });
    }
    case 'ringing':
    case 'overdue': {
      const offer = { ...call.offer, stage: 'overdue', until: now + PBX_SILENCE_MS } as const;
      return decided({ ...call, offer }, { effects: [{ kind: 'locate' }] });
    }
  }
}
