import type { Stats } from 'node:fs';
import * as systemFs from 'node:fs/promises';
import type { DiskFile, DiskFs } from '../../src/adapters/recordings/recordings-disk.ts';

/** The real disk, but that it stops answering when a test says so. What was asked of it goes on once it is let go. */
export class HeldFs implements DiskFs {
  /** What is being asked of it. */
  readonly underWay: string[] = [];
  /** All that was ever asked. */
  readonly asked: string[] = [];
  mostAtOnce = 0;
  #held: PromiseWithResolvers<void> | undefined;

  hold(): void {
    this.#held ??= Promise.withResolvers();
  }

  letGo(): void {
    this.#held?.resolve();
    this.#held = undefined;
  }

  readonly open = (path: string, flags: number): Promise<DiskFile> =>
    this.#ask('open', async () => this.#heldFile(await systemFs.open(path, flags)));
  readonly readlink = (path: string) => this.#ask('readlink', () => systemFs.readlink(path));
  readonly realpath = (path: string) => this.#ask('realpath', () => systemFs.realpath(path));
  readonly stat = (path: string): Promise<Stats> => this.#ask('stat', () => systemFs.stat(path));
  readonly lstat = (path: string): Promise<Stats> => this.#ask('lstat', () => systemFs.lstat(path));
  readonly access = (path: string, mode: number) => this.#ask('access', () => systemFs.access(path, mode));
  readonly readdir = (path: string) => this.#ask('readdir', () => systemFs.readdir(path));

  #heldFile(file: systemFs.FileHandle): DiskFile {
    return {
      fd: file.fd,
      stat: () => this.#ask('stat', () => file.stat()),
      read: (into, offset, length, position) =>
        this.#ask('read', () => file.read(into, offset, length, position)),
      close: () => this.#ask('close', () => file.close()),
    };
  }

  async #ask<T>(what: string, ask: () => Promise<T>): Promise<T> {
    this.asked.push(what);
    this.underWay.push(what);
    this.mostAtOnce = Math.max(this.mostAtOnce, this.underWay.length);
    try {
      await this.#held?.promise;
      return await ask();
    } finally {
      this.underWay.splice(this.underWay.indexOf(what), 1);
    }
  }
}
