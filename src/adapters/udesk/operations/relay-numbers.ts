import { list, nothing, object, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

/** The numbers a callee sees: the one asked for, else the agent's default, else the company's, else any. */
export const RELAY_NUMBERS = {
  relayNumberList: {
    title: 'Get Relay Number List',
    method: 'GET',
    path: 'spnumbers',
    app: 'AppId',
    answer: 'Result',
    result: object({ SpNumbers: list(text), DefSpNumber: text }),
    repeating: 'harmless',
  },
  // The examples of these two append `/7763`; their tables do not, and `spnumbers/agent/default` is the one for an agent.
  relayNumberDefaultUpdate: {
    title: 'Update Default Relay Number',
    method: 'PUT',
    path: 'spnumbers/default',
    app: 'AppId',
    body: { DefSpNumber: optional(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  relayNumberDefaultDelete: {
    title: 'Delete Default Relay Number',
    method: 'DELETE',
    path: 'spnumbers/default',
    app: 'AppId',
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentRelayNumberUpdate: {
    title: "Modify Agent's Default Relay Number",
    method: 'PUT',
    path: 'spnumbers/agent/default/{agentId}',
    app: 'AppId',
    body: { DefSpNumber: optional(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentRelayNumberDelete: {
    title: "Delete Agent's Default Relay Number",
    method: 'DELETE',
    path: 'spnumbers/agent/default/{agentId}',
    app: 'AppId',
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
} as const satisfies Operations;
