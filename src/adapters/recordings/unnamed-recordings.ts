import type { CallId } from '../../domain/identity.ts';
import type { WantedRecording } from '../../ports/recording-search.ts';

// `<call id>-<extension or "message">-<epoch>.<ending>`, as our dialplan names its own.
const OURS = /^(.+-(?:[0-9]+|message))-[0-9]+\.[^.]+$/;
// FreePBX ends a name with the identity of the channel on which it began to record.
const OF_THE_PBX = /-([0-9]+\.[0-9]+)\.[^.]+$/;

/** Whose recording a file is by its name, among calls of which nobody saw the name. One look at each name, however many calls. */
export function unnamedRecordings(wanted: readonly WantedRecording[]): (name: string) => CallId | undefined {
  const byStem = new Map(
    wanted.map(({ callId, extension }) => [`${callId}-${extension ?? 'message'}`, callId]),
  );
  const talks = wanted.filter(({ extension }) => extension !== undefined);
  const byUniqueid = new Map(talks.map(({ uniqueid, callId }) => [String(uniqueid), callId]));
  return (name) => byStem.get(OURS.exec(name)?.[1] ?? '') ?? byUniqueid.get(OF_THE_PBX.exec(name)?.[1] ?? '');
}
