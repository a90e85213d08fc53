import { existsSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

export interface StoreSize {
  readonly dbBytes: number;
  readonly walBytes: number;
  /** Pages that hold nothing. */
  readonly freePages: number;
  readonly calls: number;
  readonly timeline: number;
  readonly outbox: number;
  readonly requests: number;
  readonly openCalls: number;
  /** Reports that are still to be delivered. */
  readonly due: number;
  readonly parked: number;
}

/** The daemon's file, looked at from outside while it is written. */
export class StoreWatch implements Disposable {
  readonly #path: string;
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#path = path;
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  size(): StoreSize {
    const rows = (what: string) => this.#number(`SELECT count(*) FROM ${what}`);
    const wal = `${this.#path}-wal`;
    return {
      dbBytes: this.#number('PRAGMA page_count') * this.#number('PRAGMA page_size'),
      walBytes: existsSync(wal) ? statSync(wal).size : 0,
      freePages: this.#number('PRAGMA freelist_count'),
      calls: rows('calls'),
      timeline: rows('timeline'),
      outbox: rows('outbox'),
      requests: rows('requests'),
      openCalls: rows("calls WHERE phase <> 'ended'"),
      due: rows("outbox WHERE state = 'due'"),
      parked: rows("outbox WHERE state = 'parked'"),
    };
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #number(sql: string): number {
    return Number(Object.values(this.#database.prepare(sql).get() ?? {})[0]);
  }
}
