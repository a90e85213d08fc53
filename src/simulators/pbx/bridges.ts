import { type Channel, channelHeaders } from './channel.ts';
import type { AmiEvent, Header } from './packet.ts';
import { type RandomSource, randomUuid } from './random.ts';

/** Who talks to whom. Leaving is silent here: BridgeLeave does not pass the daemon's filter. */
export class Bridges {
  private readonly members = new Map<string, Channel[]>();
  private readonly publish: (event: AmiEvent) => void;
  private readonly random: RandomSource;

  constructor(publish: (event: AmiEvent) => void, random: RandomSource) {
    this.publish = publish;
    this.random = random;
  }

  create(): string {
    const bridgeId = randomUuid(this.random);
    this.members.set(bridgeId, []);
    return bridgeId;
  }

  enter(bridgeId: string, channel: Channel): void {
    this.members.get(bridgeId)?.push(channel);
    channel.bridgeId = bridgeId;
    const headers = [...this.headers(bridgeId), ...channelHeaders(channel)];
    this.publish({ name: 'BridgeEnter', privilege: 'call,all', headers });
  }

  /** Takes the channel out and answers who is left behind. */
  leave(channel: Channel): Channel | undefined {
    const peer = this.peerOf(channel);
    const { bridgeId } = channel;
    if (bridgeId === undefined) return undefined;
    channel.bridgeId = undefined;
    const left = (this.members.get(bridgeId) ?? []).filter((member) => member !== channel);
    if (left.length === 0) this.members.delete(bridgeId);
    else this.members.set(bridgeId, left);
    return peer;
  }

  peerOf(channel: Channel): Channel | undefined {
    const members = channel.bridgeId === undefined ? [] : (this.members.get(channel.bridgeId) ?? []);
    return members.find((member) => member !== channel);
  }

  clear(): void {
    this.members.clear();
  }

  /** The headers of a bridge in Asterisk's order; `prefix` is `Orig` or `Second` in an attended transfer. */
  headers(bridgeId: string, prefix = ''): Header[] {
    const headers: Header[] = [
      ['BridgeUniqueid', bridgeId],
      ['BridgeType', 'basic'],
      ['BridgeTechnology', 'simple_bridge'],
      ['BridgeCreator', '<unknown>'],
      ['BridgeName', '<unknown>'],
      ['BridgeNumChannels', String(this.members.get(bridgeId)?.length ?? 0)],
      ['BridgeVideoSourceMode', 'none'],
    ];
    return headers.map(([name, value]): Header => [prefix + name, value]);
  }
}
