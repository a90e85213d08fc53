import { expect } from 'vitest';
import { APP_ID, covering } from './office.ts';

covering('queues', 'a queue is made, staffed, changed and removed', async ({ ask }) => {
  const QueueId = '9009';
  await ask('queueCreate', { QueueId, QueueName: 'Sales', Timeout: 30, MaxLength: 512 });
  await ask('queueAgentsBind', { QueueId, AgentIds: ['10031'] });
  await ask('queueAgentsBindByPut', { QueueId, AgentIds: ['10032'] });
  expect(await ask('queueGet', { QueueId })).toEqual({
    QueueId,
    QueueName: 'Sales',
    Strategy: 'longest_idle',
    Timeout: 30,
    MaxLength: 512,
    Agents: ['10031', '10032'],
  });

  await ask('queueUpdate', { QueueId, QueueName: 'Orders', Timeout: 120 });
  const queues = await ask('queueList');
  expect(queues.map(({ QueueID, Name, Timeout, MaxLength }) => [QueueID, Name, Timeout, MaxLength])).toEqual([
    ['9008', 'Support', 60, 128],
    [QueueId, 'Orders', 120, 512],
  ]);
  expect(queues[1]).toMatchObject({ AppID: APP_ID, Strategy: 'longest_idle', ID: expect.any(Number) });

  for (const AgentId of ['10031', '10032']) await ask('agentQueuesUnbind', { AgentId, Queues: [QueueId] });
  await ask('queueDelete', { QueueId });
  expect((await ask('queueList')).map(({ QueueID }) => QueueID)).toEqual(['9008']);
});
