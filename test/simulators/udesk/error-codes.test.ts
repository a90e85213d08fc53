import { expect, test } from 'vitest';
import { aCallCentre, type Change } from './call-centre.ts';

const AGENT = { AgentId: '10031', WorkId: '10031' };

/** Each row of the document's table of codes, and others of the same code where states or forms call for it. */
const ROWS: readonly { readonly says: string; readonly operation: string; readonly change?: Change }[] = [
  {
    says: '000001 AgentId AppId WorkId Blank',
    operation: 'POST agents',
    change: { body: { Agents: [{ AgentId: '9' }] } },
  },
  { says: '000001 AgentId AppId WorkId Blank', operation: 'POST agent/login', change: { body: {} } },
  { says: '000001 Parameter error', operation: 'POST queues', change: { body: { QueueId: '9001' } } },
  {
    says: '000001 Parameter error',
    operation: 'POST agents/queues',
    change: { body: { AgentId: '10031', Queues: '9008' } },
  },
  { says: '000001 Parameter error', operation: 'DELETE agents/10031', change: { body: { AgentId: 10031 } } },
  { says: '000001 ParamsInvalid', operation: 'POST extensions', change: { body: { Extension: '0123' } } },
  {
    says: '000001 ParamsInvalid',
    operation: 'POST queues',
    change: { body: { QueueId: '8001', QueueName: 'x' } },
  },
  {
    says: '000001 ParamsInvalid',
    operation: 'POST agents',
    change: { body: { Agents: [{ ...AGENT, AgentId: '1'.repeat(33) }] } },
  },
  {
    says: '000001 ParamsInvalid',
    operation: 'POST agents',
    change: { body: { Agents: [{ ...AGENT, WorkId: 'a b' }] } },
  },
  {
    says: '000001 ParamsInvalid',
    operation: 'POST agents',
    change: { body: { Agents: [{ ...AGENT, Mobile: '+4733990777' }] } },
  },
  {
    says: '000001 ParamsInvalid',
    operation: 'PUT spnumbers/default',
    change: { body: { DefSpNumber: '057100000000' } },
  },
  { says: '000001 ParamsInvalid', operation: 'GET calls/logs', change: { body: { PageSize: 101 } } },
  { says: '000001 ParamsInvalid', operation: 'GET calls/logs', change: { body: { StartTime: 1566316800 } } },
  {
    says: '000001 ParamsInvalid',
    operation: 'POST webhooks/events',
    change: { body: { Events: [{ category: 'agent_state', all_type: ['begin'] }] } },
  },
  { says: '000001 File name Blank', operation: 'POST ivrs/vfiles', change: { body: { FileType: 'wav' } } },
  {
    says: '000004 Data does not exist',
    operation: 'DELETE ivrs/vfiles',
    change: { body: { FileName: 'none.wav' } },
  },
  { says: '000004 Data does not exist', operation: 'DELETE agents/99', change: { body: { AgentId: '99' } } },
  { says: '000004 Data does not exist', operation: 'DELETE queues', change: { body: { QueueId: '9999' } } },
  {
    says: '000004 Data does not exist',
    operation: 'DELETE extensions',
    change: { body: { Extension: '1111' } },
  },
  { says: '000004 Data does not exist', operation: 'DELETE subscriptions/7' },
  { says: '000004 Data does not exist', operation: 'DELETE spnumbers/default' },
  {
    says: '100002 AppId AppNotFound or forbidden',
    operation: 'GET agents',
    change: { query: { AppId: 'another' } },
  },
  {
    says: '100004 Duplicate entry 10031 for AgentId',
    operation: 'POST agents',
    change: { body: { Agents: [AGENT] } },
  },
  {
    says: '100004 Duplicate entry 9008 for QueueId',
    operation: 'POST queues',
    change: { body: { QueueId: '9008', QueueName: 'again' } },
  },
  { says: '100004 unexpected end of JSON input', operation: 'GET calls/logs' },
  { says: '100004 unexpected end of JSON input', operation: 'GET agents/10031' },
  { says: '100004 unexpected end of JSON input', operation: 'POST queues', change: { body: '{"QueueId":' } },
  {
    says: "100004 Agent has queue or voip, can't delete",
    operation: 'DELETE agents/10031',
    change: { body: { AgentId: '10031' } },
  },
  { says: '100015 NumberIsExisted', operation: 'POST extensions', change: { body: { Extension: '8001' } } },
  { says: '100016 VoipBindAgent', operation: 'DELETE extensions', change: { body: { Extension: '8001' } } },
  { says: '100017 AppID Blank', operation: 'GET agents', change: { query: { AppId: undefined } } },
  {
    says: '100017 AppID Blank',
    operation: 'POST agent/logout',
    change: { body: { agent_Id: '10031' }, query: { app_id: undefined } },
  },
  { says: '100018 RecordNotFound', operation: 'GET agents/99', change: { body: { AgentId: '99' } } },
  { says: '100018 RecordNotFound', operation: 'POST agent/login', change: { body: { agent_Id: '99' } } },
  {
    says: '100018 RecordNotFound',
    operation: 'PUT queues',
    change: { body: { QueueId: '9999', QueueName: 'x' } },
  },
  {
    says: '100018 RecordNotFound',
    operation: 'PUT ivrs/defvoices',
    change: { body: { DefVoices: [{ Welcome: { Type: 'wav', Content: 'none.wav' } }] } },
  },
  {
    says: '100018 RecordNotFound',
    operation: 'POST agent/hold',
    change: { body: { call_id: 'none', agent_id: '10031', on_succ: 'x', on_failed: 'x' } },
  },
];

test.each(ROWS)('$operation is answered $says', async ({ says, operation, change }) => {
  await using centre = await aCallCentre();
  expect(await centre.codeOf(operation, change)).toBe(says);
});

test('a system internal error comes when it is told to', async () => {
  await using centre = await aCallCentre();
  centre.simulator.failNext('GET agents', { errCode: '000003' });
  expect(await centre.codeOf('GET agents')).toBe('000003 System internal error');
  expect(await centre.codeOf('GET agents')).toBe('000000 ');
});

test('an application that was forbidden is refused', async () => {
  await using centre = await aCallCentre();
  centre.simulator.setForbidden(true);
  expect(await centre.codeOf('GET agents')).toBe('100002 AppId AppNotFound or forbidden');
});

test('call control says it in its own shape', async () => {
  await using centre = await aCallCentre();
  const { json } = await centre.call('DELETE agent/hold', {
    body: { call_id: 'none', agent_id: '10031', on_succ: 'x', on_failed: 'x' },
  });
  expect(json).toEqual({ code: '100018', message: 'RecordNotFound', results: '' });
});
