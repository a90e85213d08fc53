import { expect } from 'vitest';
import { covering, RELAY_NUMBER } from './office.ts';

covering('relay-numbers', 'default relay numbers are set and taken away again', async ({ ask }) => {
  const other = '057128091649';
  const seatNumber = async () => (await ask('agentGet', { AgentId: '10031' })).DefSpNumber;
  expect(await ask('relayNumberList')).toEqual({ SpNumbers: [RELAY_NUMBER, other], DefSpNumber: '' });
  await ask('relayNumberDefaultUpdate', { DefSpNumber: RELAY_NUMBER });
  expect(await ask('relayNumberList')).toMatchObject({ DefSpNumber: RELAY_NUMBER });
  await ask('agentRelayNumberUpdate', { agentId: '10031', DefSpNumber: other });
  expect(await seatNumber()).toEqual([other]);
  await ask('agentRelayNumberDelete', { agentId: '10031' });
  expect(await seatNumber()).toEqual([]);
  await ask('relayNumberDefaultDelete');
  expect(await ask('relayNumberList')).toMatchObject({ DefSpNumber: '' });
});
