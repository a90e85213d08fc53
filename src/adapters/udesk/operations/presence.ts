import { anything, list, object, oneOf, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

// The tables say `result`, the examples `results`. "Nonsensical" is the document's own word for it and for `data`;
// `msg_id` gives back the `MsgId` that was sent.
const RECEIPT = optional(object({ msg_id: text, results: text, data: anything }));

/** Where an agent is and with which telephone. The examples carry `MsgId` in the query, so that is where it travels. */
export const PRESENCE = {
  agentLogin: {
    title: 'Seat Login',
    method: 'POST',
    path: 'agent/login',
    app: 'AppId',
    query: { MsgId: optional(text) },
    body: {
      agent_Id: text,
      WorkerID: optional(text),
      QueueIDs: optional(list(text)),
      Number: optional(text),
      State: optional(text),
    },
    answer: 'beside',
    result: RECEIPT,
    repeating: 'harmless',
  },
  agentLogout: {
    title: 'Seat Logout',
    method: 'POST',
    path: 'agent/logout',
    // "In the request URL, the application ID is app_id, which is different from the previous AppId."
    app: 'app_id',
    query: { MsgId: optional(text) },
    body: { agent_Id: text },
    answer: 'beside',
    result: RECEIPT,
    repeating: 'harmless',
  },
  agentCallModeSet: {
    title: 'Switch Phone/Mobile Mode',
    method: 'POST',
    path: 'agent/set_call_mode',
    app: 'AppId',
    query: { MsgId: optional(text) },
    body: { AgentId: text, Contact: oneOf('voip', 'cellphone'), Number: optional(text) },
    answer: 'beside',
    result: RECEIPT,
    repeating: 'harmless',
  },
} as const satisfies Operations;
