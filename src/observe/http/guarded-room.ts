import type { FastifyReply } from 'fastify';
import { refuse } from './refusals.ts';
import type { Room } from './room.ts';
import { basicPassword, bearerToken, tokenCheck } from './token-check.ts';

/**
 * The room for whoever knows the token: programs send it as a Bearer, and a browser, which can be made to ask for a
 * password, as that. Once it has it, the browser sends it with everything that the page asks for.
 */
export function guardedRoom(room: Room, token: string): Room {
  const isToken = tokenCheck(token);
  return (server) => {
    server.addHook('onRequest', async ({ headers: { authorization } }, reply) => {
      if (!isToken(bearerToken(authorization) ?? basicPassword(authorization))) return unauthorized(reply);
    });
    room(server);
  };
}

const unauthorized = (reply: FastifyReply): FastifyReply =>
  refuse(
    reply.header('www-authenticate', ['Basic realm="asterisk-movidesk", charset="UTF-8"', 'Bearer']),
    401,
    'the token of http.token is needed: as Authorization: Bearer, or as the password of any user',
  );
