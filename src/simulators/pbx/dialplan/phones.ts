import { dial } from '../dial.ts';
import { PHONES_CONTEXT } from './contexts.ts';
import { entryOf } from './entry.ts';
import { type Extension, step } from './run.ts';

/** The number an agent dials to send a caller back to a queue; it goes to `movidesk-entry`. */
export const QUEUE_PREFIX = '*88';

/** The context that really dials the phones; here callers arrive who were transferred. */
export const phones: Extension = async (run) => {
  const { exchange, channel, thread } = run;
  if (channel.exten.startsWith(QUEUE_PREFIX)) return entryOf(channel.exten.slice(QUEUE_PREFIX.length));
  const target = exchange.endpoints.get(`PJSIP/${channel.exten}`);
  if (target === undefined) return undefined;
  exchange.moveTo(channel, 'ringing');
  step(run, 1, 'Dial', `PJSIP/${channel.exten},${exchange.timing.phonesRingSeconds},tT`);
  await dial({
    exchange,
    channel,
    thread,
    target,
    number: channel.exten,
    dialString: channel.exten,
    context: PHONES_CONTEXT,
    timeoutMs: exchange.timing.phonesRingSeconds * 1_000,
    onAnswer: () => exchange.moveTo(channel, 'talking'),
  });
  // Answered and over, or not answered: a transferred caller does not come back to anybody's hold.
  return undefined;
};
