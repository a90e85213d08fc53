import type { AsteriskQueue } from '../asterisk-queue.ts';
import type { Exchange } from '../exchange.ts';
import type { Header } from '../packet.ts';
import type { Action } from './action.ts';

export const queueStatus: Action = ({ exchange, request, reply }) => {
  const items = queuesNamed(exchange, request.header('Queue')).flatMap((queue): Header[][] => [
    [['Event', 'QueueParams'], ...queue.paramsHeaders()],
    ...queue.entryHeaders().map((entry): Header[] => [['Event', 'QueueEntry'], ...entry]),
  ]);
  reply.list({
    message: 'Queue status will follow',
    event: 'QueueParams',
    items,
    actionIdStands: 'last',
    complete: 'QueueStatusComplete',
  });
};

export const queueWithdrawCaller: Action = ({ exchange, request, reply }) => {
  const queue = exchange.queues.get(request.header('Queue'));
  if (request.header('Queue') === '') return reply.error("'Queue' not specified.");
  if (request.header('Caller') === '') return reply.error("'Caller' not specified.");
  if (queue === undefined) return reply.error('Unable to request withdraw from queue: No such queue');
  if (queue.withdraw(request.header('Caller'), request.header('WithdrawInfo'))) {
    reply.done('Withdraw requested successfully');
  } else {
    reply.error('Unable to request withdraw from queue: No such caller');
  }
};

function queuesNamed(exchange: Exchange, name: string): AsteriskQueue[] {
  return [...exchange.queues.values()].filter((queue) => name === '' || queue.name === name);
}
