import type { Action, ActionCall } from './action.ts';
import { hangup, redirect, status } from './channel-actions.ts';
import { originate } from './originate-action.ts';
import { queueStatus, queueWithdrawCaller } from './queue-actions.ts';
import { isPermitted } from './rights.ts';
import { deviceStateList, extensionState, extensionStateList } from './state-actions.ts';
import { getvar, setvar } from './variable-actions.ts';

const ping: Action = ({ exchange, reply }) =>
  reply.success([
    ['Ping', 'Pong'],
    ['Timestamp', (exchange.clock.now() / 1_000).toFixed(6)],
  ]);

const ACTIONS: ReadonlyMap<string, Action> = new Map<string, Action>([
  ['ping', ping],
  ['redirect', redirect],
  ['hangup', hangup],
  ['status', status],
  ['originate', originate],
  ['getvar', getvar],
  ['setvar', setvar],
  ['extensionstate', extensionState],
  ['extensionstatelist', extensionStateList],
  ['devicestatelist', deviceStateList],
  ['queuestatus', queueStatus],
  ['queuewithdrawcaller', queueWithdrawCaller],
]);

export function perform(call: ActionCall): void {
  const name = call.request.action;
  const action = ACTIONS.get(name.toLowerCase());
  if (name === '') call.reply.error('Missing action in request');
  else if (!isPermitted(name, call.exchange.mayOriginate)) call.reply.error('Permission denied');
  else if (action !== undefined) action(call);
  else call.reply.error(unknownAction(name));
}

function unknownAction(name: string): string {
  return `Invalid/unknown command: ${name}. Use Action: ListCommands to show available commands.`;
}
