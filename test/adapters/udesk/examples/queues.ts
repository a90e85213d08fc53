import { answered, DONE, type Examples, QUERY } from './example.ts';

const BINDING = { QueueId: '9008', AgentIds: ['10031', '10032'] };

const FOUND = {
  ID: 7,
  CreatedAt: '2019-08-22T10:00:00+08:00',
  UpdatedAt: '2019-08-22T10:00:00+08:00',
  AppID: 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11',
  QueueID: '9009',
  Timeout: 60,
  Strategy: 'longest_idle',
  AgentID: 0,
  Name: 'Test Create Queue 007',
  MaxLength: 128,
  WaitMusic: '',
};

export const QUEUE_EXAMPLES: Examples<
  | 'queueCreate'
  | 'queueUpdate'
  | 'queueDelete'
  | 'queueList'
  | 'queueGet'
  | 'queueAgentsBind'
  | 'queueAgentsBindByPut'
> = {
  queueCreate: {
    given: [{ QueueId: '9009', QueueName: 'Test Create Queue 007' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/queues',
      query: QUERY,
      body: { QueueId: '9009', QueueName: 'Test Create Queue 007' },
    },
    answer: DONE,
    result: null,
  },
  queueUpdate: {
    given: [{ QueueId: '9009', QueueName: 'Test Create Queue 89757', Timeout: 120 }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/queues',
      query: QUERY,
      body: { QueueId: '9009', QueueName: 'Test Create Queue 89757', Timeout: 120 },
    },
    answer: DONE,
    result: null,
  },
  queueDelete: {
    given: [{ QueueId: '9009' }],
    sent: { method: 'DELETE', path: '/ccapi/v2/queues', query: QUERY, body: { QueueId: '9009' } },
    answer: DONE,
    result: null,
  },
  queueList: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/queues', query: QUERY, body: undefined },
    answer: answered([FOUND, { ...FOUND, QueueID: 9010, Timeout: '120' }]),
    result: [FOUND, { ...FOUND, QueueID: '9010', Timeout: 120 }],
  },
  queueGet: {
    given: [{ QueueId: '9009' }],
    sent: { method: 'GET', path: '/ccapi/v2/queues/9009', query: QUERY, body: undefined },
    answer: answered({
      QueueId: '9009',
      QueueName: 'Test Create Queue 007',
      Strategy: 'longest_idle',
      Timeout: 60,
      MaxLength: 128,
      Agents: ['10031'],
    }),
    result: {
      QueueId: '9009',
      QueueName: 'Test Create Queue 007',
      Strategy: 'longest_idle',
      Timeout: 60,
      MaxLength: 128,
      Agents: ['10031'],
    },
  },
  queueAgentsBind: {
    given: [BINDING],
    sent: { method: 'POST', path: '/ccapi/v2/queues/agents', query: QUERY, body: BINDING },
    answer: DONE,
    result: null,
  },
  queueAgentsBindByPut: {
    given: [BINDING],
    sent: { method: 'PUT', path: '/ccapi/v2/queues/agents', query: QUERY, body: BINDING },
    answer: DONE,
    result: null,
  },
};

export const EXTENSION_EXAMPLES: Examples<'extensionCreate' | 'extensionDelete'> = {
  extensionCreate: {
    given: [{ Extension: '4567' }],
    sent: { method: 'POST', path: '/ccapi/v2/extensions', query: QUERY, body: { Extension: '4567' } },
    answer: answered({ Extension: '4567', Password: '5ca7561e1748f1b7', Number: '90310468564567' }),
    result: { Extension: '4567', Password: '5ca7561e1748f1b7', Number: '90310468564567' },
  },
  extensionDelete: {
    given: [{ Extension: '4567' }],
    sent: { method: 'DELETE', path: '/ccapi/v2/extensions', query: QUERY, body: { Extension: '4567' } },
    answer: DONE,
    result: null,
  },
};
