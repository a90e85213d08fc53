import { answered, type Examples, QUERY } from './example.ts';

const EVENTS = {
  Events: [
    { category: 'agent_state', all_type: ['acd_agent_state'] },
    { category: 'call', all_type: ['hold_call', 'user_hangup'] },
  ],
} as const;

const CALLBACK = 'http://59.110.105.200:12345';
const HEARD = [
  'agent_ringing',
  'agent_answer',
  'start_dialout',
  'user_ringing',
  'user_answer',
  'agent_hangup',
  'user_hangup',
];
const NEW = {
  subscriptions: ['sub1', 'sub2', 'sub3', 'sub4'].map((name) => ({
    callback: CALLBACK,
    name,
    events: HEARD,
  })),
};
const CHANGED = {
  callback: 'http://59.110.105.911:12345',
  name: 'sub1',
  events: ['user_ringing', 'user_answer', 'agent_hangup', 'user_hangup'],
};
const FOUND = {
  callback: CALLBACK,
  name: 'sub1',
  events: ['agent_ringing', 'agent_answer', 'start_dialout'],
  enable: false,
};

export const SUBSCRIPTION_EXAMPLES: Examples<
  | 'eventsAppend'
  | 'eventsReplace'
  | 'eventsDelete'
  | 'subscriptionCreate'
  | 'subscriptionList'
  | 'subscriptionGet'
  | 'subscriptionUpdate'
  | 'subscriptionDelete'
> = {
  eventsAppend: {
    given: [EVENTS],
    sent: { method: 'POST', path: '/ccapi/v2/webhooks/events', query: QUERY, body: EVENTS },
    answer: { ErrCode: '000000', ErrDesc: 'OK' },
    result: null,
  },
  eventsReplace: {
    given: [EVENTS],
    sent: { method: 'PUT', path: '/ccapi/v2/webhooks/events', query: QUERY, body: EVENTS },
    answer: { ErrCode: '000000', ErrDesc: 'OK' },
    result: null,
  },
  eventsDelete: {
    given: [],
    sent: { method: 'DELETE', path: '/ccapi/v2/webhooks/events', query: QUERY, body: {} },
    answer: { ErrCode: '000000', ErrDesc: 'OK' },
    result: null,
  },
  subscriptionCreate: {
    given: [NEW],
    sent: { method: 'POST', path: '/ccapi/v2/subscriptions', query: QUERY, body: NEW },
    answer: answered({
      sub_succ: [
        { id: 1, name: 'sub1' },
        { id: 2, name: 'sub2' },
      ],
      sub_fail: ['sub3', 'sub4'],
    }),
    result: {
      sub_succ: [
        { id: 1, name: 'sub1' },
        { id: 2, name: 'sub2' },
      ],
      sub_fail: ['sub3', 'sub4'],
    },
  },
  subscriptionList: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/subscriptions', query: QUERY, body: undefined },
    answer: answered([FOUND, { id: 8, ...FOUND }]),
    result: [
      { id: null, ...FOUND },
      { id: 8, ...FOUND },
    ],
  },
  subscriptionGet: {
    given: [{ id: 8 }],
    sent: { method: 'GET', path: '/ccapi/v2/subscriptions/8', query: QUERY, body: undefined },
    answer: answered(FOUND),
    result: { id: null, ...FOUND },
  },
  subscriptionUpdate: {
    given: [{ id: '7', ...CHANGED, state: 0 }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/subscriptions/7',
      query: QUERY,
      body: { ...CHANGED, state: 0 },
    },
    answer: answered({ sub1: 7 }),
    result: [{ SubId: 7, name: 'sub1' }],
  },
  subscriptionDelete: {
    given: [{ id: 8 }],
    sent: { method: 'DELETE', path: '/ccapi/v2/subscriptions/8', query: QUERY, body: undefined },
    answer: { ErrCode: '000000', ErrDesc: 'OK', Result: '' },
    result: null,
  },
};
