import { listOf, optional, required } from '../fields.ts';
import * as formats from '../formats.ts';
import { duplicate, REFUSALS } from '../refusal.ts';
import type { Application, Queue } from '../state/application.ts';
import { operation } from './operation.ts';

// "A maximum of 100 queues can be created per AppId."
const MOST_QUEUES = 100;

const QUEUE_ID = { QueueId: required(formats.queueId) };

const QUEUE = {
  ...QUEUE_ID,
  QueueName: required(formats.text),
  Strategy: optional(formats.text),
  Timeout: optional(formats.numberBetween(0, Number.MAX_SAFE_INTEGER)),
  MaxLength: optional(formats.integerBetween(1, 512)),
};

const bindAgents = operation({
  fields: { ...QUEUE_ID, AgentIds: required(listOf(formats.agentId)) },
  act({ application, body: { QueueId, AgentIds } }) {
    const seats = AgentIds.flatMap((agentId) => application.seats.get(agentId) ?? []);
    if (!application.queues.has(QueueId) || seats.length < AgentIds.length) return REFUSALS.recordNotFound;
    for (const seat of seats) seat.queues.add(QueueId);
    return null;
  },
});

export const QUEUES = {
  'POST queues': operation({
    fields: QUEUE,
    act({ application, body }) {
      const { queues, world } = application;
      if (queues.has(body.QueueId)) return duplicate(body.QueueId, 'QueueId');
      if (queues.size >= MOST_QUEUES) return REFUSALS.paramsInvalid;
      const now = world.now();
      queues.set(body.QueueId, {
        serial: queues.size + 1,
        queueId: body.QueueId,
        name: body.QueueName,
        strategy: body.Strategy ?? 'longest_idle',
        timeoutSeconds: body.Timeout ?? 60,
        maxLength: body.MaxLength ?? 128,
        createdAt: now,
        updatedAt: now,
      });
      return null;
    },
  }),

  'PUT queues': operation({
    fields: QUEUE,
    act({ application, body }) {
      const queue = application.queues.get(body.QueueId);
      if (queue === undefined) return REFUSALS.recordNotFound;
      queue.name = body.QueueName;
      queue.strategy = body.Strategy ?? queue.strategy;
      queue.timeoutSeconds = body.Timeout ?? queue.timeoutSeconds;
      queue.maxLength = body.MaxLength ?? queue.maxLength;
      queue.updatedAt = application.world.now();
      return null;
    },
  }),

  'DELETE queues': operation({
    fields: QUEUE_ID,
    act({ application, body: { QueueId } }) {
      if (!application.queues.has(QueueId)) return REFUSALS.doesNotExist;
      if (agentsOf(application, QueueId).length > 0) return REFUSALS.agentIsBound;
      application.queues.delete(QueueId);
      return null;
    },
  }),

  // The table shows one queue where the title says all: assumed to be a list of such.
  'GET queues': operation({
    act: ({ application }) => [...application.queues.values()].map((queue) => rowOf(application, queue)),
  }),

  'GET queues/{QueueId}': operation({
    act({ application, path }) {
      const queue = application.queues.get(path['QueueId'] ?? '');
      if (queue === undefined) return REFUSALS.recordNotFound;
      return {
        QueueId: queue.queueId,
        QueueName: queue.name,
        Strategy: queue.strategy,
        Timeout: queue.timeoutSeconds,
        MaxLength: queue.maxLength,
        Agents: agentsOf(application, queue.queueId),
      };
    },
  }),

  'POST queues/agents': bindAgents,
  'PUT queues/agents': bindAgents,
};

function rowOf({ appId }: Application, queue: Queue): object {
  return {
    ID: queue.serial,
    CreatedAt: new Date(queue.createdAt).toISOString(),
    UpdatedAt: new Date(queue.updatedAt).toISOString(),
    AppID: appId,
    QueueID: queue.queueId,
    Timeout: queue.timeoutSeconds,
    Strategy: queue.strategy,
    // One number for a queue of many seats: nobody says whose, so nobody's.
    AgentID: 0,
    Name: queue.name,
    MaxLength: queue.maxLength,
    WaitMusic: '',
  };
}

function agentsOf({ seats }: Application, queueId: string): readonly string[] {
  return [...seats.values()].filter(({ queues }) => queues.has(queueId)).map(({ agentId }) => agentId);
}
