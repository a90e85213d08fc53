import { listOf, objectOf, optional, required, type ValuesOf } from '../fields.ts';
import * as formats from '../formats.ts';
import { duplicate, REFUSALS, type Refusal } from '../refusal.ts';
import type { Application } from '../state/application.ts';
import { freeNumber, newExtension } from '../state/new-extension.ts';
import { newSeat, type Seat } from '../state/seat.ts';
import { operation } from './operation.ts';
import { seatAnswer } from './seat-answer.ts';

const SEAT = {
  AgentId: required(formats.agentId),
  WorkId: required(formats.workId),
  Name: optional(formats.text),
  Mobile: optional(formats.phoneNumber),
  Email: optional(formats.email),
  Role: optional(formats.oneOf('agent', 'leader')),
  Enable: optional(formats.boolean),
};

const NEW_SEAT = {
  ...SEAT,
  IsCreateExtension: optional(formats.boolean),
  // In the example only. What an extension means that is not to be created is not said: it is read and left.
  Extension: optional(formats.extension),
  WrapUpTime: optional(formats.integerBetween(0, 86_400)),
};

type NewSeat = ValuesOf<typeof NEW_SEAT>;

const AGENT_ID = { AgentId: required(formats.agentId) };

export const SEATS = {
  'POST agents': operation({
    fields: { Agents: required(listOf(objectOf(NEW_SEAT))) },
    act({ application, body: { Agents } }) {
      const known = new Set(application.seats.keys());
      for (const { AgentId } of Agents) {
        if (known.has(AgentId)) return duplicate(AgentId, 'AgentId');
        known.add(AgentId);
      }
      return createAll(application, Agents);
    },
  }),

  'PUT agents/{AgentId}': operation({
    fields: SEAT,
    act({ application, path, body, object }) {
      const seat = application.seats.get(path['AgentId'] ?? '');
      if (seat === undefined) return REFUSALS.recordNotFound;
      // The example itself names another seat in the body than in the path, and is answered with success.
      if (body.AgentId !== seat.agentId) object('AgentId differs between path and body');
      seat.workId = body.WorkId;
      seat.name = body.Name ?? seat.name;
      seat.mobile = body.Mobile ?? seat.mobile;
      seat.email = body.Email ?? seat.email;
      seat.role = body.Role ?? seat.role;
      seat.enable = body.Enable ?? seat.enable;
      return null;
    },
  }),

  'DELETE agents/{AgentId}': operation({
    fields: { ...AGENT_ID, IsDelExtensions: optional(formats.boolean) },
    act({ application, path, body, object }) {
      const seat = application.seats.get(path['AgentId'] ?? '');
      if (seat === undefined) return REFUSALS.doesNotExist;
      if (body.AgentId !== seat.agentId) object('AgentId differs between path and body');
      return deleteSeat(application, seat, body.IsDelExtensions ?? false);
    },
  }),

  'GET agents/{AgentId}': operation({
    fields: AGENT_ID,
    act({ account, application, path, body, object }) {
      const seat = application.seats.get(path['AgentId'] ?? '');
      if (seat === undefined) return REFUSALS.recordNotFound;
      if (body.AgentId !== seat.agentId) object('AgentId differs between path and body');
      const shown = seatAnswer(application, seat, account.readings);
      // So does the example: the application's id stands behind the seat's.
      return { ...shown, AgentId: `${seat.agentId}@${application.appId}` };
    },
  }),

  'GET agents': operation({
    // The example's ErrDesc is empty.
    desc: '',
    act({ account: { readings }, application }) {
      const all = [...application.seats.values()];
      const seats = all.map((seat) => seatAnswer(application, seat, readings));
      return { CurrPage: 1, PageSize: seats.length, Total: seats.length, TotalPage: 1, AgentList: seats };
    },
  }),
};

/** Nothing, or the extensions that were made along with the seats. */
function createAll(application: Application, agents: readonly NewSeat[]) {
  const made = agents.flatMap((agent) => {
    const seat = newSeat(factsOf(agent), application.world.now());
    application.seats.set(seat.agentId, seat);
    if (agent.IsCreateExtension !== true) return [];
    const number = freeNumber(application);
    if (number === undefined) return [];
    seat.extensions.push(number);
    return [{ Extension: number, Password: newExtension(application, number).password }];
  });
  return made.length === 0 ? null : { Extensions: made };
}

function factsOf(agent: NewSeat) {
  return {
    agentId: agent.AgentId,
    workId: agent.WorkId,
    name: agent.Name ?? '',
    mobile: agent.Mobile ?? '',
    email: agent.Email ?? '',
    role: agent.Role ?? 'agent',
    enable: agent.Enable ?? true,
    wrapUpTime: agent.WrapUpTime ?? 0,
  };
}

/** Bound to a queue or a phone it stays, unless the phone is to go with it. */
function deleteSeat(application: Application, seat: Seat, withExtensions: boolean): Refusal | null {
  const phoneStays = seat.extensions.length > 0 && !withExtensions;
  if (seat.queues.size > 0 || phoneStays) return REFUSALS.agentIsBound;
  for (const number of seat.extensions) application.extensions.delete(number);
  application.seats.delete(seat.agentId);
  return null;
}
