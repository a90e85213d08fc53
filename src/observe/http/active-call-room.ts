import type { FastifyReply, FastifyRequest } from 'fastify';
import type { WishProblem } from '../../domain/made-call/wish.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { MakeCall, MakeCallAnswer } from '../../ports/made-calls.ts';
import { maskNumber } from '../mask-number.ts';
import type { Access } from './active-call-access.ts';
import { activeCallGuard } from './active-call-guard.ts';
import { askingAddress } from './asking-address.ts';
import { NAMED_VALUES_BYTES, type NamedValuesReading, namedValues, takeBodyAsText } from './named-values.ts';
import { openToPages } from './open-to-pages.ts';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';

export interface ActiveCallRoomParts {
  readonly access: Access;
  readonly makeCall: MakeCall;
  /** Has a supervisor hear an agent; nothing where nobody may. */
  readonly monitor: MakeCall | undefined;
  readonly log: Pick<Log, 'warn'>;
  readonly clock: Pick<Clock, 'monotonic'>;
}

/** One of the two things that can be asked for, in its own words. */
interface Service {
  readonly path: string;
  readonly make: MakeCall;
  /** What who rings, and who is called or heard, are named in the request. */
  readonly source: string;
  readonly destination: string;
  readonly refusals: Readonly<Record<WishProblem, string>>;
}

/**
 * `/movidesk/call`, and `/movidesk/monitor`: the help desk has the PBX call. A GET is answered with the call's id as text, a
 * POST with `{"call_id": …}`, as Movidesk's form asks for it.
 */
export function activeCallRoom({ access, makeCall, monitor, log, clock }: ActiveCallRoomParts): Room {
  return (server) => {
    takeBodyAsText(server);
    const guard = activeCallGuard({ access, log, clock });
    const services = servicesOf({ makeCall, monitor });
    const paths = services.map(({ path }) => path);
    if (access.kind !== 'none') openToPages(server, paths);
    for (const service of services) {
      const handler = (request: FastifyRequest, reply: FastifyReply) =>
        serve(service, { request, reply, log });
      server.route({
        method: ['GET', 'POST'],
        url: service.path,
        bodyLimit: NAMED_VALUES_BYTES,
        // Fastify's own HEAD would ring somebody.
        exposeHeadRoute: false,
        onRequest: guard,
        handler,
      });
    }
  };
}

function servicesOf({ makeCall, monitor }: Pick<ActiveCallRoomParts, 'makeCall' | 'monitor'>) {
  const services: Service[] = [
    {
      path: '/movidesk/call',
      make: makeCall,
      source: 'source',
      destination: 'destination',
      refusals: OF_CALLS,
    },
  ];
  if (monitor !== undefined)
    services.push({
      ...{ path: '/movidesk/monitor', make: monitor, source: 'supervisor', destination: 'agent' },
      refusals: OF_MONITORING,
    });
  return services;
}

interface Serving {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly log: ActiveCallRoomParts['log'];
}

async function serve(service: Service, { request, reply, log }: Serving): Promise<FastifyReply> {
  const reading = namedValues(request);
  if (reading.kind !== 'read') {
    const facts = { path: service.path, why: reading.kind, ...askingAddress(request) };
    log.warn(facts, 'a call was asked for, and nobody was rung');
    return refuse(reply, ...UNREAD[reading.kind]);
  }
  const { values } = reading;
  const source = values.get(service.source)?.trim();
  const destination = destinationIn(values.get(service.destination));
  const answer = await service.make({ source, destination });
  if (answer.kind !== 'made') {
    const why = answer.kind === 'refused' ? answer.why : answer.kind;
    const clientNumber = (destination ?? '').slice(0, LONGEST_SHOWN);
    const who = askingAddress(request);
    const facts = { path: service.path, why, ...who, source: shown(source), clientNumber };
    if (why === 'unknown') log.warn(facts, 'a call was asked for, and nobody knows whether a phone rings');
    else log.warn(facts, 'a call was asked for, and nobody was rung');
  }
  return answered(service, { request, reply, answer });
}

const UNREAD: Readonly<Record<Exclude<NamedValuesReading['kind'], 'read'>, readonly [number, string]>> = {
  'no-object': [400, 'the body must be a JSON object or a form'],
  files: [
    415,
    'a body of multipart/form-data is not read: send the form as application/x-www-form-urlencoded (curl: -d instead of -F), or JSON',
  ],
  'another-type': [
    415,
    'a body of this type is not read: send JSON (application/json) or a form (application/x-www-form-urlencoded)',
  ],
};

/** A plus that nobody encoded arrives as a blank. */
const destinationIn = (text: string | undefined): string | undefined =>
  text?.replace(/^ (?=[0-9])/, '+').trim();

// An extension is nobody's number; what is longer may be one.
const LONGEST_EXTENSION = 6;
// Far above any number: whoever sends more does not fill the log with it.
const LONGEST_SHOWN = 32;
const shown = (source = ''): string =>
  source.length <= LONGEST_EXTENSION ? source : maskNumber(source.slice(0, LONGEST_SHOWN));

function answered(
  service: Service,
  { request, reply, answer }: { request: FastifyRequest; reply: FastifyReply; answer: MakeCallAnswer },
): FastifyReply {
  switch (answer.kind) {
    case 'made':
      return request.method === 'GET'
        ? reply.type('text/plain; charset=utf-8').send(answer.callId)
        : reply.send({ call_id: answer.callId });
    case 'refused':
      return refuse(reply, STATUS_OF[answer.why], service.refusals[answer.why]);
    case 'in-a-call':
      return later(reply, 429, answer.retryAfterMs, 'this agent is in another call');
    case 'too-many':
      return later(reply, 429, answer.retryAfterMs, 'too many calls in one minute');
    case 'unavailable':
      return later(reply, 503, UNAVAILABLE_MS, 'nobody was rung; the log of asterisk-movidesk says why');
    case 'unknown':
      return later(reply, 503, UNKNOWN_MS, 'the PBX did not answer: perhaps the phone rings, perhaps not');
  }
}

// A link to the PBX that was lost is back within seconds.
const UNAVAILABLE_MS = 5_000;
// By then the PBX was asked whether there is such a call.
const UNKNOWN_MS = 15_000;

const later = (reply: FastifyReply, status: number, ms: number, message: string): FastifyReply =>
  refuse(reply.header('retry-after', `${Math.ceil(ms / 1_000)}`), status, message);

const STATUS_OF: Readonly<Record<WishProblem, number>> = {
  'no-source': 400,
  'no-destination': 400,
  'no-extension': 400,
  'not-dialable': 400,
  'unknown-extension': 403,
  'forbidden-number': 403,
};

const OF_CALLS: Service['refusals'] = {
  'no-source': 'source is missing: the extension of the agent who calls',
  'no-destination': 'destination is missing: the number to be called',
  'no-extension': 'source is no extension: two to twenty digits',
  'not-dialable':
    'destination is no number that can be dialled: 3 to 20 digits, with + in front where wanted',
  'unknown-extension': 'this extension may not make calls: it is not in activeCall.extensions',
  'forbidden-number': 'this number may not be called: see activeCall.allowedPrefixes',
};

const OF_MONITORING: Service['refusals'] = {
  'no-source': 'supervisor is missing: the extension of who listens',
  'no-destination': 'agent is missing: the extension that is listened to',
  'no-extension': 'supervisor is no extension: two to twenty digits',
  'not-dialable': 'agent is no extension: two to twenty digits',
  'unknown-extension': 'this extension may not listen: it is not in activeCall.supervisors',
  'forbidden-number': 'this agent may not be listened to: it is not in activeCall.extensions',
};
