import type { Exchange } from '../exchange.ts';
import type { Run } from './run.ts';
import { variableOf } from './run.ts';

/**
 * What the PBX itself remembers of an answered call, in the key of an AstDB entry:
 * `movidesk/<call id>/<answered by>:<answered at>:<ended at>:<recording>`, epoch seconds, empty where not yet.
 * In the key, because the daemon's manager user may list keys but not read values.
 */
export function noteAnswer(run: Run, extension: string): void {
  const callId = variableOf(run, 'MOVIDESK_CALL_ID');
  if (callId === '') return;
  const { exchange } = run;
  const note = `${extension}:${exchange.epochSeconds}::${variableOf(run, 'MOVIDESK_RECORDING')}`;
  exchange.database.set(`movidesk/${callId}/${note}`, '1');
}

/** Runs from the hangup handler that an offer has pushed, and when the channel enters again. Harmless to repeat. */
export function noteEnd(run: Run): void {
  const callId = variableOf(run, 'MOVIDESK_CALL_ID');
  if (callId === '') return;
  const { exchange } = run;
  const note = databaseKeys(exchange, `movidesk/${callId}`).join(',');
  const [answeredBy = '', answeredAt = '', endedAt = '', ...recording] = note.split(':');
  if (note === '' || endedAt !== '') return;
  const closed = [answeredBy, answeredAt, exchange.epochSeconds, recording.join(':')].join(':');
  exchange.database.set(`movidesk/${callId}/${closed}`, '1');
  exchange.database.delete(`movidesk/${callId}/${note}`);
}

/** At the end of a caller whom nobody could take: `movidesk/<call id>/::<ended at>:<message>`, empty where they left none. */
export function noteFarewell(run: Run, message: string): void {
  const callId = variableOf(run, 'MOVIDESK_CALL_ID');
  const { exchange } = run;
  if (callId === '' || databaseKeys(exchange, `movidesk/${callId}`).length > 0) return;
  exchange.database.set(`movidesk/${callId}/::${exchange.epochSeconds}:${message}`, '1');
}

/** The next part of every key under the prefix, as `DB_KEYS()` lists them. */
export function databaseKeys(exchange: Exchange, prefix: string): string[] {
  const start = `${prefix}/`;
  const keys = [...exchange.database.keys()].filter((key) => key.startsWith(start));
  return [...new Set(keys.map((key) => key.slice(start.length).split('/')[0] ?? ''))];
}
