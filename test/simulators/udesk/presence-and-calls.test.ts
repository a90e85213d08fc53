import { describe, expect, test } from 'vitest';
import { aCallCentre, type CallCentre, NOON } from './call-centre.ts';

const CONTROL = { agent_id: '10031', on_succ: 'x', on_failed: 'x' };
const TRANSFER = {
  ...CONTROL,
  ...{ agent_type: 'anonymous', agent_phone: '13676546374', on_record_over: 'x', on_transferee_hangup: 'x' },
};

const login = (centre: CallCentre, agentId: string, change: object = {}) =>
  centre.codeOf('POST agent/login', { body: { agent_Id: agentId, ...change } });

/** An agent who talks to somebody; answers the call's id. */
async function aTalk(centre: CallCentre): Promise<string> {
  await login(centre, '10031');
  return centre.simulator.calls.talk({ agentId: '10031', destNumber: '01067654637' });
}

describe('presence', () => {
  test('only a seat with an extension logs in', async () => {
    await using centre = await aCallCentre();
    expect(await login(centre, '7765')).toBe('100018 RecordNotFound');
    expect(await login(centre, '10031')).toBe('000000 OK');
    expect(centre.simulator.agents.find('10031').state).toBe('idle');
  });

  test('a disabled seat does not log in', async () => {
    await using centre = await aCallCentre();
    await centre.call('PUT agents/10031', { body: { AgentId: '10031', WorkId: '10031', Enable: false } });
    expect(await login(centre, '10031')).toBe('000001 ParamsInvalid');
  });

  test('logins and logouts are in the ledger with their instants, and a repeated one only once', async () => {
    await using centre = await aCallCentre();
    const logout = () => centre.codeOf('POST agent/logout', { body: { agent_Id: '10031' } });
    await login(centre, '10031');
    await login(centre, '10031');
    await centre.clock.pass(5_000);
    expect(await logout()).toBe('000000 OK');
    expect(await logout()).toBe('000000 OK');
    expect(centre.simulator.ledger).toMatchObject([
      { what: 'agent-logged-in', agentId: '10031', by: 'rest', at: NOON },
      { what: 'agent-state', state: 'idle', oldState: 'offline', at: NOON },
      { what: 'agent-logged-out', agentId: '10031', by: 'rest', at: NOON + 5_000 },
      { what: 'agent-state', state: 'offline', oldState: 'idle', at: NOON + 5_000 },
    ]);
  });

  test('a login may name the state', async () => {
    await using centre = await aCallCentre();
    expect(await login(centre, '10031', { State: '2' })).toBe('000000 OK');
    expect(centre.simulator.agents.find('10031').state).toBe('busy');
    expect(await login(centre, '10031', { State: '3' })).toBe('000001 ParamsInvalid');
  });

  test('state logs tell each state from its begin to its end', async () => {
    await using centre = await aCallCentre();
    await login(centre, '10031');
    await centre.clock.pass(2_000);
    centre.simulator.agents.setState('10031', 'onBreak', 3);
    await centre.clock.pass(4_000);
    await login(centre, '10032');
    const { json } = await centre.call('GET agents/statelogs', { body: { AgentId: '10031' } });
    expect(json).toMatchObject({
      Result: {
        AgentStateLogs: [
          { CurState: 'idle', OldState: 'offline', StartTime: NOON, EndTime: NOON + 2_000, Duration: 2 },
          { CurState: 'onBreak', CurStateSubId: 3, OldState: 'idle', EndTime: 0, Duration: 4 },
        ],
      },
    });
    const page = { PageSize: 1, PageNum: 3 };
    expect((await centre.call('GET agents/statelogs', { body: page })).json).toMatchObject({
      Result: { AgentStateLogs: [{ AgentId: '10032', CurState: 'idle' }] },
    });
  });

  test('what is older than a week is not told any more', async () => {
    await using centre = await aCallCentre();
    await login(centre, '10031');
    await centre.clock.pass(7 * 24 * 60 * 60_000 + 1);
    const body = { StartTime: NOON - 1 };
    expect((await centre.call('GET agents/statelogs', { body })).json).toMatchObject({
      Result: { AgentStateLogs: [] },
    });
  });

  test('the mode of calling is changed once', async () => {
    await using centre = await aCallCentre();
    const body = { AgentId: '10031', Contact: 'cellphone', Number: '13676546374', MsgId: 'm1' };
    expect((await centre.call('POST agent/set_call_mode', { body })).json).toMatchObject({ msg_id: 'm1' });
    await centre.call('POST agent/set_call_mode', { body });
    expect(centre.simulator.ledger).toMatchObject([{ what: 'call-mode', mode: 'cellphone' }]);
    expect(await centre.codeOf('POST agent/set_call_mode', { body: { ...body, Contact: 'pager' } })).toBe(
      '000001 ParamsInvalid',
    );
  });
});

describe('outbound calls', () => {
  const CALL = {
    caller: '057126200670',
    called: '17600000000',
    called_display: '057126200670',
    agent_id: '10031',
  };

  test('an agent who is not logged in makes none', async () => {
    await using centre = await aCallCentre();
    expect(await centre.codeOf('POST originatev2', { body: CALL })).toBe('000001 ParamsInvalid');
  });

  test('one goes on by itself where it has a pace, and occupies the agent until it ends', async () => {
    await using centre = await aCallCentre({ callPaceMs: 1_000 });
    await login(centre, '10031', { State: '2' });
    const { json } = await centre.call('POST originatev2', { body: CALL });
    const { results } = json as { results: string };
    await centre.clock.pass(10_000);
    expect(centre.simulator.agents.find('10031')).toMatchObject({ state: 'inCall', callId: results });
    centre.simulator.calls.step(results, 'user_hangup', 'normal');
    expect(centre.simulator.agents.find('10031')).toMatchObject({ state: 'busy', callId: undefined });
    const steps = centre.simulator.ledger.flatMap((happening) =>
      happening.what === 'call' ? [`${happening.step} ${happening.at - NOON}`] : [],
    );
    expect(steps).toEqual([
      ...['begin 0', 'start_dialout 0', 'agent_ringing 1000', 'agent_answer 2000', 'user_ringing 3000'],
      ...['user_answer 4000', 'user_hangup 10000', 'hangup_cause 10000', 'end 10000'],
    ]);
  });

  test('an agent has one call at a time', async () => {
    await using centre = await aCallCentre();
    await aTalk(centre);
    expect(await centre.codeOf('POST originatev2', { body: CALL })).toBe('000001 ParamsInvalid');
  });

  test('a caller that is no relay number is refused', async () => {
    await using centre = await aCallCentre();
    await login(centre, '10031');
    const body = { ...CALL, caller: '057100000000' };
    expect(await centre.codeOf('POST originatev2', { body })).toBe('000001 ParamsInvalid');
  });
});

describe('call control', () => {
  test('a call is held once and resumed once', async () => {
    await using centre = await aCallCentre();
    const body = { ...CONTROL, call_id: await aTalk(centre) };
    expect(await centre.codeOf('DELETE agent/hold', { body })).toBe('000001 ParamsInvalid');
    expect(await centre.codeOf('POST agent/hold', { body })).toBe('000000 OK');
    expect(await centre.codeOf('POST agent/hold', { body })).toBe('000001 ParamsInvalid');
    expect(await centre.codeOf('DELETE agent/hold', { body })).toBe('000000 OK');
    const controls = centre.simulator.ledger.filter(({ what }) => what === 'hold' || what === 'resume');
    expect(controls).toMatchObject([
      { what: 'hold', callId: body.call_id, agentId: '10031', at: NOON },
      { what: 'resume', callId: body.call_id, agentId: '10031', at: NOON },
    ]);
  });

  test('a transferred call is no longer the agent’s, who is free', async () => {
    await using centre = await aCallCentre();
    const body = { ...TRANSFER, call_id: await aTalk(centre) };
    expect(await centre.codeOf('POST transfer/agent', { body })).toBe('000000 OK');
    expect(centre.simulator.ledger.find(({ what }) => what === 'transfer')).toMatchObject({
      ...{ callId: body.call_id, agentId: '10031', to: '13676546374', from: '01067654637', at: NOON },
    });
    expect(centre.simulator.agents.find('10031')).toMatchObject({ state: 'idle', callId: undefined });
    const held = { ...CONTROL, call_id: body.call_id };
    expect(await centre.codeOf('POST agent/hold', { body: held })).toBe('100018 RecordNotFound');
  });

  test.each([{ agent_type: 'agent' }, { agent_phone: '8001' }, { agent_phone: '+5547999990000' }])(
    'a transfer with %o is refused',
    async (change) => {
      await using centre = await aCallCentre();
      const body = { ...TRANSFER, call_id: await aTalk(centre), ...change };
      expect(await centre.codeOf('POST transfer/agent', { body })).toBe('000001 ParamsInvalid');
    },
  );

  test('an agent’s SIP number, a landline and a number abroad are numbers', async () => {
    for (const agent_phone of ['90310468568001', '01067654637', '005547999990000']) {
      await using centre = await aCallCentre();
      const body = { ...TRANSFER, call_id: await aTalk(centre), agent_phone };
      expect(await centre.codeOf('POST transfer/agent', { body })).toBe('000000 OK');
    }
  });

  test('on_succ and its like are not left empty', async () => {
    await using centre = await aCallCentre();
    const body = { ...CONTROL, call_id: await aTalk(centre), on_succ: '' };
    expect(await centre.codeOf('POST agent/hold', { body })).toBe('000001 Parameter error');
  });

  test('a call of somebody else, or one that is over, is not found', async () => {
    await using centre = await aCallCentre();
    const body = { ...CONTROL, call_id: await aTalk(centre) };
    expect(await centre.codeOf('POST agent/hold', { body: { ...body, agent_id: '10032' } })).toBe(
      '100018 RecordNotFound',
    );
    centre.simulator.calls.step(body.call_id, 'user_hangup');
    expect(await centre.codeOf('POST agent/hold', { body })).toBe('100018 RecordNotFound');
  });
});
