import { type Channel, ChannelState } from '../channel.ts';
import type { DialplanThread, Location } from '../dialplan-thread.ts';
import type { Exchange } from '../exchange.ts';
import type { Header } from '../packet.ts';

/** One channel on its way through the dialplan. */
export interface Run {
  readonly exchange: Exchange;
  readonly channel: Channel;
  readonly thread: DialplanThread;
}

/** What an extension does; it answers where the channel goes next, or nothing: it is hung up. */
export type Extension = (run: Run) => Promise<Location | undefined>;

export const at = (context: string, exten: string): Location => ({ context, exten, priority: 1 });

/** Notes which application the channel is in, for `Status` and for the events it sends. */
export function step(run: Run, priority: number, application: string, data = ''): void {
  run.channel.priority = priority;
  run.channel.application = application;
  run.channel.applicationData = data;
}

export function pause(run: Run, durationMs: number): Promise<void> {
  return run.thread.block<void>((settle) => run.exchange.clock.after(durationMs, () => settle()));
}

export function userEvent(run: Run, name: string, headers: readonly Header[]): void {
  run.exchange.publishOn(run.channel, 'UserEvent', 'user,all', [['UserEvent', name], ...headers]);
}

export function variableOf(run: Run, variable: string): string {
  return run.channel.variables.get(variable) ?? '';
}

/** Answers the caller where nobody has yet, and waits for their first sound. */
export async function answer(run: Run, priority: number): Promise<void> {
  const { exchange, channel } = run;
  step(run, priority, 'Answer');
  if (channel.state === ChannelState.up) return;
  channel.state = ChannelState.up;
  const endpoint = exchange.endpoints.get(channel.device);
  if (endpoint !== undefined) exchange.refresh(endpoint);
  await pause(run, exchange.timing.answerMs);
}

/** The first step of every way in: what a caller can write into the manager's stream is cut out of the number. */
export function filterNumber({ channel }: Run): void {
  channel.caller = { ...channel.caller, number: channel.caller.number.replace(/[^0-9+]/g, '') };
}
