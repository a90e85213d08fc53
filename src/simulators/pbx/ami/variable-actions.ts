import type { Channel } from '../channel.ts';
import { readVariable, writeVariable } from '../variables.ts';
import type { Action, ActionCall } from './action.ts';

export const getvar: Action = (call) => {
  const { exchange, request, reply } = call;
  const variable = request.header('Variable');
  if (variable === '') return reply.error('No variable specified');
  const target = targetOf(call);
  if (target === 'gone') return reply.error('No such channel');
  reply.success([
    ['Variable', variable],
    ['Value', readVariable(exchange, target, variable)],
  ]);
};

export const setvar: Action = (call) => {
  const { exchange, request, reply } = call;
  const variable = request.header('Variable');
  if (variable === '') return reply.error('No variable specified');
  const target = targetOf(call);
  if (target === 'gone') return reply.error('No such channel');
  if (writeVariable(exchange, target, variable, request.header('Value'))) reply.done('Variable Set');
  else reply.error('Variable not set');
};

/** Nothing: the action is about the PBX, not about a channel. */
function targetOf({ exchange, request }: ActionCall): Channel | undefined | 'gone' {
  const name = request.header('Channel');
  return name === '' ? undefined : (exchange.findChannel(name) ?? 'gone');
}
