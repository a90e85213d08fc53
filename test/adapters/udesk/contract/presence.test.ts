import { expect } from 'vitest';
import { covering } from './office.ts';

covering(
  'presence',
  'an agent comes, takes calls at their mobile telephone, and goes',
  async ({ ask, ledger }) => {
    const login = { agent_Id: '10032', QueueIDs: ['9008'], Number: '13935107603', State: '0' };
    const receipt = { msg_id: '123456789', results: '', data: null };
    expect(await ask('agentLogin', { ...login, MsgId: '123456789' })).toEqual(receipt);
    expect(await ask('agentCallModeSet', { AgentId: '10032', Contact: 'cellphone' })).toMatchObject({
      msg_id: '',
    });
    expect(await ask('agentLogout', { agent_Id: '10032', MsgId: '7' })).toMatchObject({ msg_id: '7' });
    const agentId = '10032';
    const nothing = { subState: 0, oldSubState: 0 };
    expect(ledger()).toEqual([
      { what: 'agent-logged-in', agentId, by: 'rest' },
      { what: 'agent-state', agentId, state: 'idle', oldState: 'offline', ...nothing },
      { what: 'call-mode', agentId, mode: 'cellphone' },
      { what: 'agent-logged-out', agentId, by: 'rest' },
      { what: 'agent-state', agentId, state: 'offline', oldState: 'idle', ...nothing },
    ]);
  },
);
