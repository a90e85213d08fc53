import type { FastifyInstance, FastifyReply } from 'fastify';
import type { CallOut, CallOutOutcome, CallOutResult } from '../../ports/call-out.ts';
import type { Log } from '../../ports/log.ts';
import { readWishBody } from './call-out-body.ts';
import type { Room } from './room.ts';
import { bearerToken, tokenCheck } from './token-check.ts';

export interface CcaiOutboundRoomParts {
  readonly callOut: CallOut;
  /** Whoever has it may have agents call whomever they like. */
  readonly token: string;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

// What is sent is two hundred bytes.
const BODY_BYTES = 16 * 1_024;

const STATUS_OF: Readonly<Record<CallOutOutcome, number>> = {
  // The three are CCAI Platform's own.
  created: 201,
  'needs-agent': 202,
  'needs-outbound-number': 200,
  invalid: 400,
  // What was asked is understood and cannot be done (RFC 9110 §15.5.21).
  refused: 422,
  // The fault is behind us, and not with who asks.
  misconfigured: 502,
  unavailable: 502,
  throttled: 503,
  'unknown-outcome': 504,
};

// It passes when the agent is free, without anything being changed in what was asked.
const AGENT_NOT_AVAILABLE = { code: 'agent-not-available', status: 409 };

/** `POST /ccai/outbound`: a program of the house asks that an agent calls somebody. */
export function ccaiOutboundRoom({ callOut, token, log }: CcaiOutboundRoomParts): Room {
  return (server) => {
    readJsonAsText(server);
    const isToken = tokenCheck(token);
    // Before the body is read: nobody without the token costs us that.
    server.addHook('onRequest', async ({ headers }, reply) => {
      if (!isToken(bearerToken(headers.authorization))) return unauthorized(reply);
    });
    server.post('/ccai/outbound', { bodyLimit: BODY_BYTES }, async (request, reply) => {
      const reading = readWishBody(request.body);
      if (!reading.ok) return reply.status(400).send({ outcome: 'invalid', ...reading.refusal });
      const result = await callOut(reading.wish);
      tell(log, result);
      return answer(reply, result);
    });
  };
}

/** Read by us, so that what is no JSON gets a code like everything else. */
function readJsonAsText(server: FastifyInstance): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  );
}

const unauthorized = (reply: FastifyReply): FastifyReply =>
  reply.status(401).header('www-authenticate', 'Bearer').send({
    outcome: 'invalid',
    code: 'unauthorized',
    message: 'Authorization: Bearer with the token of ccai.outboundToken is needed.',
  });

function answer(reply: FastifyReply, result: CallOutResult): FastifyReply {
  const { outcome, code, message, ccaiCallId, retryAfterMs } = result;
  if (retryAfterMs !== undefined) reply.header('retry-after', String(Math.ceil(retryAfterMs / 1_000)));
  const status = code === AGENT_NOT_AVAILABLE.code ? AGENT_NOT_AVAILABLE.status : STATUS_OF[outcome];
  // Why exactly stands in our log: it may name what is behind us.
  return reply.status(status).send({ outcome, code, message, ccaiCallId });
}

/** Neither the agent nor the number: who asked knows both. */
function tell(log: CcaiOutboundRoomParts['log'], { outcome, code, ccaiCallId, cause }: CallOutResult): void {
  const facts = { outcome, code, ...(ccaiCallId === undefined ? {} : { ccaiCallId }) };
  if (cause === undefined) log.info(facts, 'an agent was to call out');
  else log.warn({ ...facts, cause }, 'an agent was to call out, and CCAI Platform did not take it');
}
