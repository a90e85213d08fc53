import { APP_ID } from '../udesk-server.ts';
import { answered, DONE, type Examples, QUERY } from './example.ts';

const LI = {
  AgentId: '199',
  WorkId: '199',
  Name: 'Li',
  Mobile: '18512520714',
  Email: '123@qq.com',
  Role: 'agent',
  Extension: '2457',
  WrapUpTime: 0,
} as const;

const QIAN = {
  AgentId: '200',
  WorkId: '200',
  Name: 'Qian',
  Mobile: '18512520714',
  Email: '456@qq.com',
  Role: 'agent',
  Extension: '2458',
  WrapUpTime: 1,
} as const;

const FOUND = {
  AppId: APP_ID,
  AgentId: '62',
  WorkId: '565',
  Name: 'crmtest 2',
  Mobile: '13716429603',
  Email: 'crmdianxiao2@test.cn',
  Role: 'agent',
  Queues: null,
  QueuesNames: null,
  Extensions: null,
  DefSpNumber: '',
  State: 1,
  ExtState: 0,
  WrapUpTime: 0,
  Enable: true,
  ExtenInfos: null,
};

const READ = { ...FOUND, Queues: [], Extensions: [], DefSpNumber: [] };

export const SEAT_EXAMPLES: Examples<
  | 'agentCreate'
  | 'agentUpdate'
  | 'agentDelete'
  | 'agentGet'
  | 'agentList'
  | 'agentExtensionsBind'
  | 'agentExtensionsUnbind'
  | 'agentQueuesBind'
  | 'agentQueuesUnbind'
> = {
  agentCreate: {
    given: [{ Agents: [LI, QIAN] }],
    sent: { method: 'POST', path: '/ccapi/v2/agents', query: QUERY, body: { Agents: [LI, QIAN] } },
    answer: DONE,
    result: null,
  },
  agentUpdate: {
    given: [
      {
        AgentId: '10030',
        WorkId: '22024',
        Name: 'test 5',
        Mobile: '17777773333',
        Email: '5544@qq.com',
        Role: 'agent',
      },
    ],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/agents/10030',
      query: QUERY,
      body: {
        AgentId: '10030',
        WorkId: '22024',
        Name: 'test 5',
        Mobile: '17777773333',
        Email: '5544@qq.com',
        Role: 'agent',
      },
    },
    answer: DONE,
    result: null,
  },
  agentDelete: {
    given: [{ AgentId: '7777' }],
    sent: { method: 'DELETE', path: '/ccapi/v2/agents/7777', query: QUERY, body: { AgentId: '7777' } },
    answer: DONE,
    result: null,
  },
  agentGet: {
    given: [{ AgentId: '7765' }],
    sent: { method: 'GET', path: '/ccapi/v2/agents/7765', query: QUERY, body: { AgentId: '7765' } },
    answer: answered({
      AppId: APP_ID,
      AgentId: `7765@${APP_ID}`,
      WorkId: '7765',
      Name: '',
      Mobile: '',
      Email: '',
      Role: 'agent',
      Queues: null,
      Extensions: null,
      DefSpNumber: '',
      State: 4,
      ExtState: 3,
      WrapUpTime: 0,
      Enable: true,
    }),
    result: {
      AppId: APP_ID,
      AgentId: `7765@${APP_ID}`,
      WorkId: '7765',
      Name: '',
      Mobile: '',
      Email: '',
      Role: 'agent',
      Queues: [],
      QueuesNames: null,
      Extensions: [],
      DefSpNumber: [],
      State: 4,
      ExtState: 3,
      WrapUpTime: 0,
      Enable: true,
      ExtenInfos: null,
    },
  },
  agentList: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/agents', query: QUERY, body: undefined },
    answer: answered({
      CurrPage: 1,
      PageSize: 439,
      Total: 439,
      TotalPage: 1,
      AgentList: [
        FOUND,
        { ...FOUND, AgentId: '78', WorkId: '', DefSpNumber: '057126200670', Enable: false },
        // As they may come once they are not empty.
        {
          ...FOUND,
          AgentId: 10_031,
          Queues: [9008],
          Extensions: [{ Extension: '2345', Password: 'x' }, '9527'],
          State: '3',
        },
      ],
    }),
    result: {
      CurrPage: 1,
      PageSize: 439,
      Total: 439,
      TotalPage: 1,
      AgentList: [
        READ,
        { ...READ, AgentId: '78', WorkId: '', DefSpNumber: ['057126200670'], Enable: false },
        { ...READ, AgentId: '10031', Queues: ['9008'], Extensions: ['2345', '9527'], State: 3 },
      ],
    },
  },
  agentExtensionsBind: {
    given: [{ AgentId: '10031', Extensions: ['2345', '9527'] }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/agents/extensions',
      query: QUERY,
      body: { AgentId: '10031', Extensions: ['2345', '9527'] },
    },
    answer: DONE,
    result: null,
  },
  agentExtensionsUnbind: {
    given: [{ AgentId: '6655', Extensions: ['2345'] }],
    sent: {
      method: 'DELETE',
      path: '/ccapi/v2/agents/extensions',
      query: QUERY,
      body: { AgentId: '6655', Extensions: ['2345'] },
    },
    answer: DONE,
    result: null,
  },
  agentQueuesBind: {
    given: [{ AgentId: '10031', Queues: ['9008'] }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/agents/queues',
      query: QUERY,
      body: { AgentId: '10031', Queues: ['9008'] },
    },
    answer: DONE,
    result: null,
  },
  agentQueuesUnbind: {
    given: [{ AgentId: '10031', Queues: ['9008'] }],
    sent: {
      method: 'DELETE',
      path: '/ccapi/v2/agents/queues',
      query: QUERY,
      body: { AgentId: '10031', Queues: ['9008'] },
    },
    answer: DONE,
    result: null,
  },
};
