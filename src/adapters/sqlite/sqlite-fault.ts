import { StoreFault } from '../../ports/store-fault.ts';

// Primary result codes (https://sqlite.org/rescode.html); the upper bits of an extended code say more.
const SQLITE_BUSY = 5;
const SQLITE_IOERR = 10;
const SQLITE_CORRUPT = 11;
const SQLITE_FULL = 13;
const SQLITE_NOTADB = 26;

const DAMAGED = 'the file is damaged: the daemon sets it aside when it starts';
// Not "end it": it may well be the daemon, in the middle of its work.
const WAIT = 'repeat this in a minute; if it says the same, fuser names what else works on the file';
const NOTHING_IS_LOST = 'the next start goes on from what was kept';

/** Somebody else holds it. */
export const isBusy = (error: unknown): boolean => resultOf(error) === SQLITE_BUSY;

/** The file itself is broken, or is no database: opening it again will not help. */
export const isDamage = (error: unknown): boolean =>
  resultOf(error) === SQLITE_CORRUPT || resultOf(error) === SQLITE_NOTADB;

/** Opening failed for a reason that lies outside of the file. */
export function unusable(path: string, cause: unknown): StoreFault {
  if (cause instanceof StoreFault) return cause;
  return new StoreFault('STORE_UNUSABLE', {
    message: `the store ${path} cannot be opened`,
    remedy: `${remedyOf(cause) ?? 'its folder must exist and be writable for the daemon’s user'}, or name another file in store.path`,
    cause,
  });
}

/** The same for a command, which somebody runs by hand. Nothing where the error is none of SQLite's or the disk's. */
export function unreadable(path: string, cause: unknown): StoreFault | undefined {
  if (cause instanceof StoreFault) return cause;
  const isTheirs = resultOf(cause) !== undefined || cause instanceof SyntaxError || isOfSystem(cause);
  if (!isTheirs) return undefined;
  return new StoreFault('STORE_UNUSABLE', {
    message: `the store ${path} cannot be read or changed`,
    remedy: isBusy(cause) ? WAIT : (remedyOf(cause) ?? 'run this as root or as the daemon’s user'),
    cause,
  });
}

/** A step could not be kept, or what was kept could not be read. */
export function writeFailed(path: string, cause: unknown): StoreFault {
  if (cause instanceof StoreFault) return cause;
  return new StoreFault('STORE_WRITE_FAILED', {
    message: `the store ${path} could not keep a step`,
    remedy: isDamage(cause) ? DAMAGED : `${remedyOf(cause) ?? 'look at its disk'}; ${NOTHING_IS_LOST}`,
    cause,
  });
}

function remedyOf(cause: unknown): string | undefined {
  switch (resultOf(cause)) {
    case SQLITE_FULL:
      return 'make room on its disk';
    case SQLITE_IOERR:
      return 'look at its disk, for room and for faults';
    case SQLITE_BUSY:
      return 'end whatever else works on the file';
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return DAMAGED;
    default:
      return undefined;
  }
}

const isOfSystem = (error: unknown): boolean => error instanceof Error && 'syscall' in error;

function resultOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('errcode' in error)) return undefined;
  return typeof error.errcode === 'number' ? error.errcode & 0xff : undefined;
}
