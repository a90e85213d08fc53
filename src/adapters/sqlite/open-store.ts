import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import { StoreFault } from '../../ports/store-fault.ts';
import { damageOf, isEmpty } from './damage.ts';
import { lossOf, setAside } from './set-aside.ts';
import { SqliteStore } from './sqlite-store.ts';
import { StoreLock } from './store-lock.ts';

/**
 * The store for a daemon: nobody else's at the same time, looked through, and begun anew where it is damaged, since
 * callers must not wait until somebody comes. Rejects with a `StoreFault`.
 */
export async function openStore(
  path: string,
  { clock, log }: { clock: Clock; log: Log },
): Promise<SqliteStore> {
  if (path === ':memory:') return new SqliteStore(path, clock);
  const isOurs = hasMarksOfOurs(path);
  const lock = await StoreLock.take(path, clock);
  try {
    noticeEmptiness(path, log);
    const damage = damageOf(path);
    if (damage !== undefined && !isOurs) throw noStore(path);
    if (damage !== undefined) beginAnew(path, damage, { clock, log });
    return new SqliteStore(path, clock, lock);
  } catch (cause) {
    lock.release();
    throw cause;
  }
}

/** A file made by hand, or all that a broken disk has left of a store: there is nothing to tell them apart by. */
function noticeEmptiness(path: string, log: Log): void {
  if (!existsSync(path) || !isEmpty(path)) return;
  log.warn(
    { code: 'STORE_EMPTY', store: path },
    'the store is an empty file: what it may have held before is lost',
  );
}

const MAGIC = 'SQLite format 3\0';

/** A daemon has worked with it, or it looks like a database: what is neither is somebody's file under a mistyped name. */
function hasMarksOfOurs(path: string): boolean {
  if (isEmpty(path)) return true;
  if (['.lock', '-wal'].some((mark) => existsSync(path + mark))) return true;
  return statSync(path).isFile() && readFileSync(path).toString('latin1', 0, MAGIC.length) === MAGIC;
}

function noStore(path: string): StoreFault {
  return new StoreFault('STORE_UNUSABLE', {
    message: `${path} is no store of asterisk-movidesk`,
    remedy: 'name another file in store.path',
  });
}

function beginAnew(path: string, damage: string, { clock, log }: { clock: Clock; log: Log }): void {
  const loss = isEmpty(path) ? {} : lossOf(path);
  const aside = setAside(path, clock.now());
  log.error(
    {
      code: 'STORE_CORRUPT',
      store: path,
      damage,
      aside,
      ...loss,
      remedy: `look at the disk; sqlite3 ${aside} .recover shows what can still be read; calls that were open then must be closed in the help desk by hand. It is removed after store.keepDays`,
    },
    'the store was damaged and lies aside now: a new one was begun, and what was not yet told is lost',
  );
}
