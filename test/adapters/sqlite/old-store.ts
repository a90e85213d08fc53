import { mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import type { Call } from '../../../src/domain/call/call.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { aCall, MORNING } from '../../domain/builders.ts';

const migration = (name: string): string =>
  readFileSync(
    fileURLToPath(new URL(`../../../src/adapters/sqlite/migrations/${name}`, import.meta.url)),
    'utf8',
  );

export const OLD_CALLS: readonly Call[] = [
  aCall().withId('a-waits').waiting(),
  aCall().withId('talks').talkingTo('1001'),
  aCall().withId('over').ended('completed'),
];

const canceled = (id: string): Report => ({
  kind: 'canceled',
  callId: aCall().withId(id).waiting().callId,
  at: MORNING,
});

/** A store as the first version left it: open calls, reports delivered, due and parked, and requests by the wall clock. */
export function writeOldStore(path: string, { requests = 3 } = {}): void {
  mkdirSync(dirname(path), { recursive: true });
  using database = new DatabaseSync(path);
  database.exec(`PRAGMA journal_mode = WAL; ${migration('0001.sql')} PRAGMA user_version = 1`);
  const call = database.prepare('INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?)');
  for (const one of OLD_CALLS) {
    const endedAt = one.phase === 'ended' ? one.endedAt : null;
    call.run(one.callId, one.uniqueid, one.phase, JSON.stringify(one), one.enteredAt, endedAt);
  }
  const entry = database.prepare('INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)');
  entry.run(7, 'over', 'delivered', JSON.stringify(canceled('over')), 1, null, MORNING + 1_000);
  entry.run(8, 'gone', 'due', JSON.stringify(canceled('gone')), 4, '503', null);
  entry.run(9, 'refused', 'parked', JSON.stringify(canceled('refused')), 1, '422 no such queue', null);
  const line = database.prepare(
    `INSERT INTO timeline (call_id, at, from_phase, to_phase, input, facts, inferred) VALUES (?, ?, 'new', 'waiting', 'entered', '{}', 0)`,
  );
  for (const one of OLD_CALLS) line.run(one.callId, one.enteredAt);
  const request = database.prepare('INSERT INTO requests VALUES (?)');
  for (let n = 0; n < requests; n += 1) request.run(MORNING - n * 1_000);
}

/** The same as the second version left it, which knew of no relays. */
export function writeStoreWithoutRelays(path: string): void {
  writeOldStore(path);
  using database = new DatabaseSync(path);
  database.exec(`${migration('0002.sql')} PRAGMA user_version = 2`);
}

/** As the third version left it, which gave out no lost callers: one of its calls was lost, one cannot be read. */
export function writeStoreWithoutHandouts(path: string): void {
  writeStoreWithoutRelays(path);
  using database = new DatabaseSync(path);
  const lost = { ...aCall().withId('lost').ended('lost'), clientNumber: '+5547999990001' };
  const { callId, uniqueid, phase, enteredAt, endedAt } = lost;
  const call = database.prepare('INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?)');
  call.run(callId, uniqueid, phase, JSON.stringify(lost), enteredAt, endedAt);
  call.run('unreadable', uniqueid, phase, '{"callId"', enteredAt, endedAt);
  database.exec(`${migration('0003.sql')} PRAGMA user_version = 3`);
}
