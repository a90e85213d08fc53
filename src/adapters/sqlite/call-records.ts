import type { CallRecord, CallRecords, ToldRecord } from '../../ports/call-records.ts';
import type { TimelineLine } from '../../ports/store.ts';
import { StoreReader, type TimelineRow } from './store-reader.ts';

/** Calls of the store beside the daemon that works on it: opened for each question, and closed again at once. */
export function callRecords(path: string): CallRecords {
  return {
    open: async () => {
      using reader = new StoreReader(path);
      return reader.openCalls();
    },
    ended: async (limit) => {
      using reader = new StoreReader(path);
      return reader.endedCalls(limit);
    },
    endedWithin: async (spans) => {
      using reader = new StoreReader(path);
      return spans.flatMap((span) => reader.endedWithin(span));
    },
    made: async (limit) => {
      using reader = new StoreReader(path);
      return [...reader.openMadeCalls(), ...reader.endedMadeCalls(limit)];
    },
    find: async (callId) => {
      using reader = new StoreReader(path);
      return recordIn(reader, callId);
    },
    findMade: async (callId) => {
      using reader = new StoreReader(path);
      const call = reader.madeCall(callId);
      return call === undefined ? undefined : { call, told: toldIn(reader, callId) };
    },
  };
}

function recordIn(reader: StoreReader, callId: string): CallRecord | undefined {
  const call = reader.call(callId);
  if (call === undefined) return undefined;
  return { call, timeline: reader.timelineOf(callId).map(lineOf), told: toldIn(reader, callId) };
}

const toldIn = (reader: StoreReader, callId: string): readonly ToldRecord[] => [
  ...reader.outboxOf(callId).map((row) => toldOf('movidesk', row.report.kind, row)),
  ...reader.relaysOf(callId).map((row) => toldOf(row.lane, row.relay.kind, row)),
];

const lineOf = ({ from, to, ...line }: TimelineRow): Omit<TimelineLine, 'callId'> => ({
  ...line,
  from: from as TimelineLine['from'],
  to: to as TimelineLine['to'],
});

const toldOf = (
  lane: ToldRecord['lane'],
  what: string,
  { seq, state, attempts, settledAt }: Omit<ToldRecord, 'id' | 'lane' | 'what'> & { readonly seq: number },
): ToldRecord => ({ id: seq, lane, what, state, attempts, settledAt });
