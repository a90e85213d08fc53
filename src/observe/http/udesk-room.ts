import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { ListAnswer, UdeskInbox, UdeskQuery } from '../../ports/udesk-inbox.ts';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';

export interface UdeskRoomParts {
  readonly receive: UdeskInbox;
  /** Whether the callers whom nobody could take are given to Udesk's dialling tasks. */
  readonly servesCallbackList: boolean;
}

// An event of Udesk's is a few hundred bytes. The same is the most that is read as JSON.
const BODY_BYTES = 64 * 1_024;
// The document shows no answer to a callback: this one has the shape of its other answers of two parts.
const TAKEN: ListAnswer = { code: '000000', message: 'OK' };

/** What Udesk sends to us. Whether it is Udesk at all is told by whoever receives it, and never to the sender. */
export function udeskRoom({ receive, servesCallbackList }: UdeskRoomParts): Room {
  return (server) => {
    readAnyBodyAsText(server);
    closeWhenAnswered(server);
    const serve = (path: string, handle: (query: UdeskQuery, body: string) => Handled) =>
      server.post(path, { bodyLimit: BODY_BYTES }, async (request, reply) =>
        answer(reply, await handle(queryOf(request), bodyOf(request))),
      );
    serve('/udesk/callback', (query, body) =>
      receive.callback(query, body) === 'taken' ? TAKEN : 'refused',
    );
    if (!servesCallbackList) return;
    serve('/udesk/cc_ad_task/numbers', (query, body) => receive.numbers(query, body));
    serve('/udesk/cc_ad_task/stop', (query, body) => receive.stop(query, body));
  };
}

type Handled = ListAnswer | 'refused' | Promise<ListAnswer | 'refused'>;

/** The document does not say how a callback's body is marked. What was sent twice is known by its very text. */
function readAnyBodyAsText(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
}

/**
 * The server has so many connections and no more. Those that a proxy keeps after a burst of callbacks, or of forged ones,
 * would shut out whoever asks whether we are alive.
 */
function closeWhenAnswered(server: FastifyInstance): void {
  server.addHook('onSend', async (_request, reply) => {
    reply.header('connection', 'close');
  });
}

function answer(reply: FastifyReply, handled: ListAnswer | 'refused'): FastifyReply {
  return handled === 'refused' ? refuse(reply, 403, 'not for you') : reply.send(handled);
}

const queryOf = ({ query }: FastifyRequest): UdeskQuery => query as UdeskQuery;
/** A request without a body has none to be parsed. */
const bodyOf = ({ body }: FastifyRequest): string => (typeof body === 'string' ? body : '');
