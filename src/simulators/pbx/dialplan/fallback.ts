import { dial } from '../dial.ts';
import { PHONES_CONTEXT } from './contexts.ts';
import { answer, type Extension, pause, step } from './run.ts';

// "For ever" for a caller: nobody holds on for a day.
const UNTIL_THEY_HANG_UP_MS = 86_400_000;

/** Where callers go without the daemon: somebody's real queue. Nobody takes them here until a test says so. */
export const fallback: Extension = async (run) => {
  run.exchange.moveTo(run.channel, 'fallback');
  await answer(run, 1);
  // The admin's own queue of people, whatever its name; not the one without members.
  step(run, 2, 'Queue', `${run.channel.exten}-people,t`);
  await pause(run, UNTIL_THEY_HANG_UP_MS);
  return undefined;
};

/** Somebody in the fallback takes the caller: an ordinary Dial, outside the daemon's contexts. */
export const fallbackAnswered: Extension = async (run) => {
  const { exchange, channel, thread } = run;
  const target = exchange.endpoints.get(`PJSIP/${channel.exten}`);
  if (target === undefined) return undefined;
  step(run, 2, 'Dial', `PJSIP/${channel.exten},20,tT`);
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
  return undefined;
};
