import { expect } from 'vitest';
import { CUSTOMER, covering, RELAY_NUMBER } from './office.ts';

covering(
  'calls',
  'a customer is called, held, taken back and transferred',
  async ({ ask, simulator, ledger }) => {
    const agent_id = '10031';
    const callbacks = { on_succ: 'done', on_failed: 'failed' };
    await ask('agentLogin', { agent_Id: agent_id });
    const originated = await ask('callOriginate', {
      caller: RELAY_NUMBER,
      called: CUSTOMER,
      called_display: RELAY_NUMBER,
      agent_id,
      user_data: [{ evt: 'user_answer', data: '1111111' }],
    });
    const call_id = originated?.results ?? '';
    expect(simulator.calls.find(call_id)).toMatchObject({
      agentId: agent_id,
      destNumber: CUSTOMER,
      spNumber: RELAY_NUMBER,
    });
    for (const step of ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'] as const)
      simulator.calls.step(call_id, step);

    await ask('callHold', { call_id, agent_id, ...callbacks });
    expect(simulator.calls.find(call_id).held).toBe(true);
    await ask('callResume', { call_id, agent_id, ...callbacks });
    expect(simulator.calls.find(call_id).held).toBe(false);
    await ask('callTransfer', {
      ...{ call_id, agent_id, ...callbacks, agent_type: 'anonymous', agent_phone: '01067654637' },
      ...{ on_record_over: 'recorded', on_transferee_hangup: 'hung up' },
    });
    expect(simulator.calls.find(call_id).transferredTo).toBe('01067654637');
    const controls = ledger().filter(({ what }) => ['hold', 'resume', 'transfer'].includes(what));
    expect(controls.map(({ what }) => what)).toEqual(['hold', 'resume', 'transfer']);
  },
);
