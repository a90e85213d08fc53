import { APP_ID } from '../udesk-server.ts';
import { answered, DONE, type Examples, QUERY } from './example.ts';

const URL = 'https://crm.example.com/udesk/callback';

export const APPLICATION_EXAMPLES: Examples<'appCreate' | 'appUpdate' | 'appGet'> = {
  appCreate: {
    given: [{ Name: 'test02', Type: 1, CallbackUrl: '' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/apps',
      query: QUERY,
      body: { Name: 'test02', Type: 1, CallbackUrl: '' },
    },
    answer: answered({
      AppId: APP_ID,
      ExtensionPrefix: '9031046856',
      Name: 'test02',
      Memo: '',
      Type: 'default',
      CallbackUrl: '',
      IsHideUserNum: 'false',
      Secret: 's3cr3t',
      WrapUpTime: '0',
      Unheard: 'of',
    }),
    result: {
      AppId: APP_ID,
      ExtensionPrefix: '9031046856',
      Name: 'test02',
      Memo: '',
      Type: 'default',
      CallbackUrl: '',
      IsHideUserNum: false,
      Secret: 's3cr3t',
      WrapUpTime: 0,
    },
  },
  appUpdate: {
    given: [{ Type: 'external', CallbackUrl: URL, IsHideUserNum: true, Memo: undefined }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/apps',
      query: QUERY,
      body: { Type: 'external', CallbackUrl: URL, IsHideUserNum: true },
    },
    answer: { ErrCode: '000000', ErrDesc: 'OK' },
    result: null,
  },
  appGet: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/apps', query: QUERY, body: undefined },
    answer: answered({
      AppId: APP_ID,
      Name: 'test02',
      Type: 'default',
      CallbackUrl: URL,
      IsHideUserNum: true,
      Secret: 's3cr3t',
    }),
    result: {
      AppId: APP_ID,
      Name: 'test02',
      Type: 'default',
      CallbackUrl: URL,
      IsHideUserNum: true,
      Secret: 's3cr3t',
      Memo: null,
    },
  },
};

export const RELAY_NUMBER_EXAMPLES: Examples<
  | 'relayNumberList'
  | 'relayNumberDefaultUpdate'
  | 'relayNumberDefaultDelete'
  | 'agentRelayNumberUpdate'
  | 'agentRelayNumberDelete'
> = {
  relayNumberList: {
    given: [{}],
    sent: { method: 'GET', path: '/ccapi/v2/spnumbers', query: QUERY, body: undefined },
    answer: answered({ SpNumbers: ['057126200670', '057128091649'], DefSpNumber: '057126200670' }),
    result: { SpNumbers: ['057126200670', '057128091649'], DefSpNumber: '057126200670' },
  },
  relayNumberDefaultUpdate: {
    given: [{ DefSpNumber: '057126200670' }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/spnumbers/default',
      query: QUERY,
      body: { DefSpNumber: '057126200670' },
    },
    answer: DONE,
    result: null,
  },
  relayNumberDefaultDelete: {
    given: [],
    sent: { method: 'DELETE', path: '/ccapi/v2/spnumbers/default', query: QUERY, body: undefined },
    answer: DONE,
    result: null,
  },
  agentRelayNumberUpdate: {
    given: [{ agentId: '7763', DefSpNumber: '057126200670' }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/spnumbers/agent/default/7763',
      query: QUERY,
      body: { DefSpNumber: '057126200670' },
    },
    answer: DONE,
    result: null,
  },
  agentRelayNumberDelete: {
    given: [{ agentId: '7763' }],
    sent: {
      method: 'DELETE',
      path: '/ccapi/v2/spnumbers/agent/default/7763',
      query: QUERY,
      body: undefined,
    },
    answer: DONE,
    result: null,
  },
};
