import { APP_ID } from '../udesk-server.ts';
import { CONTROL_QUERY, type Examples, QUERY } from './example.ts';

const RECEIPT = { ErrCode: '000000', ErrDesc: 'OK', msg_id: '123456789', results: '', data: null };
const READ = { msg_id: '123456789', results: '', data: null };

export const PRESENCE_EXAMPLES: Examples<'agentLogin' | 'agentLogout' | 'agentCallModeSet'> = {
  agentLogin: {
    given: [{ agent_Id: '10032', MsgId: '123456789' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/agent/login',
      query: { ...QUERY, MsgId: '123456789' },
      body: { agent_Id: '10032' },
    },
    answer: RECEIPT,
    result: READ,
  },
  agentLogout: {
    given: [{ agent_Id: '10032', MsgId: '123456789' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/agent/logout',
      query: { ...CONTROL_QUERY, app_id: APP_ID, MsgId: '123456789' },
      body: { agent_Id: '10032' },
    },
    answer: RECEIPT,
    result: READ,
  },
  agentCallModeSet: {
    given: [{ AgentId: '10031', Contact: 'cellphone', MsgId: '123456789' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/agent/set_call_mode',
      query: { ...QUERY, MsgId: '123456789' },
      body: { AgentId: '10031', Contact: 'cellphone' },
    },
    answer: RECEIPT,
    result: READ,
  },
};
