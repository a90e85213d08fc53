import type { CallId, Extension, Instant, QueueName } from '../identity.ts';

/** A recorded talk, or the message of a caller whom nobody could take. */
export interface Recording {
  /** Its name, without folders. */
  readonly file: string;
  readonly callId: CallId;
  /** Of the agent, as the help desk named it; nothing for a message. */
  readonly extension: Extension | undefined;
  /** Nothing for a call that an agent made. */
  readonly queue: QueueName | undefined;
  /** When the caller came in, or the call was made: folders are named after this day. */
  readonly callAt: Instant;
  /** Where it was found, below the folder of recordings; nothing: not looked for, so it is where it should be. */
  readonly path?: string;
}

/** The address under which a recording can be heard; nothing where none is configured. */
export interface RecordingLink {
  (recording: Recording): string | undefined;
  /** Whether a link that was told opens this recording, where another than that of today may. */
  readonly leadsTo?: (toldLink: string, recording: Recording) => boolean;
}
