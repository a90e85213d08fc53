import { expect } from 'vitest';
import { APP_ID, covering } from './office.ts';

covering('seats', 'a seat is made, moved and removed', async ({ ask, simulator }) => {
  const seat = () => ask('agentGet', { AgentId: '199' });
  const made = await ask('agentCreate', {
    Agents: [
      {
        AgentId: '199',
        WorkId: '199',
        Name: 'Li',
        Mobile: '18512520714',
        Email: '123@example.com',
        Role: 'agent',
        IsCreateExtension: true,
      },
      { AgentId: '200', WorkId: 'w200', Enable: false, Extension: '2458', WrapUpTime: 1 },
    ],
  });
  const [extension] = made?.Extensions ?? [];
  expect(extension).toEqual({
    Extension: expect.stringMatching(/^[1-9]\d{3}$/),
    Password: expect.any(String),
  });
  const number = extension?.Extension ?? '';
  expect(await seat()).toMatchObject({
    AppId: APP_ID,
    AgentId: `199@${APP_ID}`,
    WorkId: '199',
    Name: 'Li',
    Mobile: '18512520714',
    Extensions: [number],
    State: 4,
    Enable: true,
  });

  await ask('agentUpdate', { AgentId: '199', WorkId: '22024', Name: 'Li Na', Role: 'leader', Enable: true });
  expect(await seat()).toMatchObject({ WorkId: '22024', Name: 'Li Na', Role: 'leader' });

  await ask('agentExtensionsUnbind', { AgentId: '199', Extensions: [number] });
  expect(simulator.agents.find('199').extensions).toEqual([]);
  await ask('agentExtensionsBind', { AgentId: '199', Extensions: [number] });
  expect(simulator.agents.find('199').extensions).toEqual([number]);

  await ask('agentQueuesBind', { AgentId: '199', Queues: ['9008'] });
  expect(await seat()).toMatchObject({ Queues: ['9008'], QueuesNames: 'Support' });
  await ask('agentQueuesUnbind', { AgentId: '199', Queues: ['9008'] });
  expect(await seat()).toMatchObject({ Queues: [], QueuesNames: null });

  const { AgentList, Total } = await ask('agentList');
  expect(Total).toBe(4);
  expect(AgentList.map(({ AgentId, Extensions, Enable }) => [AgentId, Extensions, Enable])).toEqual([
    ['10031', ['8001'], true],
    ['10032', ['8002'], true],
    ['199', [number], true],
    ['200', [], false],
  ]);

  await ask('agentDelete', { AgentId: '199', IsDelExtensions: true });
  expect(simulator.agents.all().map(({ agentId }) => agentId)).toEqual(['10031', '10032', '200']);
});
