import { expect } from 'vitest';
import { CUSTOMER, covering, RELAY_NUMBER } from './office.ts';

covering('records', 'what happened can be read afterwards', async ({ ask, simulator, clock }) => {
  const AgentId = '10031';
  const startedAt = clock.now();
  simulator.agents.logIn(AgentId);
  const CallId = simulator.calls.begin({ agentId: AgentId, destNumber: CUSTOMER, spNumber: RELAY_NUMBER });
  for (const step of ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'] as const) {
    await clock.pass(1_000);
    simulator.calls.step(CallId, step);
  }
  await clock.pass(21_000);
  simulator.calls.step(CallId, 'user_hangup', 'normal');

  const page = { PageSize: 100, PageNum: 1, StartTime: startedAt, EndTime: clock.now() };
  const { CallLogs } = await ask('callLogs', page);
  expect(CallLogs).toMatchObject([
    {
      CallId,
      ...{ StartTime: startedAt, EndTime: clock.now(), AgentAnswerTime: startedAt + 2_000 },
      ...{ CallDuration: 21, TotalDuration: 25, DestNumber: CUSTOMER, SpNumber: RELAY_NUMBER },
      ...{ AgentId, AgentName: 'Li', CallType: 'Outgoing', HangupBy: 'customer', AgentDevType: 'voip' },
    },
  ]);
  expect((await ask('callLogs', { CallId })).CallLogs).toEqual(CallLogs);
  expect((await ask('callLogs')).CallLogs).toEqual(CallLogs);
  expect((await ask('recordingFiles', { CallId })).RecFiles).toMatchObject([
    { CallId, StartTime: startedAt + 2_000, Duration: 23, RecFileUrl: expect.stringMatching(/^https:/) },
  ]);
  const { AgentStateLogs } = await ask('agentStateLogs', { AgentId, ...page });
  expect(AgentStateLogs.map(({ CurState, OldState, Duration }) => [CurState, OldState, Duration])).toEqual([
    ['idle', 'offline', 1],
    ['inCall', 'idle', 24],
    ['idle', 'inCall', 0],
  ]);
});
