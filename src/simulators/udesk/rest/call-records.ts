import { optional, type ValuesOf } from '../fields.ts';
import * as formats from '../formats.ts';
import type { Application } from '../state/application.ts';
import type { StateLogEntry } from '../state/state-log.ts';
import type { UdeskCall } from '../state/udesk-call.ts';
import { operation } from './operation.ts';

// "Up to 1 week ago. Data older than 1 week cannot be retrieved."
const WEEK_MS = 7 * 24 * 60 * 60_000;
// Assumed: the document has no page size for those who name none.
const PAGE_SIZE = 20;

const PAGE = {
  PageSize: optional(formats.integerBetween(1, 100)),
  PageNum: optional(formats.integerBetween(1, Number.MAX_SAFE_INTEGER)),
  StartTime: optional(formats.instantMs),
  EndTime: optional(formats.instantMs),
};

const OF_CALL = { CallId: optional(formats.text), ...PAGE };
const OF_AGENT = { AgentId: optional(formats.agentId), ...PAGE };

export const CALL_RECORDS = {
  'GET calls/logs': operation({
    fields: OF_CALL,
    act: ({ application, body }) => ({
      CallLogs: endedCalls(application, body).map((call) => callLog(application, call)),
    }),
  }),

  'GET calls/recfiles': operation({
    fields: OF_CALL,
    act: ({ application, body }) => ({
      RecFiles: endedCalls(application, body).flatMap((call) => recordingOf(call)),
    }),
  }),

  'GET agents/statelogs': operation({
    fields: OF_AGENT,
    act({ application, body }) {
      const wanted = application.stateLog.entries.filter(
        ({ agentId }) => body.AgentId === undefined || agentId === body.AgentId,
      );
      const now = application.world.now();
      return {
        AgentStateLogs: page(application, wanted, body).map((entry) => stateLog(entry, now)),
      };
    },
  }),
};

/** Only ended ones; a CallId goes before all else. */
function endedCalls(application: Application, wish: ValuesOf<typeof OF_CALL>): readonly UdeskCall[] {
  const ended = [...application.calls.values()].filter(({ endedAt }) => endedAt !== undefined);
  if (wish.CallId !== undefined) return ended.filter(({ callId }) => callId === wish.CallId);
  return page(application, ended, wish);
}

function page<Row extends { readonly startedAt: number }>(
  { world }: Application,
  rows: readonly Row[],
  {
    StartTime = 0,
    EndTime = Number.POSITIVE_INFINITY,
    PageSize = PAGE_SIZE,
    PageNum = 1,
  }: ValuesOf<typeof PAGE>,
): readonly Row[] {
  const oldest = Math.max(StartTime, world.now() - WEEK_MS);
  const fitting = rows.filter(({ startedAt }) => startedAt >= oldest && startedAt <= EndTime);
  return fitting.slice((PageNum - 1) * PageSize, PageNum * PageSize);
}

/** A time that never came is 0, as in the example. */
function callLog(application: Application, call: UdeskCall): object {
  const seat = application.seats.get(call.firstAgentId);
  return {
    CallId: call.callId,
    StartTime: call.startedAt,
    EndTime: call.endedAt ?? 0,
    AgentAnswerTime: call.agentAnsweredAt ?? 0,
    UserAnswerTime: call.userAnsweredAt ?? 0,
    CallDuration: secondsBetween(call.userAnsweredAt, call.endedAt),
    TotalDuration: secondsBetween(call.startedAt, call.endedAt),
    DestNumber: call.destNumber,
    ...{ UNProvince: '', UNCity: '' },
    SpNumber: call.spNumber,
    AgentId: call.firstAgentId,
    AgentName: seat?.name ?? '',
    WorkId: seat?.workId ?? '',
    Email: seat?.email ?? '',
    CallType: call.direction,
    EndType: 'callResult',
    HangupBy: call.hangupBy ?? '',
    ...{ HangupReason: '', HangupCode: '' },
    AgentDevType: seat?.callMode ?? 'voip',
    ...{ RobotVars: null, AIRecordLen: 0, AdCallId: '', AdTaskId: '' },
  };
}

/** A call that nobody answered has none. The host is one that cannot exist. */
function recordingOf({ callId, agentAnsweredAt, endedAt }: UdeskCall): readonly object[] {
  if (agentAnsweredAt === undefined) return [];
  return [
    {
      CallId: callId,
      StartTime: agentAnsweredAt,
      EndTime: endedAt ?? 0,
      Duration: secondsBetween(agentAnsweredAt, endedAt),
      RecFileUrl: `https://recordings.invalid/${encodeURIComponent(callId)}.wav`,
    },
  ];
}

function stateLog(entry: StateLogEntry, now: number): object {
  return {
    AgentId: entry.agentId,
    AgentName: entry.agentName,
    WorkId: entry.workId,
    CurState: entry.state,
    CurStateSubId: entry.subState,
    StartTime: entry.startedAt,
    EndTime: entry.endedAt ?? 0,
    Duration: secondsBetween(entry.startedAt, entry.endedAt ?? now),
    OldState: entry.oldState,
    OldStateSubId: entry.oldSubState,
  };
}

function secondsBetween(from: number | undefined, to: number | undefined): number {
  return from === undefined || to === undefined ? 0 : Math.round((to - from) / 1000);
}
