import { answered, DONE, type Examples, QUERY } from './example.ts';

const WINDOW = { PageSize: 20, PageNum: 1, StartTime: 1_566_316_800_000, EndTime: 1_566_489_599_000 };

const OUTGOING = {
  CallId: 'bc1cc555-0b24-4e1c-9979-a514888ea495',
  StartTime: 1_566_298_669_326,
  EndTime: 1_566_320_334_606,
  AgentAnswerTime: 1_566_298_674_686,
  UserAnswerTime: 0,
  CallDuration: 0,
  TotalDuration: 21_665,
  DestNumber: '01086482889',
  UNProvince: '',
  UNCity: '',
  SpNumber: '057128091649',
  AgentId: '',
  AgentName: '',
  WorkId: '',
  Email: '',
  CallType: 'Outgoing',
  EndType: 'callResult',
  HangupBy: 'agent',
  HangupReason: '',
  HangupCode: '',
  AgentDevType: 'voip',
  RobotVars: null,
  AIRecordLen: 0,
  AdCallId: '',
  AdTaskId: '',
};

const RECORDING = {
  CallId: 'bc1cc555-0b24-4e1c-9979-a514888ea495',
  StartTime: 1_566_298_669_326,
  EndTime: 1_566_320_334_606,
  Duration: 21_665,
  RecFileUrl: 'https://rec.example.com/1.wav',
};

const STATE = {
  AgentId: '10031',
  AgentName: 'Li',
  WorkId: '199',
  CurState: 'busy',
  CurStateSubId: 0,
  StartTime: 1_566_298_669_326,
  EndTime: 1_566_298_679_326,
  Duration: 10,
  OldState: 'idle',
  OldStateSubId: 0,
};

export const RECORD_EXAMPLES: Examples<'callLogs' | 'recordingFiles' | 'agentStateLogs'> = {
  callLogs: {
    given: [{ CallId: OUTGOING.CallId, ...WINDOW }],
    sent: {
      method: 'GET',
      path: '/ccapi/v2/calls/logs',
      query: QUERY,
      body: { CallId: OUTGOING.CallId, ...WINDOW },
    },
    answer: answered({ CallLogs: [OUTGOING, { ...OUTGOING, RobotVars: { mood: 'fine' }, HangupCode: 16 }] }),
    result: { CallLogs: [OUTGOING, { ...OUTGOING, RobotVars: { mood: 'fine' }, HangupCode: '16' }] },
  },
  recordingFiles: {
    given: [],
    sent: { method: 'GET', path: '/ccapi/v2/calls/recfiles', query: QUERY, body: {} },
    answer: answered({ RecFiles: [RECORDING] }),
    result: { RecFiles: [RECORDING] },
  },
  agentStateLogs: {
    given: [{ AgentId: '10031', ...WINDOW }],
    sent: {
      method: 'GET',
      path: '/ccapi/v2/agents/statelogs',
      query: QUERY,
      body: { AgentId: '10031', ...WINDOW },
    },
    answer: { ...DONE, Result: { AgentStateLogs: [STATE] } },
    result: { AgentStateLogs: [STATE] },
  },
};
