import { type Answer, NOT_FOUND, refused } from './answer.ts';
import type { Body } from './parameters.ts';
import { ASSUMED_REFUSALS } from './refusal.ts';
import type { CustomerFlags } from './state/calls.ts';
import type { World } from './state/world.ts';

/** GET calls/:id/customer_flag. Its status is printed as 0, and its values as "boolean": 200, and booleans. */
export function readFlags({ calls }: World, callId: number): Answer {
  const call = calls.find(callId);
  return call === undefined ? NOT_FOUND : shown(call.flags);
}

/** PATCH: what is left out stays. Assumed: it answers what GET would. */
export function patchFlags({ calls, readings }: World, callId: number, body: Body): Answer {
  if (calls.find(callId) === undefined) return NOT_FOUND;
  const repeat = readings.repeatCustomerKeys.find((key) => Object.hasOwn(body, key));
  const given: Readonly<Record<keyof CustomerFlags, unknown>> = {
    verifiedCustomer: body['verified_customer'],
    badActor: body['bad_actor'],
    repeatCustomer: repeat === undefined ? undefined : body[repeat],
  };
  const change = Object.entries(given).filter(([, value]) => value !== undefined);
  if (change.some(([, value]) => typeof value !== 'boolean')) return refused(ASSUMED_REFUSALS.flagNotBoolean);
  return shown(calls.setFlags(callId, Object.fromEntries(change)));
}

function shown({ verifiedCustomer, badActor, repeatCustomer }: CustomerFlags): Answer {
  const body = { verified_customer: verifiedCustomer, bad_actor: badActor, repeat_customer: repeatCustomer };
  return { status: 200, body };
}
