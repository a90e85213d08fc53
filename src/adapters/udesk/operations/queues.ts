import { list, nothing, number, object, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

const QUEUE = {
  /** Four digits, the first a 9. */
  QueueId: text,
  QueueName: text,
  /** `longest_idle` where it is left out; the document names no other. */
  Strategy: optional(text),
  /** Seconds. */
  Timeout: optional(number),
  /** 128 where it is left out, 512 at most. */
  MaxLength: optional(number),
};

const SEATS_TO_QUEUE = {
  path: 'queues/agents',
  app: 'AppId',
  // Adds to those already bound; the document says so of both methods.
  body: { QueueId: text, AgentIds: list(text) },
  answer: 'Result',
  result: nothing,
  repeating: 'harmless',
} as const;

export const QUEUES = {
  queueCreate: {
    title: 'Create Queue',
    method: 'POST',
    path: 'queues',
    app: 'AppId',
    body: QUEUE,
    answer: 'Result',
    result: nothing,
    // A queue that exists is refused as a duplicate.
    repeating: 'harmless',
  },
  queueUpdate: {
    title: 'Modify Queue',
    method: 'PUT',
    path: 'queues',
    app: 'AppId',
    body: QUEUE,
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  queueDelete: {
    title: 'Delete Queue',
    method: 'DELETE',
    path: 'queues',
    app: 'AppId',
    body: { QueueId: text },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  queueList: {
    title: 'Get All Queue Information',
    method: 'GET',
    path: 'queues',
    app: 'AppId',
    answer: 'Result',
    // The table describes one queue although it is about all: one and several are both read as a list.
    result: list(
      object({
        ID: number,
        CreatedAt: text,
        UpdatedAt: text,
        AppID: text,
        QueueID: text,
        Timeout: number,
        Strategy: text,
        AgentID: number,
        Name: text,
        MaxLength: number,
        WaitMusic: text,
      }),
    ),
    repeating: 'harmless',
  },
  /** "This interface has issues, temporarily ignored", says the document. */
  queueGet: {
    title: 'Get Queue Information',
    method: 'GET',
    path: 'queues/{QueueId}',
    app: 'AppId',
    answer: 'Result',
    result: object({
      QueueId: text,
      QueueName: text,
      Strategy: text,
      Timeout: number,
      MaxLength: number,
      Agents: list(text),
    }),
    repeating: 'harmless',
  },
  queueAgentsBind: { title: 'Batch Bind Seats to Queue (POST)', method: 'POST', ...SEATS_TO_QUEUE },
  queueAgentsBindByPut: { title: 'Batch Bind Seats to Queue (PUT)', method: 'PUT', ...SEATS_TO_QUEUE },
} as const satisfies Operations;
