import type { DatabaseSync, StatementSync } from 'node:sqlite';

/** The daemon's statements on calls, reports and requests, prepared once. */
export function prepareAll(database: DatabaseSync) {
  const sql = (text: string): StatementSync => database.prepare(text);
  return {
    openCalls: sql(`SELECT body FROM calls WHERE phase <> 'ended' ORDER BY entered_at, call_id`),
    undelivered: sql(
      `SELECT seq, report, attempts, state, cause FROM outbox WHERE state IN ('due', 'parked') ORDER BY seq`,
    ),
    // A relay's row may be gone; the table itself remembers the highest number that was ever in it.
    lastSeq: sql(`SELECT max(seq) AS seq FROM
      (SELECT max(seq) AS seq FROM outbox UNION ALL SELECT seq FROM sqlite_sequence WHERE name = 'relays')`),
    visits: sql('SELECT count(*) AS visits FROM calls WHERE uniqueid = ?'),
    dataVersion: sql('PRAGMA data_version'),
    putCall:
      sql(`INSERT INTO calls (call_id, uniqueid, phase, body, entered_at, ended_at) VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (call_id) DO UPDATE SET phase = excluded.phase, body = excluded.body, ended_at = excluded.ended_at`),
    putLine: sql(`INSERT INTO timeline (call_id, at, from_phase, to_phase, input, facts, inferred)
      VALUES (?, ?, ?, ?, ?, ?, ?)`),
    putEntry: sql(`INSERT INTO outbox (seq, call_id, state, report, attempts) VALUES (?, ?, 'due', ?, ?)`),
    delivered: sql(
      `UPDATE outbox SET state = 'delivered', settled_at = ?, attempts = attempts + 1, cause = NULL WHERE seq = ?`,
    ),
    dropped: sql(
      `UPDATE outbox SET state = 'dropped', settled_at = ?, attempts = attempts + 1, cause = ? WHERE seq = ?`,
    ),
    failed: sql('UPDATE outbox SET state = ?, attempts = ?, cause = ? WHERE seq = ?'),
    note: sql('SELECT value FROM notes WHERE name = ?'),
    writeNote: sql(
      'INSERT INTO notes (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
    ),
    requests: sql('SELECT started_at FROM requests ORDER BY started_at'),
    putRequest: sql('INSERT INTO requests (started_at) VALUES (?)'),
    forgetRequests: sql('DELETE FROM requests WHERE started_at < ?'),
    // Those of which an older version did not tell when: a moment ago, for all we know.
    dateRequests: sql('UPDATE requests SET started_at = ? WHERE started_at IS NULL'),
    // In our future: the machine was booted since, and they are at least as old as that.
    redateRequests: sql('UPDATE requests SET started_at = 0 WHERE started_at > ?'),
  };
}
