import { type Answer, answerOr, refused } from '../answer.ts';
import type { Body } from '../parameters.ts';
import { REFUSALS } from '../refusal.ts';
import type { CallKind } from '../state/calls.ts';
import type { World } from '../state/world.ts';
import { incomingCall } from './incoming-call.ts';
import { outboundCall } from './outbound-call.ts';
import { scheduledCall } from './scheduled-call.ts';

const CREATE = { outbound: outboundCall, incoming: incomingCall, scheduled: scheduledCall } as const;

/** POST calls: the type decides what the rest means. */
export function createCall(world: World, body: Body, kind: CallKind | undefined): Answer {
  if (kind === undefined || !world.callKinds.has(kind)) return refused(REFUSALS.invalidCallType);
  return answerOr(CREATE[kind](world, body), (answer) => answer);
}
