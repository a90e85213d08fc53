import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { systemClock } from '../../src/adapters/system/system-clock.ts';
import type { Step } from '../../src/ports/store.ts';
import { aStep } from '../adapters/sqlite/steps.ts';
import { ConfigFolder, type Ended, Process, run } from './process.ts';

export interface OfficeSettings {
  readonly phoneNumbers?: 'masked' | 'full';
  /** Where the PBX and Movidesk are; nothing listens on port 1. */
  readonly amiPort?: number;
  readonly movideskUrl?: string;
  /** Where HTTP is served: any free one, where the test does not mind. */
  readonly httpPort?: number;
}

export interface DaemonOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** What a shell says before it becomes the process, as `ulimit` does. */
  readonly shell?: string;
}

const SECRETS = { ASTERISK_MOVIDESK_ASTERISK_SECRET: 'sesame', ASTERISK_MOVIDESK_MOVIDESK_TOKEN: 'c0ffee00' };

/** Where an operator sits: a configuration without its secrets, which only the daemon is given, and perhaps a store. */
export class Office implements Disposable {
  readonly folder = new ConfigFolder();
  readonly storePath = join(this.folder.path, 'bridge.db');
  readonly #config: string;

  constructor({
    phoneNumbers = 'masked',
    amiPort = 1,
    movideskUrl = 'http://127.0.0.1:1',
    httpPort = 0,
  }: OfficeSettings = {}) {
    this.#config = this.folder.write(
      'config.yaml',
      `asterisk: { host: 127.0.0.1, port: ${amiPort} }
movidesk: { baseUrl: "${movideskUrl}", requestsPerMinute: 600 }
store: { path: "${this.storePath}" }
http: { port: ${httpPort} }
log: { phoneNumbers: ${phoneNumbers} }
queues:
  - { name: support, movideskQueueId: 1 }
`,
    );
  }

  /** What the daemon kept before this. */
  async kept(...steps: readonly Partial<Step>[]): Promise<void> {
    const store = new SqliteStore(this.storePath, systemClock);
    for (const step of steps) await store.commit(aStep(step));
    await store.close();
  }

  daemon({ env, ...how }: DaemonOptions = {}): Process {
    return new Process(['run', '--config', this.#config], { ...SECRETS, ...env }, how);
  }

  /** What an operator types. */
  types(...words: readonly string[]): Promise<Ended> {
    return run([...words, '--config', this.#config]);
  }

  /** The same, and goes on with something else. */
  begins(...words: readonly string[]): Process {
    return new Process([...words, '--config', this.#config]);
  }

  /** The same, with its answer read. */
  async reads(...words: readonly string[]): Promise<unknown> {
    const { code, stdout, stderr } = await this.types(...words, '--json');
    if (code !== 0) throw new Error(`${words.join(' ')} ended with ${code}: ${stderr}`);
    return JSON.parse(stdout);
  }

  write(sql: string): void {
    using database = new DatabaseSync(this.storePath);
    database.exec(sql);
  }

  /** The store's files by what follows its name: `''`, `-wal`, `.lock` … */
  get files(): readonly string[] {
    return readdirSync(this.folder.path)
      .filter((name) => name.startsWith('bridge.db'))
      .map((name) => name.slice('bridge.db'.length))
      .sort();
  }

  get hasStore(): boolean {
    return existsSync(this.storePath);
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

/** The lines of a log. */
export const linesOf = ({ stdout }: Pick<Ended, 'stdout'>): readonly Record<string, unknown>[] =>
  stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
