import { type Channel, ChannelState, type Place } from './channel.ts';
import { QUEUE_CONTEXT } from './dialplan/contexts.ts';
import { FALLBACK_PHONES_CONTEXT } from './dialplan/dialplan.ts';
import { entryOf } from './dialplan/entry.ts';
import { at } from './dialplan/run.ts';
import { runDialplan } from './dialplan/run-dialplan.ts';
import { DialplanThread } from './dialplan-thread.ts';
import type { Endpoint } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { Voice } from './voice.ts';

export interface Arrival {
  readonly queue: string;
  /** As the carrier sends it, hostile ones included; empty: withheld. */
  readonly number: string;
  readonly name?: string;
  /** Our dialplan, or an existing queue without members. */
  readonly via?: 'dialplan' | 'asterisk-queue';
  /** What somebody else's dialplan has set before it sent them here: `{ __UDESK_CALL_ID: '…' }`. */
  readonly variables?: Readonly<Record<string, string>>;
}

/** A person who calls in. */
export class Caller {
  private readonly exchange: Exchange;
  private readonly channel: Channel;

  constructor(exchange: Exchange, trunk: Endpoint, arrival: Arrival) {
    const isOurs = arrival.via !== 'asterisk-queue';
    const first = isOurs ? entryOf(arrival.queue) : at(QUEUE_CONTEXT, arrival.queue);
    const channel = exchange.createChannel({
      endpoint: trunk,
      state: ChannelState.ring,
      caller: { number: arrival.number, name: arrival.name ?? '' },
      context: first.context,
      exten: first.exten,
    });
    for (const [name, value] of Object.entries(arrival.variables ?? {})) channel.setVariable(name, value);
    const thread = new DialplanThread();
    channel.thread = thread;
    channel.voice = new Voice(exchange.clock);
    this.exchange = exchange;
    this.channel = channel;
    exchange.stats.callers += 1;
    void runDialplan({ exchange, channel, thread }, first);
  }

  get uniqueid(): string {
    return this.channel.uniqueid;
  }

  get channelName(): string {
    return this.channel.name;
  }

  get place(): Place {
    return this.channel.place;
  }

  /** The extension at the other end of the line. */
  get talkingTo(): string | undefined {
    return this.exchange.bridges.peerOf(this.channel)?.caller.number;
  }

  /** A channel variable, as `${…}` would read it. */
  variable(name: string): string | undefined {
    return this.channel.variables.get(name);
  }

  hangUp(): void {
    this.exchange.soon(() => {
      if (this.exchange.isAlive(this.channel)) this.exchange.requestHangup(this.channel);
    });
  }

  /** Speaks after the beep for that long; then hangs up, or ends the message with the hash key. */
  leaveMessage(seconds: number, endsWith: 'hang-up' | 'hash' = 'hang-up'): void {
    const hangUp = endsWith === 'hang-up' ? (): void => this.hangUp() : undefined;
    this.channel.voice?.speak(seconds * 1_000, hangUp);
  }

  /** Somebody of the fallback takes this caller. */
  answeredInFallback(extension: string): void {
    if (this.place === 'fallback')
      this.exchange.redirect(this.channel, at(FALLBACK_PHONES_CONTEXT, extension));
  }
}
