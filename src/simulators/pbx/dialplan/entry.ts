import { ENTRY_CONTEXT, FALLBACK_CONTEXT, HOLD_CONTEXT } from './contexts.ts';
import { noteEnd } from './diary.ts';
import { isBridgeAlive } from './heartbeat.ts';
import { answer, at, type Extension, filterNumber, type Run, step, userEvent } from './run.ts';

// Set by the daemon or by an offer, for one visit: a second visit must not inherit them.
const VARIABLES_OF_A_VISIT = [
  'MOVIDESK_CALL_ID',
  'MOVIDESK_AGENT',
  'MOVIDESK_RING_SECONDS',
  'MOVIDESK_RECORDING',
];

/** A caller comes in, or is sent back by an agent. */
export const entry: Extension = async (run) => {
  const { exchange, channel } = run;
  const queue = channel.exten;
  exchange.moveTo(channel, 'waiting');
  filterNumber(run);
  forgetEarlierVisit(run);
  if (!isBridgeAlive(exchange, exchange.timing.entryStaleSeconds)) return at(FALLBACK_CONTEXT, queue);
  channel.variables.set('MOVIDESK_QUEUE', queue);
  step(run, 11, 'UserEvent', `MovideskCall,Queue: ${queue}`);
  userEvent(run, 'MovideskCall', [['Queue', queue]]);
  await answer(run, 12);
  return at(HOLD_CONTEXT, 's');
};

function forgetEarlierVisit(run: Run): void {
  noteEnd(run);
  for (const variable of VARIABLES_OF_A_VISIT) run.channel.variables.set(variable, '');
}

/** `_[A-Za-z0-9_].`: two characters and more, for one would also answer for `h`. */
export const isQueueName = (exten: string): boolean => /^[A-Za-z0-9_]./.test(exten);

export const entryOf = (queue: string) => at(ENTRY_CONTEXT, queue);
