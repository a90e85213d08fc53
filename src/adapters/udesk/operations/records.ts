import { list, map, number, object, optional, text } from './kind.ts';
import type { Operations } from './operation.ts';

/** One week back at most. `PageNum` counts from 1 in the example, `PageSize` is 100 at most. */
const WINDOW = {
  PageSize: optional(number),
  PageNum: optional(number),
  StartTime: optional(number),
  EndTime: optional(number),
};

/**
 * What happened. The parameters travel in the body of a GET: the document says so of the call logs, whose example it is,
 * and nothing else of the other two.
 */
export const RECORDS = {
  callLogs: {
    title: 'Obtaining Call Logs',
    method: 'GET',
    path: 'calls/logs',
    app: 'AppId',
    body: { CallId: optional(text), ...WINDOW },
    answer: 'Result',
    result: object({
      CallLogs: list(
        object({
          CallId: text,
          StartTime: number,
          EndTime: number,
          AgentAnswerTime: number,
          UserAnswerTime: number,
          CallDuration: number,
          TotalDuration: number,
          DestNumber: text,
          UNProvince: text,
          UNCity: text,
          SpNumber: text,
          AgentId: text,
          AgentName: text,
          WorkId: text,
          Email: text,
          CallType: text,
          EndType: text,
          HangupBy: text,
          HangupReason: text,
          HangupCode: text,
          AgentDevType: text,
          RobotVars: map,
          AIRecordLen: number,
          AdCallId: text,
          AdTaskId: text,
        }),
      ),
    }),
    repeating: 'harmless',
  },
  recordingFiles: {
    title: 'Obtaining Recording Records',
    method: 'GET',
    path: 'calls/recfiles',
    app: 'AppId',
    body: { CallId: optional(text), ...WINDOW },
    answer: 'Result',
    result: object({
      RecFiles: list(
        object({ CallId: text, StartTime: number, EndTime: number, Duration: number, RecFileUrl: text }),
      ),
    }),
    repeating: 'harmless',
  },
  agentStateLogs: {
    title: 'Obtaining Agent Status Change Logs',
    method: 'GET',
    path: 'agents/statelogs',
    app: 'AppId',
    body: { AgentId: optional(text), ...WINDOW },
    answer: 'Result',
    result: object({
      AgentStateLogs: list(
        object({
          AgentId: text,
          AgentName: text,
          WorkId: text,
          CurState: text,
          CurStateSubId: number,
          StartTime: number,
          EndTime: number,
          Duration: number,
          OldState: text,
          OldStateSubId: number,
        }),
      ),
    }),
    repeating: 'harmless',
  },
} as const satisfies Operations;
