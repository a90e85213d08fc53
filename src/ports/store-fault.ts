import type { CodeMeaning } from './code-meaning.ts';

/** What an operator may look up. The `remedy` in a line of the log is for the case at hand. */
export const STORE_FAULTS = {
  STORE_IN_USE: {
    means: 'another daemon works on the same file; this one has ended',
    toDo: 'stop the other one, or name another file in `store.path`: two daemons need two stores',
  },
  STORE_VERSION: {
    means: 'the store is of another version of asterisk-movidesk',
    toDo: 'a newer one wrote it: install that version, or put back the copy made before the upgrade. An older one did, and a command met it: start the daemon, which brings it up to date',
  },
  STORE_MISSING: {
    means: 'a command wants to look into the store, and there is none',
    toDo: 'start the daemon once, or name its configuration with `--config`',
  },
  STORE_UNUSABLE: {
    means: 'the store cannot be opened, for a reason that is not its own; nothing was touched',
    toDo: 'see that its folder exists and is writable for the daemon’s user, that the disk has room, and that `store.path` names no file of another program. Run commands as root or as the daemon’s user',
  },
  STORE_WRITE_FAILED: {
    means:
      'a step could not be kept: the disk is full or broken. The daemon has ended, and nothing was done by halves',
    toDo: 'make room, or mend the disk. The next start goes on from what was kept',
  },
} as const satisfies Readonly<Record<string, CodeMeaning>>;

export type StoreFaultCode = keyof typeof STORE_FAULTS;

/** Told in the log while the daemon goes on. */
export const STORE_NOTICES = {
  STORE_CORRUPT: {
    means:
      'the store was damaged. It lies aside as `….corrupt-…`, the line says what was lost, and the daemon works on a new one',
    toDo: 'look at the disk. What can still be read `sqlite3 FILE .recover` shows; calls that were open then must be closed in Movidesk by hand. The file is removed after `store.keepDays`',
  },
  STORE_EMPTY: {
    means: 'the file of the store was there, and empty',
    toDo: 'nothing, where you made it yourself. Else something emptied it: look at the disk, and at what else works there',
  },
} as const satisfies Readonly<Record<string, CodeMeaning>>;

/** The store cannot be worked with. The message says what is wrong, `remedy` what a person can do, the cause why. */
export class StoreFault extends Error {
  readonly code: StoreFaultCode;
  readonly remedy: string;

  constructor(
    code: StoreFaultCode,
    { message, remedy, cause }: { message: string; remedy: string; cause?: unknown },
  ) {
    super(message, { cause });
    this.name = 'StoreFault';
    this.code = code;
    this.remedy = remedy;
  }

  /** Why, in the words of whoever noticed. */
  get why(): string | undefined {
    return this.cause instanceof Error ? this.cause.message : undefined;
  }
}
