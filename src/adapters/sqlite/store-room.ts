import { statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

export interface StoreRoom {
  /** Of the file and its journal. */
  readonly bytes: number;
  /** What is left on its disk for whoever is not root. */
  readonly freeBytes: number;
}

/** How much room the store takes and has. Nothing where there is no such file. Two looks at the file system, no reading. */
export function storeRoom(path: string): StoreRoom | undefined {
  const bytes = sizeOf(path);
  if (bytes === undefined) return undefined;
  const { bavail, bsize } = statfsSync(dirname(path));
  return { bytes: bytes + (sizeOf(`${path}-wal`) ?? 0), freeBytes: bavail * bsize };
}

const sizeOf = (path: string): number | undefined => statSync(path, { throwIfNoEntry: false })?.size;
