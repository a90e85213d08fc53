import type { LeavingCall } from './call.ts';
import type { Context } from './context.ts';
import type { Decision } from './decision.ts';
import { decided, ignored } from './decision.ts';
import { lose } from './ending.ts';
import type { CallInput, Place } from './input.ts';
import { PBX_SILENCE_MS } from './moves.ts';

/** No agent for them: they hear why, may leave a message, or are served by the fallback. */
export function whileLeaving(call: LeavingCall, input: CallInput, { now, rules }: Context): Decision {
  switch (input.kind) {
    case 'message-left':
      return decided({ ...call, message: input.file });
    case 'gone':
      return lose(call, { at: input.at, recording: call.message }, rules);
    case 'entered-again':
      return lose(call, { at: input.at, recording: call.message }, rules);
    case 'missed-hangup':
      return lose(call, { at: now, recording: call.message, inferred: true }, rules);
    case 'answered':
      // An agent's late answer changes nothing: the caller is being taken away from there.
      return input.by.context === 'elsewhere' ? lose(call, { at: now }, rules) : ignored('being sent away');
    case 'deadline':
      return input.of === call.lookAt
        ? decided({ ...call, lookAt: now + PBX_SILENCE_MS }, { effects: [{ kind: 'locate' }] })
        : ignored('an old deadline');
    case 'found':
      return foundLeaving(call, input.place, { now, rules });
    case 'asked':
    case 'agent-named':
    case 'nobody-free':
    case 'no-agent':
    case 'extension-checked':
    case 'not-moved':
    case 'ringing':
    case 'offer-failed':
    case 'transferred':
    case 'help-desk-silent':
      return ignored('already leaving');
  }
}

function foundLeaving(call: LeavingCall, place: Place, { now, rules }: Context): Decision {
  switch (place.at) {
    case 'hold':
    case 'agent':
      return decided(
        { ...call, lookAt: now + PBX_SILENCE_MS },
        { effects: [{ kind: 'send-away', reason: call.reason }] },
      );
    case 'lost':
      return arrived(call);
    case 'fallback':
    case 'elsewhere':
      return place.bridged ? lose(call, { at: now }, rules) : arrived(call);
  }
}

function arrived(call: LeavingCall): Decision {
  return call.lookAt === undefined
    ? ignored('where they should be')
    : decided({ ...call, lookAt: undefined });
}
