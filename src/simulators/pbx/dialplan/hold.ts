import { FALLBACK_CONTEXT } from './contexts.ts';
import { isBridgeAlive } from './heartbeat.ts';
import { answer, at, type Extension, pause, step, variableOf } from './run.ts';

/** Music in short turns; after each the heartbeat is tested. */
export const hold: Extension = async (run) => {
  const { exchange, channel } = run;
  exchange.moveTo(channel, 'waiting');
  await answer(run, 1);
  step(run, 3, 'MusicOnHold', ',10');
  do {
    await pause(run, exchange.timing.holdTurnMs);
  } while (isBridgeAlive(exchange, exchange.timing.holdStaleSeconds));
  const queue = variableOf(run, 'MOVIDESK_QUEUE');
  return at(FALLBACK_CONTEXT, queue.length > 1 ? queue : 'unknown');
};
