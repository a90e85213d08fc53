import { type Channel, channelHeaders } from '../channel.ts';
import type { Exchange } from '../exchange.ts';
import type { Header } from '../packet.ts';
import { readVariable } from '../variables.ts';
import type { Action } from './action.ts';

export const redirect: Action = ({ exchange, faults, request, reply }) => {
  const name = request.header('Channel');
  const context = request.header('Context');
  const exten = request.header('Exten');
  const priority = request.header('Priority');
  if (name === '') return reply.error('Channel not specified');
  if (context === '') return reply.error('Context not specified');
  if (exten === '') return reply.error('Exten not specified');
  if (priority === '') return reply.error('Priority not specified');
  if (!/^[0-9]+$/.test(priority)) return reply.error('Priority is invalid');
  const channel = exchange.findChannel(name);
  if (channel === undefined) return reply.error(`Channel does not exist: ${name}`);
  if (channel.thread?.isHangingUp) return reply.error('Redirect failed, channel not up.');
  exchange.stats.redirects += 1;
  // Said before anything is carried out, and whether or not the place exists.
  reply.done('Redirect successful');
  if (faults.takeRedirectWithoutEffect()) return;
  exchange.redirect(channel, { context, exten, priority: Number(priority) });
};

export const hangup: Action = ({ exchange, request, reply }) => {
  const name = request.header('Channel');
  if (name === '') return reply.error('No channel specified');
  const channel = exchange.findChannel(name);
  if (channel === undefined) return reply.error('No such channel');
  reply.done('Channel Hungup');
  exchange.soon(() => exchange.requestHangup(channel));
};

export const status: Action = ({ exchange, request, reply }) => {
  const name = request.header('Channel');
  const found = name === '' ? undefined : exchange.findChannel(name);
  if (name !== '' && found === undefined) return reply.error('No such channel');
  const channels = found === undefined ? [...exchange.channels.values()] : [found];
  const variables = request
    .header('Variables')
    .split(',')
    .filter((variable) => variable !== '');
  reply.list({
    message: 'Channel status will follow',
    event: 'Status',
    items: channels.map((channel) => statusOf(exchange, channel, variables)),
    actionIdStands: 'last',
    complete: 'StatusComplete',
    completeHeaders: [['Items', String(channels.length)]],
  });
};

function statusOf(exchange: Exchange, channel: Channel, variables: readonly string[]): Header[] {
  return [
    ['Privilege', 'Call'],
    ...channelHeaders(channel),
    ['Type', 'PJSIP'],
    ['DNID', channel.thread === undefined ? '' : channel.dialledNumber],
    ['EffectiveConnectedLineNum', channel.connected.number || '<unknown>'],
    ['EffectiveConnectedLineName', channel.connected.name || '<unknown>'],
    ['TimeToHangup', '0'],
    ['BridgeID', channel.bridgeId ?? ''],
    ['Application', channel.application],
    ['Data', channel.applicationData],
    ['Nativeformats', '(ulaw)'],
    ['Readformat', 'ulaw'],
    ['Readtrans', ''],
    ['Writeformat', 'ulaw'],
    ['Writetrans', ''],
    ['Callgroup', '0'],
    ['Pickupgroup', '0'],
    ['Seconds', String(Math.floor((exchange.clock.now() - channel.createdAt) / 1_000))],
    ...variables.map((name): Header => ['Variable', `${name}=${statusValue(exchange, channel, name)}`]),
  ];
}

// A variable that was never set is printed as C prints a null pointer; a function's empty answer is empty.
function statusValue(exchange: Exchange, channel: Channel, name: string): string {
  const isSet = name.endsWith(')') || channel.variables.has(name) || exchange.globals.has(name);
  return readVariable(exchange, channel, name) || (isSet ? '' : '(null)');
}
