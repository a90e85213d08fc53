import { anything, list, nothing, object, oneOf, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

// "Fill with any non-empty string", says the document of each `on_…`.
const HELD_CALL = { call_id: text, agent_id: text, on_succ: text, on_failed: text };

/** Making calls, and controlling them. Call control takes no application and answers in its own shape. */
export const CALLS = {
  callOriginate: {
    title: 'Creating an Outbound Call',
    method: 'POST',
    path: 'originatev2',
    app: 'AppId',
    body: {
      caller: text,
      called: text,
      called_display: text,
      agent_id: text,
      user_data: optional(list(object({ evt: text, data: text }))),
    },
    answer: 'beside',
    /** `results` is the id of the call. */
    result: optional(object({ msg_id: text, results: text, data: anything })),
    repeating: 'harmful',
  },
  callHold: {
    title: 'Hold',
    method: 'POST',
    path: 'agent/hold',
    app: 'none',
    body: HELD_CALL,
    answer: 'results',
    result: nothing,
    repeating: 'harmless',
  },
  callResume: {
    title: 'Resume',
    method: 'DELETE',
    path: 'agent/hold',
    app: 'none',
    body: HELD_CALL,
    answer: 'results',
    result: nothing,
    repeating: 'harmless',
  },
  callTransfer: {
    title: 'Transfer',
    method: 'POST',
    path: 'transfer/agent',
    app: 'none',
    body: {
      call_id: text,
      agent_id: text,
      agent_type: oneOf('anonymous'),
      agent_phone: text,
      on_succ: text,
      on_failed: text,
      on_record_over: text,
      on_transferee_hangup: text,
    },
    answer: 'results',
    result: nothing,
    repeating: 'harmful',
  },
} as const satisfies Operations;
