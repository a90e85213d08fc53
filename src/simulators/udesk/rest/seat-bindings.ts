import { listOf, required } from '../fields.ts';
import { agentId, extension, queueId } from '../formats.ts';
import { duplicate, REFUSALS, type Refusal } from '../refusal.ts';
import type { Application } from '../state/application.ts';
import type { Seat } from '../state/seat.ts';
import { operation } from './operation.ts';

// "A seat can be bound to a maximum of two extension numbers."
const MOST_EXTENSIONS = 2;

const EXTENSIONS = { AgentId: required(agentId), Extensions: required(listOf(extension)) };
const QUEUES = { AgentId: required(agentId), Queues: required(listOf(queueId)) };

export const SEAT_BINDINGS = {
  'POST agents/extensions': operation({
    fields: EXTENSIONS,
    act({ application, body: { AgentId, Extensions } }) {
      const seat = application.seats.get(AgentId);
      if (seat === undefined) return REFUSALS.recordNotFound;
      const refusal = whyNotBound(application, seat, Extensions);
      if (refusal !== undefined) return refusal;
      const all = new Set([...seat.extensions, ...Extensions]);
      if (all.size > MOST_EXTENSIONS) return REFUSALS.paramsInvalid;
      seat.extensions.splice(0, seat.extensions.length, ...all);
      return null;
    },
  }),

  'DELETE agents/extensions': operation({
    fields: EXTENSIONS,
    act({ application, body: { AgentId, Extensions } }) {
      const seat = application.seats.get(AgentId);
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (!Extensions.every((number) => seat.extensions.includes(number))) return REFUSALS.doesNotExist;
      const left = seat.extensions.filter((number) => !Extensions.includes(number));
      seat.extensions.splice(0, seat.extensions.length, ...left);
      return null;
    },
  }),

  'POST agents/queues': operation({
    fields: QUEUES,
    act({ application, body: { AgentId, Queues } }) {
      const seat = application.seats.get(AgentId);
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (!Queues.every((queue) => application.queues.has(queue))) return REFUSALS.recordNotFound;
      for (const queue of Queues) seat.queues.add(queue);
      return null;
    },
  }),

  'DELETE agents/queues': operation({
    fields: QUEUES,
    act({ application, body: { AgentId, Queues } }) {
      const seat = application.seats.get(AgentId);
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (!Queues.every((queue) => seat.queues.has(queue))) return REFUSALS.doesNotExist;
      for (const queue of Queues) seat.queues.delete(queue);
      return null;
    },
  }),
};

/** An extension that another seat has is answered like any duplicate: assumed. */
function whyNotBound(application: Application, seat: Seat, numbers: readonly string[]): Refusal | undefined {
  for (const number of numbers) {
    if (!application.extensions.has(number)) return REFUSALS.recordNotFound;
    const owner = application.ownerOf(number);
    if (owner !== undefined && owner !== seat) return duplicate(number, 'Extension');
  }
  return undefined;
}
