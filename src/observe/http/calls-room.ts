import type { FastifyReply } from 'fastify';
import type { Call } from '../../domain/call/call.ts';
import type { EndedMadeCall, MadeCall } from '../../domain/made-call/made-call.ts';
import type { CallRecord, CallRecords } from '../../ports/call-records.ts';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';
import { toldAsJson } from './status-json.ts';

export interface CallsRoomParts {
  readonly records: CallRecords;
  /** A caller's number as it may be shown. */
  readonly shown: (number: string) => string;
}

// What fits on a screen, as the command `calls` shows; and what is read from the store in some milliseconds, for the
// callers' loop waits meanwhile.
const ENDED_SHOWN = 20;
const MOST_ENDED = 200;

/**
 * `/api/calls`: who is there, who was last, and which calls agents made. `/api/calls/ID`: one call, and all that happened to
 * it.
 */
export function callsRoom({ records, shown }: CallsRoomParts): Room {
  return (server) => {
    const send = (reply: FastifyReply, told: unknown) =>
      reply.type('application/json; charset=utf-8').send(toldAsJson(told, shown));
    server.get('/api/calls', async ({ query }, reply) => {
      const limit = limitIn(query);
      if (limit === undefined)
        return refuse(reply, 400, `limit must be a whole number from 0 to ${MOST_ENDED}`);
      const [open, ended, made] = await Promise.all([
        records.open(),
        records.ended(limit),
        records.made(limit),
      ]);
      return send(reply, {
        open: open.map(callFacts),
        ended: ended.map(callFacts),
        made: made.map(madeFacts),
      });
    });
    server.get<{ Params: { id: string } }>('/api/calls/:id', async ({ params: { id } }, reply) => {
      const record = await records.find(id);
      if (record !== undefined) return send(reply, recordFacts(record));
      const made = await records.findMade(id);
      if (made !== undefined) return send(reply, { call: madeFacts(made.call), told: made.told });
      return refuse(reply, 404, 'no such call is kept: /api/calls names the latest');
    });
  };
}

/** How many ended calls are wanted; nothing where that makes no sense. */
function limitIn(query: unknown): number | undefined {
  const given = new Map<string, unknown>(Object.entries(query ?? {})).get('limit');
  if (given === undefined) return ENDED_SHOWN;
  if (typeof given !== 'string' || !/^[0-9]{1,3}$/.test(given)) return undefined;
  return Number(given) > MOST_ENDED ? undefined : Number(given);
}

const callFacts = (call: Call) => ({
  callId: call.callId,
  phase: call.phase,
  queue: call.queue,
  number: call.clientNumber,
  enteredAt: call.enteredAt,
  ...phaseFacts(call),
});

function phaseFacts(call: Call): object {
  switch (call.phase) {
    case 'waiting':
      return {};
    case 'offered':
      return { extension: call.offer.extension };
    case 'talking':
      return { extension: call.extension, answeredAt: call.answeredAt };
    case 'leaving':
      return { reason: call.reason };
    case 'ended':
      return { ending: call.ending, endedAt: call.endedAt };
  }
}

const madeFacts = (call: MadeCall | EndedMadeCall) => ({
  callId: call.callId,
  extension: call.agent,
  number: call.clientNumber,
  madeAt: call.madeAt,
  ...('result' in call ? { result: call.result, endedAt: call.endedAt } : {}),
});

/** Why a report was refused is not among it: it may hold what the far side was told, a number for one. */
const recordFacts = ({ call, timeline, told }: CallRecord) => ({ call: callFacts(call), timeline, told });
