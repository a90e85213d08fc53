import { CONTROL_QUERY, DONE, type Examples, QUERY } from './example.ts';

const ORIGINATED = {
  caller: '057128091649',
  called: '15652692674',
  called_display: '057128091649',
  agent_id: '91',
  user_data: [
    { evt: 'user_answer', data: '1111111' },
    { evt: 'agent_answer', data: '22222' },
  ],
};

const HELD = {
  call_id: '1a8462d7-00fc-4cc2-4567-038ced6ba580',
  agent_id: '111',
  on_succ: 'demo',
  on_failed: 'demo',
};

const TRANSFERRED = {
  call_id: 'asdfg272-0afb-4136-81bc-328bbcc606c5',
  agent_id: '111',
  agent_type: 'anonymous',
  agent_phone: '10010001000',
  on_succ: 'demo',
  on_failed: 'demo',
  on_record_over: 'demo',
  on_transferee_hangup: 'demo',
} as const;

const CONTROLLED = { code: '000000', message: 'OK', results: '' };

export const CALL_EXAMPLES: Examples<'callOriginate' | 'callHold' | 'callResume' | 'callTransfer'> = {
  callOriginate: {
    given: [ORIGINATED],
    sent: { method: 'POST', path: '/ccapi/v2/originatev2', query: QUERY, body: ORIGINATED },
    answer: {
      ErrCode: '000000',
      ErrDesc: 'OK',
      msg_id: '',
      results: '97688e57-7a36-40f7-694a-393d4d1a10d3',
      data: null,
    },
    result: { msg_id: '', results: '97688e57-7a36-40f7-694a-393d4d1a10d3', data: null },
  },
  callHold: {
    given: [HELD],
    sent: { method: 'POST', path: '/ccapi/v2/agent/hold', query: CONTROL_QUERY, body: HELD },
    answer: CONTROLLED,
    result: null,
  },
  callResume: {
    given: [HELD],
    sent: { method: 'DELETE', path: '/ccapi/v2/agent/hold', query: CONTROL_QUERY, body: HELD },
    answer: CONTROLLED,
    result: null,
  },
  callTransfer: {
    given: [TRANSFERRED],
    sent: { method: 'POST', path: '/ccapi/v2/transfer/agent', query: CONTROL_QUERY, body: TRANSFERRED },
    answer: CONTROLLED,
    result: null,
  },
};

const TASK = {
  AdTaskId: 'task-1',
  AdTaskType: '2',
  AdTaskRatio: 1.5,
  AdQueueId: '9008',
  AdCallerNum: '057128091649',
  AdDispNum: '057128091649',
  AdConCallLimit: 100,
};

export const AUTO_DIALING_EXAMPLES: Examples<
  'dialingTaskStart' | 'dialingTaskRatioUpdate' | 'dialingTaskStop' | 'dialingTaskForceStop'
> = {
  dialingTaskStart: {
    given: [TASK],
    sent: { method: 'POST', path: '/ccapi/v2/ads/task/start', query: QUERY, body: TASK },
    answer: DONE,
    result: null,
  },
  dialingTaskRatioUpdate: {
    given: [{ AdTaskId: 'task-1', AdTaskRatio: 5 }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/ads/task/update_ratio',
      query: QUERY,
      body: { AdTaskId: 'task-1', AdTaskRatio: 5 },
    },
    answer: DONE,
    result: null,
  },
  dialingTaskStop: {
    given: [{ AdTaskId: 'task-1' }],
    sent: { method: 'POST', path: '/ccapi/v2/ads/task/stop', query: QUERY, body: { AdTaskId: 'task-1' } },
    answer: DONE,
    result: null,
  },
  dialingTaskForceStop: {
    given: [{ AdTaskId: 'task-1' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/ads/task/force_stop',
      query: QUERY,
      body: { AdTaskId: 'task-1' },
    },
    answer: DONE,
    result: null,
  },
};
