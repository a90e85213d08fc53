import { dial } from '../dial.ts';
import type { Location } from '../dialplan-thread.ts';
import type { Endpoint } from '../endpoint.ts';
import { HOLD_CONTEXT, PHONES_CONTEXT } from './contexts.ts';
import { noteAnswer } from './diary.ts';
import { at, type Extension, filterNumber, type Run, step, userEvent, variableOf } from './run.ts';

/** `_XX!`: two digits, and then anything. */
export const isAgentExtension = (exten: string): boolean => /^[0-9]{2}/.test(exten);

/** One offer: rings the agent's phone; unless answered, says how it went and goes back to the hold. */
export const agent: Extension = async (run) => {
  const { exchange, channel, thread } = run;
  const extension = channel.exten;
  const target = exchange.endpoints.get(`PJSIP/${extension}`);
  exchange.moveTo(channel, 'ringing');
  filterNumber(run);
  exchange.stats.offers += 1;
  if (target === undefined) return back(run, extension, 'INVALIDEXTEN', '');
  countReservationFailures(run, target);
  const name = variableOf(run, 'MOVIDESK_CALL_ID') || channel.uniqueid;
  channel.variables.set('MOVIDESK_RECORDING', `${name}-${extension}-${exchange.epochSeconds}.wav`);
  step(run, 10, 'Dial', `PJSIP/${extension},${ringSeconds(run)},tT`);
  const { status, cause } = await dial({
    exchange,
    channel,
    thread,
    target,
    number: extension,
    dialString: extension,
    context: PHONES_CONTEXT,
    timeoutMs: ringSeconds(run) * 1_000,
    isOffer: true,
    onAnswer: () => {
      noteAnswer(run, extension);
      exchange.stats.answers += 1;
      exchange.moveTo(channel, 'talking');
    },
  });
  if (status === 'ANSWER') return undefined;
  channel.variables.set('MOVIDESK_RECORDING', '');
  return back(run, extension, status, String(cause.cause));
};

/** Whatever is not an extension: kept, told, and sent back, for a Redirect to nowhere hangs the caller up. */
export const notAnAgent: Extension = async (run) =>
  back(run, variableOf(run, 'MOVIDESK_AGENT').replace(/[^0-9]/g, ''), 'INVALIDEXTEN', '');

function back(run: Run, extension: string, status: string, hangupCause: string): Location {
  step(run, 14, 'UserEvent', 'MovideskDial');
  userEvent(run, 'MovideskDial', [
    ['Agent', extension],
    ['DialStatus', status],
    ['HangupCause', hangupCause],
  ]);
  return at(HOLD_CONTEXT, 's');
}

function ringSeconds(run: Run): number {
  const seconds = Number(variableOf(run, 'MOVIDESK_RING_SECONDS'));
  return seconds > 0 ? seconds : run.exchange.timing.defaultRingSeconds;
}

function countReservationFailures(run: Run, target: Endpoint): void {
  const { stats } = run.exchange;
  if (target.legs.size === 0) return;
  stats.offersToBusyPhones += 1;
  const isOffered = [...target.legs].some((leg) => leg.isOffer);
  if (isOffered) stats.doubleOffers += 1;
}
