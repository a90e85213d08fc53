import type { Cancel } from '../clock.ts';
import { LOST_CONTEXT } from './contexts.ts';
import { noteFarewell } from './diary.ts';
import { answer, at, type Extension, pause, type Run, step, userEvent, variableOf } from './run.ts';

const REASONS = ['holiday', 'closed', 'nobody', 'waited'];
const MESSAGE = 'message';

// A wav header, and 8,000 samples a second of two bytes.
const HEADER_BYTES = 44;
const BYTES_PER_MS = 16;
// What STAT says of the folder itself: asked where no file was named yet.
const FOLDER_BYTES = 4_096;

export const isLostExtension = (exten: string): boolean => REASONS.includes(exten) || exten === MESSAGE;

/** Says why nobody comes; then the caller may leave a message. */
export const lost: Extension = async (run) => {
  const { exchange, channel } = run;
  exchange.moveTo(channel, 'leaving');
  if (channel.exten === MESSAGE) return message(run);
  await answer(run, 1);
  step(run, 2, 'Playback', 'vm-nobodyavail');
  await pause(run, exchange.timing.promptMs);
  return at(LOST_CONTEXT, MESSAGE);
};

/** A reason that the dialplan does not know is told like `nobody`. */
export const unknownReason: Extension = async () => at(LOST_CONTEXT, 'nobody');

const message: Extension = async (run) => {
  const { exchange, channel } = run;
  const name = variableOf(run, 'MOVIDESK_CALL_ID') || channel.uniqueid;
  const file = `${name}-message-${exchange.epochSeconds}.wav`;
  channel.variables.set('MOVIDESK_RECORDING', file);
  step(run, 2, 'Playback', 'vm-intro');
  await pause(run, exchange.timing.promptMs);
  step(run, 3, 'Record', `${file},5,180,k`);
  await record(run, file);
  step(run, 4, 'Playback', 'privacy-thankyou&goodbye');
  await pause(run, exchange.timing.promptMs);
  return undefined;
};

/** The `h` extension: runs however the caller left. */
export function tellMessage(run: Run): void {
  const { exchange, channel } = run;
  const file = variableOf(run, 'MOVIDESK_RECORDING');
  channel.exten = 'h';
  noteFarewell(run, (exchange.files.get(file) ?? 0) > 0 ? file : '');
  step(run, 1, 'UserEvent', 'MovideskMessage');
  userEvent(run, 'MovideskMessage', [
    ['File', file],
    ['Status', variableOf(run, 'RECORD_STATUS')],
    ['Size', file === '' ? String(FOLDER_BYTES) : String(exchange.files.get(file) ?? 0)],
  ]);
  channel.priority = 2;
}

/** With Record's option `k`: what was said before a hang-up is kept. */
function record(run: Run, file: string): Promise<void> {
  const { exchange, channel, thread } = run;
  const { clock, timing } = exchange;
  const startedAt = clock.now();
  const close = (status: string): void => {
    channel.voice?.recordingStopped();
    channel.variables.set('RECORD_STATUS', status);
    const bytes = HEADER_BYTES + Math.round((clock.now() - startedAt) * BYTES_PER_MS);
    exchange.files.set(file, bytes);
  };
  return thread.block<void>((settle) => {
    const limits: Cancel[] = [];
    const endAs = (status: string) => (): void => {
      for (const cancel of limits) cancel();
      close(status);
      settle();
    };
    const silence = clock.after(timing.silenceMs, endAs('SILENCE'));
    limits.push(silence, clock.after(timing.longestMessageMs, endAs('TIMEOUT')));
    channel.voice?.recordingStarted(silence, endAs('DTMF'));
    return () => {
      for (const cancel of limits) cancel();
      close('HANGUP');
    };
  });
}
