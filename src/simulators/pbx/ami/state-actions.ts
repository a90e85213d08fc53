import type { Exchange } from '../exchange.ts';
import { hintHeaders } from '../hints.ts';
import type { Header } from '../packet.ts';
import type { Action } from './action.ts';

export const extensionState: Action = ({ exchange, request, reply }) => {
  const exten = request.header('Exten');
  if (exten === '') return reply.error('Extension not specified');
  const context = request.header('Context') || 'default';
  reply.success([['Message', 'Extension Status'], ...hint(exchange, context, exten)]);
};

export const extensionStateList: Action = ({ exchange, reply }) => {
  const hints = exchange.hintContext === '' ? [] : phonesOf(exchange);
  reply.list({
    message: 'Extension Statuses will follow',
    event: 'ExtensionStatus',
    items: hints.map((exten) => hint(exchange, exchange.hintContext, exten)),
    actionIdStands: 'first',
    complete: 'ExtensionStateListComplete',
  });
};

export const deviceStateList: Action = ({ exchange, reply }) => {
  reply.list({
    message: 'Device State Changes will follow',
    event: 'DeviceStateChange',
    items: exchange.states.all().map(([device, state]): Header[] => [
      ['Device', device],
      ['State', state],
    ]),
    actionIdStands: 'first',
    complete: 'DeviceStateListComplete',
  });
};

function hint(exchange: Exchange, context: string, exten: string): Header[] {
  const hasHints = exchange.hintContext !== '' && context === exchange.hintContext;
  return hintHeaders(exchange.states, context, exten, hasHints);
}

function phonesOf(exchange: Exchange): string[] {
  return [...exchange.endpoints.values()].map(({ party }) => party.number).filter((number) => number !== '');
}
