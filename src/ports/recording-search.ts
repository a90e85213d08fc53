import type { CallId, Extension, Instant, QueueName, Uniqueid } from '../domain/identity.ts';
import type { FoundRecording } from '../domain/recording/link-repair.ts';

/** Whose recording is looked for, and what is known of it. */
export interface WantedRecording {
  readonly callId: CallId;
  /** Of the caller's channel: a PBX that names recordings itself writes it into the name. */
  readonly uniqueid: Uniqueid;
  readonly queue: QueueName;
  readonly callAt: Instant;
  /** Nothing for a message. */
  readonly extension: Extension | undefined;
  /** Nothing where nobody saw its name. */
  readonly file: string | undefined;
}

/** Looks for recordings below their folder; those that are not there are not in the answer. Rejects where the disk does not let it. */
export type RecordingSearch = (
  wanted: readonly WantedRecording[],
) => Promise<ReadonlyMap<CallId, FoundRecording>>;
