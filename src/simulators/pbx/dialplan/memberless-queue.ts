import type { Location } from '../dialplan-thread.ts';
import { FALLBACK_CONTEXT } from './contexts.ts';
import { isBridgeAlive } from './heartbeat.ts';
import { answer, at, type Extension, filterNumber, step } from './run.ts';

/**
 * An Asterisk queue without members. Nothing marks the channel as ours, and inside `Queue()` nobody looks at the
 * heartbeat: the maximum wait and the fail-over behind it are all that saves a caller from a dead daemon. This
 * dialplan does not follow a withdrawal either: a caller withdrawn goes to the fallback like one who timed out.
 */
export const memberlessQueue: Extension = async (run) => {
  const { exchange, channel, thread } = run;
  const failOver = at(FALLBACK_CONTEXT, channel.exten);
  exchange.moveTo(channel, 'waiting');
  filterNumber(run);
  if (!isBridgeAlive(exchange, exchange.timing.entryStaleSeconds)) return failOver;
  await answer(run, 3);
  const queue = exchange.queues.get(channel.exten);
  if (queue === undefined) return failOver;
  step(run, 4, 'Queue', `${queue.name},,,,${exchange.timing.queueMaxWaitMs / 1_000}`);
  return thread.block<Location>((settle) => {
    const leave = (): void => {
      cancel();
      queue.leave(channel);
    };
    const failOverNow = (): void => {
      leave();
      settle(failOver);
    };
    const cancel = exchange.clock.after(exchange.timing.queueMaxWaitMs, failOverNow);
    queue.join(channel, (info) => {
      channel.variables.set('QUEUEWITHDRAWINFO', info);
      failOverNow();
    });
    return leave;
  });
};
