import type { Stats } from 'node:fs';
import * as systemFs from 'node:fs/promises';
import pLimit from 'p-limit';

/**
 * libuv does all work of the disk and all look-ups of names on four threads, two of them at most for names (kit/lookup.ts
 * tells more). A disk on another machine that does not answer keeps a thread for each thing that is asked of it, and with
 * all four the help desk's name could not be found any more. So recordings get two, whoever asks: the other half is for
 * names.
 */
const MOST_AT_ONCE = 2;

/** A file as it is read here. */
export interface DiskFile {
  readonly fd: number;
  stat(): Promise<Stats>;
  read(
    into: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/** What is asked of the system: `node:fs/promises`, or a test's. */
export interface DiskFs {
  open(path: string, flags: number): Promise<DiskFile>;
  readlink(path: string): Promise<string>;
  realpath(path: string): Promise<string>;
  stat(path: string): Promise<Stats>;
  lstat(path: string): Promise<Stats>;
  access(path: string, mode: number): Promise<void>;
  readdir(path: string): Promise<string[]>;
}

/**
 * The only way to the disk with the recordings: whoever comes waits for a turn. There is one of it in a process, as there is
 * one set of threads. A turn lasts until the system has answered, even where nobody waits for that any more.
 */
export class RecordingsDisk {
  readonly #fs: DiskFs;
  readonly #inTurn = pLimit(MOST_AT_ONCE);

  constructor(fs: DiskFs = systemFs) {
    this.#fs = fs;
  }

  /** Who waits for a turn, many of whom may be gone. */
  get waiting(): number {
    return this.#inTurn.pendingCount;
  }

  /** Rejects where nobody wants it any more once its turn comes. */
  open(path: string, flags: number, unwanted: AbortSignal): Promise<DiskFile> {
    return this.#inTurn(() => {
      unwanted.throwIfAborted();
      return this.#fs.open(path, flags);
    });
  }

  readlink(path: string): Promise<string> {
    return this.#inTurn(() => this.#fs.readlink(path));
  }

  realpath(path: string): Promise<string> {
    return this.#inTurn(() => this.#fs.realpath(path));
  }

  stat(path: string): Promise<Stats> {
    return this.#inTurn(() => this.#fs.stat(path));
  }

  lstat(path: string): Promise<Stats> {
    return this.#inTurn(() => this.#fs.lstat(path));
  }

  access(path: string, mode: number): Promise<void> {
    return this.#inTurn(() => this.#fs.access(path, mode));
  }

  readdir(path: string): Promise<string[]> {
    return this.#inTurn(() => this.#fs.readdir(path));
  }

  statOf(file: DiskFile): Promise<Stats> {
    return this.#inTurn(() => file.stat());
  }

  /** Fills `into` from there on, as far as the file goes. How many bytes that are. */
  async read(file: DiskFile, into: Buffer, position: number): Promise<number> {
    const { bytesRead } = await this.#inTurn(() => file.read(into, 0, into.length, position));
    return bytesRead;
  }

  /** Never rejects: what was read is read. */
  close(file: DiskFile): Promise<void> {
    return this.#inTurn(() => file.close()).catch(() => {});
  }
}
