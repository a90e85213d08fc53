import { MADE_AGENT_CONTEXT, MADE_CONTEXT } from '../dialplan/contexts.ts';
import { startMadeCall } from '../made-call.ts';
import type { Action } from './action.ts';

const LOCAL = new RegExp(`^Local/([0-9]+)@${MADE_AGENT_CONTEXT}/n$`);

/** Calls of agents alone, as the daemon has them made; whoever is to be rung otherwise is nobody here. */
export const originate: Action = ({ exchange, request, reply }) => {
  const channel = request.header('Channel');
  if (channel === '') return reply.error('Channel not specified');
  const agent = LOCAL.exec(channel)?.[1];
  const number = request.header('Exten');
  const callId = request.header('ChannelId');
  // What Asterisk makes of the one where the other is not named.
  const otherId = request.header('OtherChannelId') || `${callId};2`;
  if (exchange.findChannel(callId) !== undefined) return reply.error('Channel id is already in use');
  // Said before anything is carried out.
  reply.done('Originate successfully queued');
  if (agent === undefined || request.header('Context') !== MADE_CONTEXT) return;
  const variables = new Map(
    request
      .header('Variable')
      .split(',')
      .map((pair): [string, string] => {
        const [name = '', ...value] = pair.split('=');
        return [name, value.join('=')];
      }),
  );
  exchange.soon(() => startMadeCall(exchange, { callId, otherId, agent, number, variables }));
};
