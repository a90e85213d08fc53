import { describe, expect, test } from 'vitest';
import { APP_ID, aCallCentre, NOON } from './call-centre.ts';
import { EXAMPLES } from './examples.ts';

const CALL_ID = '1a8462d7-00fc-4cc2-4567-038ced6ba580';

describe('the document’s examples', () => {
  test('each gets the answer that stands beside it', async () => {
    await using centre = await aCallCentre({
      mostSubscriptions: 2,
      application: {
        agents: [
          { agentId: '10031', extensions: ['8001'] },
          { agentId: '10032', extensions: ['8002'] },
          { agentId: '111', extensions: ['8003'] },
          { agentId: '7765' },
        ],
      },
    });
    centre.simulator.agents.logIn('111');
    centre.simulator.calls.talk({ callId: CALL_ID, agentId: '111', destNumber: '13676546374' });
    for (const { operation, answer, ...change } of EXAMPLES) {
      const answered = await centre.call(operation, change);
      expect({ operation, status: answered.status, answer: answered.json }).toEqual({
        operation,
        status: 200,
        answer,
      });
    }
    expect(centre.simulator.violations()).toEqual([]);
  });

  test('an application is created without an AppId, and every value of the answer is text', async () => {
    await using centre = await aCallCentre();
    const body = { Name: 'test02', Type: 1, CallbackUrl: '' };
    const { json } = await centre.call('POST apps', { body, query: { AppId: undefined } });
    const text = expect.any(String);
    expect(json).toEqual({
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: {
        ...{ AppId: text, ExtensionPrefix: expect.stringMatching(/^9\d{9}$/), Name: 'test02', Memo: '' },
        ...{ Type: '1', CallbackUrl: '', IsHideUserNum: 'false', Secret: text, WrapUpTime: '0' },
      },
    });
    const AppId = (json as { Result: { AppId: string } }).Result.AppId;
    expect((await centre.call('GET agents', { query: { AppId } })).json).toMatchObject({
      Result: { Total: 0 },
    });
  });

  test('an application shows what was changed about it', async () => {
    await using centre = await aCallCentre();
    await centre.call('PUT apps', { body: { Memo: 'ours', Type: 'external', IsHideUserNum: true } });
    expect((await centre.call('GET apps')).json).toMatchObject({
      Result: {
        AppId: APP_ID,
        Name: 'simulated',
        Memo: 'ours',
        Type: 'external',
        IsHideUserNum: true,
        Secret: 'a-secret',
      },
    });
  });

  test('the list of seats counts them, and says nothing instead of OK', async () => {
    await using centre = await aCallCentre();
    const { json } = await centre.call('GET agents');
    expect(json).toMatchObject({
      ErrCode: '000000',
      ErrDesc: '',
      Result: {
        ...{ CurrPage: 1, PageSize: 3, Total: 3, TotalPage: 1 },
        AgentList: [
          {
            AgentId: '10031',
            Extensions: [{ Extension: '8001', Password: expect.any(String) }],
            ...{ State: 4, ExtState: 0, QueuesNames: null },
          },
          { AgentId: '10032' },
          { AgentId: '7765', Extensions: null, ExtState: 3 },
        ],
      },
    });
  });

  test('the other readings of the document can be had: bare extensions, and ids of subscriptions', async () => {
    await using centre = await aCallCentre({
      readings: { extensionsAs: 'numbers', listsSubscriptionIds: true },
    });
    expect((await centre.call('GET agents')).json).toMatchObject({
      Result: { AgentList: [{ Extensions: ['8001'] }, { Extensions: ['8002'] }, { Extensions: null }] },
    });
    const subscription = { callback: 'http://127.0.0.1:9/', name: 'ours', events: ['begin'] };
    await centre.call('POST subscriptions', { body: { subscriptions: [subscription] } });
    expect((await centre.call('GET subscriptions')).json).toMatchObject({
      Result: [{ id: 1, ...subscription }],
    });
  });

  test('call logs show an ended call, as the example has it', async () => {
    await using centre = await aCallCentre();
    const { calls, agents } = centre.simulator;
    agents.logIn('10031');
    const facts = { agentId: '10031', destNumber: '01086482889', spNumber: '057128091649' };
    const callId = calls.begin(facts);
    await centre.clock.pass(1_000);
    calls.step(callId, 'agent_ringing');
    calls.step(callId, 'agent_answer');
    await centre.clock.pass(4_000);
    calls.step(callId, 'user_answer');
    expect((await centre.call('GET calls/logs', { body: {} })).json).toMatchObject({
      Result: { CallLogs: [] },
    });
    await centre.clock.pass(7_000);
    calls.step(callId, 'agent_hangup');
    const body = { CallId: callId, PageSize: 20, PageNum: 1, StartTime: NOON, EndTime: NOON + 1 };
    expect((await centre.call('GET calls/logs', { body })).json).toEqual({
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: {
        CallLogs: [
          {
            ...{ CallId: callId, StartTime: NOON, EndTime: NOON + 12_000 },
            ...{ AgentAnswerTime: NOON + 1_000, UserAnswerTime: NOON + 5_000 },
            ...{ CallDuration: 7, TotalDuration: 12, DestNumber: '01086482889', UNProvince: '', UNCity: '' },
            ...{ SpNumber: '057128091649', AgentId: '10031', AgentName: '', WorkId: '10031', Email: '' },
            ...{ CallType: 'Outgoing', EndType: 'callResult', HangupBy: 'agent', HangupReason: '' },
            ...{
              HangupCode: '',
              AgentDevType: 'voip',
              RobotVars: null,
              AIRecordLen: 0,
              AdCallId: '',
              AdTaskId: '',
            },
          },
        ],
      },
    });
    const { json } = await centre.call('GET calls/recfiles', { body: { CallId: callId } });
    expect(json).toMatchObject({ Result: { RecFiles: [{ CallId: callId, Duration: 11 }] } });
  });
});
