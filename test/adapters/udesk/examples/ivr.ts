import { answered, DONE, type Examples, QUERY } from './example.ts';

const VOICES = {
  DefVoices: [{ Welcome: { Type: 'tts', Content: '您好' }, Hold: { Type: 'wav', Content: 'hold.wav' } }],
} as const;
const ROUTERS = { FastRouter: [{ Dtmf: '1', Desc: 'Sales', QueueId: '9008' }] };

export const IVR_EXAMPLES: Examples<
  | 'voiceFileUpload'
  | 'voiceFileDelete'
  | 'voiceFileList'
  | 'defaultVoicesCreate'
  | 'defaultVoicesUpdate'
  | 'defaultVoicesGet'
  | 'fastRoutersCreate'
  | 'fastRoutersUpdate'
  | 'fastRoutersGet'
> = {
  voiceFileUpload: {
    given: [{ FileName: 'hold.wav', FileType: 'wav', FileDesc: 'music' }],
    sent: {
      method: 'POST',
      path: '/ccapi/v2/ivrs/vfiles',
      query: QUERY,
      body: { FileName: 'hold.wav', FileType: 'wav', FileDesc: 'music' },
    },
    answer: DONE,
    result: null,
  },
  voiceFileDelete: {
    given: [{ FileName: 'hold.wav' }],
    sent: {
      method: 'DELETE',
      path: '/ccapi/v2/ivrs/vfiles',
      query: QUERY,
      body: { FileName: 'hold.wav' },
    },
    answer: DONE,
    result: null,
  },
  voiceFileList: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/ivrs/vfiles', query: QUERY, body: undefined },
    answer: answered({ IvrVFiles: [{ FileName: 'hold.wav', FileType: 'wav', FileDesc: 'music' }] }),
    result: { IvrVFiles: [{ FileName: 'hold.wav', FileType: 'wav', FileDesc: 'music' }] },
  },
  defaultVoicesCreate: {
    given: [VOICES],
    sent: { method: 'POST', path: '/ccapi/v2/ivrs/defvoices', query: QUERY, body: VOICES },
    answer: DONE,
    result: null,
  },
  defaultVoicesUpdate: {
    given: [{ DefVoices: [{ Evaluate: 'default' }] }],
    sent: {
      method: 'PUT',
      path: '/ccapi/v2/ivrs/defvoices',
      query: QUERY,
      body: { DefVoices: [{ Evaluate: 'default' }] },
    },
    answer: DONE,
    result: null,
  },
  defaultVoicesGet: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/ivrs/defvoices', query: QUERY, body: undefined },
    answer: answered({
      Voices: [{ Welcome: { Type: 'tts', Content: '您好' }, Hold: 'default' }],
    }),
    result: {
      Voices: [
        {
          Type: null,
          Content: null,
          Welcome: { Type: 'tts', Content: '您好' },
          ClosingTime: null,
          NoAnswer: null,
          VoiceMail: null,
          Waiting: null,
          Consult: null,
          Hold: 'default',
          QueueTimeout: null,
          Evaluate: null,
        },
      ],
    },
  },
  fastRoutersCreate: {
    given: [ROUTERS],
    sent: { method: 'POST', path: '/ccapi/v2/ivrs/fastrouters', query: QUERY, body: ROUTERS },
    answer: DONE,
    result: null,
  },
  fastRoutersUpdate: {
    given: [ROUTERS],
    sent: { method: 'PUT', path: '/ccapi/v2/ivrs/fastrouters', query: QUERY, body: ROUTERS },
    answer: DONE,
    result: null,
  },
  fastRoutersGet: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/ivrs/fastrouters', query: QUERY, body: undefined },
    answer: { ErrCode: '000000', ErrDesc: 'OK', ...ROUTERS },
    result: ROUTERS,
  },
};
