import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { callRecords } from '../../src/adapters/sqlite/call-records.ts';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import type { CallId } from '../../src/domain/identity.ts';
import type { FoundRecording } from '../../src/domain/recording/link-repair.ts';
import type { Facts } from '../../src/ports/log.ts';
import type { WantedRecording } from '../../src/ports/recording-search.ts';
import { LinkRepairs } from '../../src/runtime/link-repairs.ts';
import { settled } from '../fakes/manual-clock.ts';
import { Stage } from './stage.ts';

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;

/** A stage with a disk of recordings that a test arranges, and somebody who looks for them. */
export class Archive implements AsyncDisposable {
  readonly stage = new Stage({
    requestsPerMinute: 60,
    recordingLink: ({ file, path = file }) => `https://pbx/${path}`,
  });
  /** What lies where, by the call. */
  readonly disk = new Map<CallId, FoundRecording>();
  readonly looked: (readonly WantedRecording[])[] = [];
  fault: Error | undefined;
  isStoreReadable = true;
  /** While set, a look waits for it. */
  slowness: Promise<void> | undefined;
  /** What somebody does while the disk is looked through. */
  meanwhile: () => Promise<unknown> | undefined = () => undefined;
  readonly #folder = mkdtempSync(join(tmpdir(), 'link-repairs-'));
  #repairs: LinkRepairs | undefined;

  static async open(): Promise<Archive> {
    const archive = new Archive();
    const { stage } = archive;
    stage.store = new SqliteStore(archive.path, stage.clock);
    await archive.start();
    return archive;
  }

  /** As the daemon does: it looks at once, and some time later the PBX tells what happened meanwhile. */
  async start(linkedAfter = 1): Promise<void> {
    const { clock, log } = this.stage;
    await this.stage.startUnlinked();
    const { bridge } = this.stage;
    this.#repairs = new LinkRepairs({
      search: async (wanted) => this.#search(wanted),
      records: {
        endedWithin: async (spans) => {
          if (!this.isStoreReadable) throw new Error('database is locked');
          return callRecords(this.path).endedWithin(spans);
        },
      },
      clock,
      log,
      push: bridge.hearOfRecordings,
    });
    this.#repairs.start();
    await this.stage.pass(linkedAfter);
    this.stage.pbx.link();
    await settled();
  }

  async stop(): Promise<void> {
    this.#repairs?.stop();
    this.stage.pbx.unlink();
    await this.stage.stop();
  }

  get path(): string {
    return join(this.#folder, 'bridge.db');
  }

  async #search(wanted: readonly WantedRecording[]): Promise<ReadonlyMap<CallId, FoundRecording>> {
    this.looked.push(wanted);
    await this.slowness;
    await this.meanwhile();
    if (this.fault !== undefined) throw this.fault;
    return this.disk;
  }

  /** A talk that was recorded under this name, or under one that nobody saw. */
  async talkIsOver(name: string, file?: string): Promise<void> {
    await this.stage.talks(name, '1001');
    this.stage.pbx.hangsUp(name, file === undefined ? {} : { recording: file });
    await this.stage.pass(1);
  }

  /** What was warned of in these words. */
  warned(words: string): readonly Facts[] {
    return this.stage.log.lines
      .filter(({ level, message }) => level === 'warn' && message.includes(words))
      .map(({ facts }) => facts);
  }

  get links(): readonly string[] {
    return this.stage.helpDesk.heard.flatMap((heard) =>
      heard.what === 'report' && 'link' in heard.report ? (heard.report.link ?? 'none') : [],
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.stage.store.close();
    rmSync(this.#folder, { recursive: true });
  }
}
