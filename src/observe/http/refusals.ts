import { STATUS_CODES } from 'node:http';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { shownFile } from '../../domain/recording/shown-file.ts';
import type { Log } from '../../ports/log.ts';
import { askingAddress } from './asking-address.ts';
import type { TellForged } from './forged-links.ts';
import type { Room } from './room.ts';

/** Whoever asks for what nobody serves is told so before their body is read. */
export function refuseUnknownPaths(server: FastifyInstance): void {
  server.addHook('onRequest', async (request, reply) => {
    if (request.is404) return refuse(reply, 404, 'nothing is served here');
  });
}

/**
 * The same for methods. Notes what the rooms serve, and answers a room that takes all other methods of their paths: it
 * must be the last to be registered.
 */
export function refusingOtherMethods(server: FastifyInstance): Room {
  const served = new Map<string, readonly string[]>();
  server.addHook('onRoute', ({ url, method }) => {
    served.set(url, [...(served.get(url) ?? []), ...[method].flat()]);
  });
  return (last) => {
    for (const [url, allowed] of [...served]) {
      last.route({
        method: last.supportedMethods.filter((method) => !allowed.includes(method)),
        url,
        onRequest: async (_request, reply) => refuseMethod(reply, allowed),
        handler: (_request, reply) => refuseMethod(reply, allowed),
      });
    }
  };
}

/** What went wrong behind a request is told in our log; whoever asked learns that it did. */
export function tellFaults(server: FastifyInstance, log: Log): void {
  server.setErrorHandler((error: FastifyError, { method, routeOptions }, reply) => {
    const status = error.statusCode ?? 500;
    if (status < 500) return refuse(reply, status, error.message);
    log.error({ err: error, method, route: routeOptions.url }, 'a request over HTTP cannot be answered');
    return refuse(reply, status, 'the log of asterisk-movidesk says why');
  });
}

const UNDER_RECORDINGS = '/recordings/';
const PATH_SHOWN = 200;

/** An address that is none (`%zz`) reaches no room. Below the recordings that is somebody who tries, which is told, too. */
export function refuseBadAddresses(tellForged: TellForged) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    const [path = ''] = (request.raw.url ?? '').split('?');
    if (!path.startsWith(UNDER_RECORDINGS)) {
      refuse(reply, error.statusCode ?? 400, error.message);
      return;
    }
    const shown = shownFile(path.slice(UNDER_RECORDINGS.length, UNDER_RECORDINGS.length + PATH_SHOWN));
    tellForged({ path: shown, ...askingAddress(request) });
    refuse(reply, 404, 'there is no such recording: the address is not one of ours');
  };
}

const refuseMethod = (reply: FastifyReply, allowed: readonly string[]): FastifyReply =>
  refuse(reply.header('allow', allowed.join(', ')), 405, `only ${allowed.join(', ')} is served here`);

/** In the shape in which fastify itself refuses. Whoever has no business here keeps no connection from those who have. */
export const refuse = (reply: FastifyReply, statusCode: number, message: string): FastifyReply =>
  reply
    .code(statusCode)
    .header('connection', 'close')
    .send({ statusCode, error: STATUS_CODES[statusCode], message });
