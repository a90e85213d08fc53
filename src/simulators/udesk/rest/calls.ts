import { listOf, objectOf, optional, required, type ValuesOf } from '../fields.ts';
import * as formats from '../formats.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import type { Account } from '../state/account.ts';
import type { Application } from '../state/application.ts';
import { hold, resume, transfer } from '../state/call-flow.ts';
import type { PlaceCall } from '../state/place-call.ts';
import { isLoggedIn } from '../state/seat.ts';
import type { UdeskCall } from '../state/udesk-call.ts';
import { accountOperation, operation } from './operation.ts';

const CONTROL = {
  call_id: required(formats.text),
  agent_id: required(formats.agentId),
  // "Fill with any non-empty string."
  on_succ: required(formats.text),
  on_failed: required(formats.text),
};

const USER_DATA = optional(listOf(objectOf({ evt: required(formats.text), data: required(formats.text) })));

/** Outbound calls. Who moves them on is the simulator's affair. */
export function callOperations(placeCall: PlaceCall) {
  return {
    'POST originatev2': operation({
      shape: 'message',
      fields: {
        caller: required(formats.phoneNumber),
        called: required(formats.phoneNumber),
        called_display: required(formats.phoneNumber),
        agent_id: required(formats.agentId),
        user_data: USER_DATA,
      },
      act({ application, body }) {
        const seat = application.seats.get(body.agent_id);
        if (seat === undefined) return REFUSALS.recordNotFound;
        // "Ensure the agent is in a signed-in state."
        const free = isLoggedIn(seat) && application.currentCallOf(seat.agentId) === undefined;
        if (!free || !application.relayNumbers.includes(body.caller)) return REFUSALS.paramsInvalid;
        const { called, called_display, user_data } = body;
        const facts = { agentId: seat.agentId, destNumber: called, spNumber: called_display };
        return placeCall(application, { ...facts, userData: user_data ?? '' }).callId;
      },
    }),

    'POST agent/hold': accountOperation({
      shape: 'control',
      fields: CONTROL,
      act: ({ account, body }) =>
        withCall(account, body, ({ application, call }) => {
          if (call.held) return REFUSALS.paramsInvalid;
          hold(application, call, body.agent_id);
          return '';
        }),
    }),

    'DELETE agent/hold': accountOperation({
      shape: 'control',
      fields: CONTROL,
      act: ({ account, body }) =>
        withCall(account, body, ({ application, call }) => {
          if (!call.held) return REFUSALS.paramsInvalid;
          resume(application, call, body.agent_id);
          return '';
        }),
    }),

    'POST transfer/agent': accountOperation({
      shape: 'control',
      fields: {
        ...CONTROL,
        agent_type: required(formats.oneOf('anonymous')),
        agent_phone: required(formats.phoneNumber),
        on_record_over: required(formats.text),
        on_transferee_hangup: required(formats.text),
      },
      act: ({ account, body }) =>
        withCall(account, body, ({ application, call }) => {
          transfer(application, call, { agentId: body.agent_id, to: body.agent_phone });
          return '';
        }),
    }),
  };
}

/** Only a call that goes on, and that this agent has. */
function withCall(
  account: Account,
  { call_id, agent_id }: ValuesOf<typeof CONTROL>,
  act: (found: { readonly application: Application; readonly call: UdeskCall }) => Refusal | string,
): Refusal | string {
  const found = account.findCall(call_id);
  if (found === undefined || found.call.agentId !== agent_id) return REFUSALS.recordNotFound;
  return found.call.endedAt === undefined ? act(found) : REFUSALS.recordNotFound;
}
