import { DatabaseSync } from 'node:sqlite';

/** What the daemon still has before it: calls that are open, reports that are not delivered. Read while it runs. */
export function leftIn(path: string): string[] {
  try {
    using database = new ReadOnly(path);
    return [
      ...database
        .texts("SELECT call_id, phase FROM calls WHERE phase <> 'ended'")
        .map((text) => `still open: ${text}`),
      ...database
        .texts("SELECT state, report, cause FROM outbox WHERE state <> 'delivered'")
        .map((text) => `still to be told: ${text}`),
    ];
  } catch (error) {
    // Locked, while the daemon opens it.
    return [`the store cannot be read: ${String(error)}`];
  }
}

class ReadOnly implements Disposable {
  readonly #database: DatabaseSync;

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  texts(sql: string): string[] {
    const rows = this.#database.prepare(sql).all();
    return rows.map((row) => Object.values(row).join(' '));
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }
}
