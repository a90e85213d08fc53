import { ChannelState } from '../channel.ts';
import { Interrupted, type Location } from '../dialplan-thread.ts';
import { CANCELLED } from '../hangup-cause.ts';
import { LOST_CONTEXT } from './contexts.ts';
import { extensionAt } from './dialplan.ts';
import { noteEnd } from './diary.ts';
import { tellMessage } from './lost.ts';
import type { Run } from './run.ts';

/** Runs a caller from the first place to their Hangup. */
export async function runDialplan(run: Run, first: Location): Promise<void> {
  let next: Location | undefined = first;
  while (next !== undefined) next = await runExtension(run, next);
  const { exchange, channel } = run;
  if (channel.state === ChannelState.ring) channel.hangupCause = CANCELLED;
  run.thread.interrupt({ kind: 'hangup' });
  exchange.soon(() => leave(run));
}

async function runExtension(run: Run, location: Location): Promise<Location | undefined> {
  const { exchange, channel, thread } = run;
  standAt(run, location);
  let next: Location | undefined;
  try {
    next = await extensionAt(exchange, location.context, location.exten)?.(run);
  } catch (error) {
    if (!(error instanceof Interrupted)) throw error;
  }
  const interruption = thread.takeInterruption();
  if (interruption?.kind === 'goto' && exchange.isAlive(channel)) return interruption.to;
  return interruption?.kind === 'hangup' ? undefined : next;
}

function standAt(run: Run, { context, exten, priority }: Location): void {
  Object.assign(run.channel, { context, exten, priority });
}

/** `h`, the hang-up handler that closes the diary, and then the Hangup event. */
function leave(run: Run): void {
  const { exchange, channel } = run;
  if (!exchange.isAlive(channel)) return;
  if (channel.context === LOST_CONTEXT) tellMessage(run);
  noteEnd(run);
  exchange.end(channel);
  exchange.moveTo(channel, 'gone');
}
