import { expect } from 'vitest';

/** The document's example requests and answers, letter by letter where it has any. */
export interface Example {
  readonly operation: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
  readonly answer: unknown;
}

const OK = { ErrCode: '000000', ErrDesc: 'OK', Result: null };
const MESSAGE = { ErrCode: '000000', ErrDesc: 'OK', msg_id: '123456789', results: '', data: null };
const CONTROL = { code: '000000', message: 'OK', results: '' };
const EVENTS = ['agent_ringing', 'agent_answer', 'start_dialout'];

/** They go one after the other, each finding what those before it have left. */
export const EXAMPLES: readonly Example[] = [
  {
    operation: 'PUT spnumbers/default/7763',
    body: { DefSpNumber: '057126200670' },
    answer: OK,
  },
  { operation: 'DELETE spnumbers/default/7763', answer: OK },
  {
    operation: 'POST agents',
    body: {
      Agents: [
        {
          ...{ AgentId: '199', WorkId: '199', Name: 'Li', Mobile: '18512520714', Email: '123@qq.com' },
          ...{ Role: 'agent', Extension: '2457', WrapUpTime: 0 },
        },
        {
          ...{ AgentId: '200', WorkId: '200', Name: 'Qian', Mobile: '18512520714', Email: '456@qq.com' },
          ...{ Role: 'agent', Extension: '2458', WrapUpTime: 1 },
        },
      ],
    },
    answer: OK,
  },
  {
    operation: 'PUT agents/10031',
    body: {
      ...{ AgentId: '10031', WorkId: '22024', Name: 'test 5', Mobile: '17777773333' },
      ...{ Email: '5544@qq.com', Role: 'agent' },
    },
    answer: OK,
  },
  {
    operation: 'POST agent/login',
    query: { MsgId: '123456789' },
    body: { agent_Id: '10032' },
    answer: MESSAGE,
  },
  {
    operation: 'POST agent/logout',
    query: { MsgId: '123456789' },
    body: { agent_Id: '10032' },
    answer: MESSAGE,
  },
  { operation: 'DELETE agents/200', body: { AgentId: '200' }, answer: OK },
  {
    operation: 'GET agents/7765',
    body: { AgentId: '7765' },
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: {
        AppId: 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11',
        AgentId: '7765@a54a8b77-f12d-4ac9-742d-5b2bef5c4d11',
        ...{ WorkId: '7765', Name: '', Mobile: '', Email: '', Role: 'agent' },
        ...{ Queues: null, Extensions: null, DefSpNumber: '' },
        ...{ State: 4, ExtState: 3, WrapUpTime: 0, Enable: true },
        // In the list's example, and in both tables.
        ...{ QueuesNames: null, ExtenInfos: null },
      },
    },
  },
  { operation: 'POST extensions', body: { Extension: '2345' }, answer: extensionAnswer('2345') },
  { operation: 'POST extensions', body: { Extension: '9527' }, answer: extensionAnswer('9527') },
  {
    operation: 'POST agents/extensions',
    body: { AgentId: '7765', Extensions: ['2345', '9527'] },
    answer: OK,
  },
  {
    operation: 'DELETE agents/extensions',
    body: { AgentId: '7765', Extensions: ['2345'] },
    answer: OK,
  },
  { operation: 'POST agents/queues', body: { AgentId: '10031', Queues: ['9008'] }, answer: OK },
  { operation: 'DELETE agents/queues', body: { AgentId: '10031', Queues: ['9008'] }, answer: OK },
  {
    operation: 'POST queues',
    body: { QueueId: '9009', QueueName: 'Test Create Queue 007' },
    answer: OK,
  },
  {
    operation: 'PUT queues',
    body: { QueueId: '9009', QueueName: 'Test Create Queue 89757', Timeout: 120 },
    answer: OK,
  },
  { operation: 'DELETE queues', body: { QueueId: '9009' }, answer: OK },
  {
    operation: 'POST queues/agents',
    body: { QueueId: '9008', AgentIds: ['10031', '10032'] },
    answer: OK,
  },
  { operation: 'POST extensions', body: { Extension: '4567' }, answer: extensionAnswer('4567') },
  { operation: 'DELETE extensions', body: { Extension: '4567' }, answer: OK },
  {
    operation: 'POST agent/set_call_mode',
    query: { MsgId: '123456789' },
    body: { AgentId: '10031', Contact: 'cellphone' },
    answer: MESSAGE,
  },
  {
    operation: 'POST agent/login',
    query: { MsgId: '123456789' },
    body: { agent_Id: '10031' },
    answer: MESSAGE,
  },
  {
    operation: 'POST originatev2',
    body: {
      caller: '057128091649',
      called: '15652692674',
      called_display: '057128091649',
      agent_id: '10031',
      user_data: [
        { evt: 'user_answer', data: '1111111' },
        { evt: 'agent_answer', data: '22222' },
      ],
    },
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      msg_id: '',
      results: expect.stringMatching(/^[0-9a-f-]{36}$/),
      data: null,
    },
  },
  {
    operation: 'POST agent/hold',
    query: { AppId: undefined },
    body: {
      call_id: '1a8462d7-00fc-4cc2-4567-038ced6ba580',
      ...{ agent_id: '111', on_succ: 'demo', on_failed: 'demo' },
    },
    answer: CONTROL,
  },
  {
    operation: 'DELETE agent/hold',
    query: { AppId: undefined },
    body: {
      call_id: '1a8462d7-00fc-4cc2-4567-038ced6ba580',
      ...{ agent_id: '111', on_succ: 'demo', on_failed: 'demo' },
    },
    answer: CONTROL,
  },
  {
    operation: 'POST transfer/agent',
    query: { AppId: undefined },
    body: {
      call_id: '1a8462d7-00fc-4cc2-4567-038ced6ba580',
      ...{ agent_id: '111', agent_type: 'anonymous', agent_phone: '10010001000' },
      ...{ on_succ: 'demo', on_failed: 'demo', on_record_over: 'demo', on_transferee_hangup: 'demo' },
    },
    answer: CONTROL,
  },
  {
    operation: 'POST subscriptions',
    body: {
      subscriptions: ['sub1', 'sub2', 'sub3', 'sub4'].map((name) => ({
        callback: 'http://127.0.0.1:9/callback',
        ...{ name, events: EVENTS },
      })),
    },
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: {
        sub_succ: [
          { id: 1, name: 'sub1' },
          { id: 2, name: 'sub2' },
        ],
        sub_fail: ['sub3', 'sub4'],
      },
    },
  },
  {
    operation: 'PUT subscriptions/2',
    body: {
      callback: 'http://59.110.105.911:12345',
      name: 'sub1',
      events: ['user_ringing', 'user_answer', 'agent_hangup', 'user_hangup'],
      state: 0,
    },
    answer: { ErrCode: '000000', ErrDesc: 'OK', Result: { sub1: 2 } },
  },
  {
    operation: 'GET subscriptions',
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: [
        { callback: 'http://127.0.0.1:9/callback', name: 'sub1', events: EVENTS, enable: true },
        {
          callback: 'http://59.110.105.911:12345',
          name: 'sub1',
          events: ['user_ringing', 'user_answer', 'agent_hangup', 'user_hangup'],
          enable: false,
        },
      ],
    },
  },
  {
    operation: 'GET subscriptions/1',
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      Result: { callback: 'http://127.0.0.1:9/callback', name: 'sub1', events: EVENTS, enable: true },
    },
  },
  { operation: 'DELETE subscriptions/2', answer: { ErrCode: '000000', ErrDesc: 'OK', Result: '' } },
];

function extensionAnswer(number: string): unknown {
  const Password = expect.stringMatching(/^[0-9a-f]{16}$/);
  const Result = { Extension: number, Password, Number: `9031046856${number}` };
  return { ErrCode: '000000', ErrDesc: 'OK', Result };
}
