import { type Channel, channelHeaders } from './channel.ts';
import type { SimulatorClock } from './clock.ts';
import type { AmiEvent, Header } from './packet.ts';

interface QueueEntry {
  readonly channel: Channel;
  readonly joinedAt: number;
  readonly originalPosition: number;
  readonly withdraw: (info: string) => void;
}

/** A queue without members: callers join and wait until somebody takes them out. */
export class AsteriskQueue {
  readonly name: string;
  private readonly entries: QueueEntry[] = [];
  private readonly clock: SimulatorClock;
  private readonly publish: (event: AmiEvent) => void;
  private abandoned = 0;

  constructor(name: string, clock: SimulatorClock, publish: (event: AmiEvent) => void) {
    this.name = name;
    this.clock = clock;
    this.publish = publish;
  }

  join(channel: Channel, withdraw: (info: string) => void): void {
    const originalPosition = this.entries.length + 1;
    this.entries.push({ channel, joinedAt: this.clock.now(), originalPosition, withdraw });
    this.tell('QueueCallerJoin', channel, [
      ['Queue', this.name],
      ['Position', String(originalPosition)],
      ['Count', String(this.entries.length)],
    ]);
  }

  /** However a caller leaves a queue without members, Asterisk calls it an abandonment, redirected ones included. */
  leave(channel: Channel): void {
    const index = this.entries.findIndex((entry) => entry.channel === channel);
    const entry = this.entries[index];
    if (entry === undefined) return;
    this.abandoned += 1;
    const position: readonly Header[] = [
      ['Queue', this.name],
      ['Position', String(index + 1)],
    ];
    this.tell('QueueCallerAbandon', channel, [
      ...position,
      ['OriginalPosition', String(entry.originalPosition)],
      ['HoldTime', String(this.waitedSeconds(entry))],
    ]);
    this.entries.splice(index, 1);
    this.tell('QueueCallerLeave', channel, [...position, ['Count', String(this.entries.length)]]);
  }

  /** Whether there was such a caller. Like Asterisk, it knows them by channel name only. */
  withdraw(channelName: string, info: string): boolean {
    const entry = this.entries.find(({ channel }) => channel.name === channelName);
    entry?.withdraw(info);
    return entry !== undefined;
  }

  clear(): void {
    this.entries.length = 0;
  }

  paramsHeaders(): Header[] {
    return [
      ['Queue', this.name],
      ['Max', '0'],
      ['Strategy', 'ringall'],
      ['Calls', String(this.entries.length)],
      ['Holdtime', '0'],
      ['TalkTime', '0'],
      ['Completed', '0'],
      ['Abandoned', String(this.abandoned)],
      ['ServiceLevel', '0'],
      ['ServicelevelPerf', '0.0'],
      ['ServicelevelPerf2', '0.0'],
      ['Weight', '0'],
    ];
  }

  entryHeaders(): Header[][] {
    return this.entries.map((entry, index) => {
      const { channel } = entry;
      return [
        ['Queue', this.name],
        ['Position', String(index + 1)],
        ['Channel', channel.name],
        ['Uniqueid', channel.uniqueid],
        ['CallerIDNum', channel.caller.number || 'unknown'],
        ['CallerIDName', channel.caller.name || 'unknown'],
        ['ConnectedLineNum', channel.connected.number || 'unknown'],
        ['ConnectedLineName', channel.connected.name || 'unknown'],
        ['Wait', String(this.waitedSeconds(entry))],
        ['Priority', '0'],
      ];
    });
  }

  private waitedSeconds(entry: QueueEntry): number {
    return Math.floor((this.clock.now() - entry.joinedAt) / 1_000);
  }

  private tell(name: string, channel: Channel, headers: readonly Header[]): void {
    this.publish({ name, privilege: 'agent,all', headers: [...channelHeaders(channel), ...headers] });
  }
}
