import {
  boolean,
  list,
  nothing,
  number,
  numberMeaning,
  object,
  oneOf,
  optional,
  text,
  textIn,
} from './kind.ts';
import type { Operations } from './operation.ts';

/** A seat's `State`, by its number. */
const SEAT_STATES = ['Ready', 'Ready for work', 'Locked', 'In call', 'Not available'] as const;
/** A seat's `ExtState`, by its number. */
const EXTENSION_STATES = ['Idle', 'Busy', 'Online', 'Offline', 'Invalid'] as const;

const SEAT_FOUND = object({
  AppId: text,
  // Alone (`62`) in the list; in the details the example carries the application behind it (`7765@a54a8b77-…`).
  AgentId: text,
  WorkId: text,
  Name: text,
  Mobile: text,
  Email: text,
  Role: text,
  Queues: list(text),
  QueuesNames: text,
  // `[Extension]` says the table, which is an object where a seat is created; the examples are empty.
  Extensions: list(textIn('Extension')),
  // `[string]` says the table; the examples have plain text.
  DefSpNumber: list(text),
  State: numberMeaning(SEAT_STATES),
  ExtState: numberMeaning(EXTENSION_STATES),
  WrapUpTime: number,
  Enable: boolean,
  ExtenInfos: text,
});

const SEAT_DETAILS = {
  Name: optional(text),
  Mobile: optional(text),
  Email: optional(text),
  Role: optional(oneOf('agent', 'leader')),
  Enable: optional(boolean),
};

export const SEATS = {
  agentCreate: {
    title: 'Create Seat',
    method: 'POST',
    path: 'agents',
    app: 'AppId',
    body: {
      Agents: list(
        object({
          AgentId: text,
          WorkId: text,
          ...SEAT_DETAILS,
          IsCreateExtension: optional(boolean),
          // These two stand in the example only.
          Extension: optional(text),
          WrapUpTime: optional(number),
        }),
      ),
    },
    answer: 'Result',
    result: optional(object({ Extensions: list(object({ Extension: text, Password: text })) })),
    // A seat that exists is refused as a duplicate.
    repeating: 'harmless',
  },
  agentUpdate: {
    title: 'Update Seat',
    method: 'PUT',
    path: 'agents/{AgentId}',
    app: 'AppId',
    body: { AgentId: text, WorkId: text, ...SEAT_DETAILS },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentDelete: {
    title: 'Delete Seat',
    method: 'DELETE',
    path: 'agents/{AgentId}',
    app: 'AppId',
    body: { AgentId: text, IsDelExtensions: optional(boolean) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentGet: {
    title: 'Get Seat Details',
    method: 'GET',
    path: 'agents/{AgentId}',
    app: 'AppId',
    body: { AgentId: text },
    answer: 'Result',
    result: SEAT_FOUND,
    repeating: 'harmless',
  },
  agentList: {
    title: 'Get Seat List',
    method: 'GET',
    path: 'agents',
    app: 'AppId',
    answer: 'Result',
    result: object({
      CurrPage: number,
      PageSize: number,
      Total: number,
      TotalPage: number,
      AgentList: list(SEAT_FOUND),
    }),
    repeating: 'harmless',
  },
  agentExtensionsBind: {
    title: 'Seat Extension Binding',
    method: 'POST',
    path: 'agents/extensions',
    app: 'AppId',
    body: { AgentId: text, Extensions: list(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentExtensionsUnbind: {
    title: 'Seat Extension Unbinding',
    method: 'DELETE',
    path: 'agents/extensions',
    app: 'AppId',
    body: { AgentId: text, Extensions: list(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentQueuesBind: {
    title: 'Seat Queue Binding',
    method: 'POST',
    path: 'agents/queues',
    app: 'AppId',
    body: { AgentId: text, Queues: list(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  agentQueuesUnbind: {
    title: 'Seat Queue Unbinding',
    method: 'DELETE',
    path: 'agents/queues',
    app: 'AppId',
    body: { AgentId: text, Queues: list(text) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
} as const satisfies Operations;
