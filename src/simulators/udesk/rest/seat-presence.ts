import { listOf, optional, required } from '../fields.ts';
import * as formats from '../formats.ts';
import { REFUSALS } from '../refusal.ts';
import { changeCallMode, logIn, logOut } from '../state/agent-states.ts';
import type { SettableState } from '../state/seat.ts';
import { operation } from './operation.ts';

// The table calls State a string of digits and says no more. Assumed: the numbers that a seat's detail shows.
const STATES: Readonly<Record<string, SettableState>> = {
  '0': 'idle',
  '1': 'idle',
  '2': 'busy',
  '4': 'onBreak',
};

const MSG_ID = { MsgId: optional(formats.text) };

export const SEAT_PRESENCE = {
  'POST agent/login': operation({
    shape: 'message',
    fields: {
      agent_Id: required(formats.agentId),
      WorkerID: optional(formats.workId),
      QueueIDs: optional(listOf(formats.queueId)),
      Number: optional(formats.phoneNumber),
      State: optional(formats.oneOf('0', '1', '2', '4')),
      ...MSG_ID,
    },
    act({ application, body }) {
      const seat = application.seats.get(body.agent_Id);
      if (seat === undefined) return REFUSALS.recordNotFound;
      const queues = body.QueueIDs ?? [];
      if (!queues.every((queue) => application.queues.has(queue))) return REFUSALS.recordNotFound;
      seat.number = body.Number ?? seat.number;
      return logIn(application, seat, { by: 'rest', state: STATES[body.State ?? ''] }) ?? '';
    },
  }),

  'POST agent/logout': operation({
    // "In the request URL, the application ID is app_id, which is different from the previous AppId."
    app: 'app_id',
    shape: 'message',
    fields: { agent_Id: required(formats.agentId), ...MSG_ID },
    act({ application, body }) {
      const seat = application.seats.get(body.agent_Id);
      if (seat === undefined) return REFUSALS.recordNotFound;
      logOut(application, seat, 'rest');
      return '';
    },
  }),

  'POST agent/set_call_mode': operation({
    shape: 'message',
    fields: {
      AgentId: required(formats.agentId),
      Contact: required(formats.oneOf('voip', 'cellphone')),
      Number: optional(formats.phoneNumber),
      ...MSG_ID,
    },
    act({ application, body }) {
      const seat = application.seats.get(body.AgentId);
      if (seat === undefined) return REFUSALS.recordNotFound;
      seat.number = body.Number ?? seat.number;
      changeCallMode(application, seat, body.Contact);
      return '';
    },
  }),
};
