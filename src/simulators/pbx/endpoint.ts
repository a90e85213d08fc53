import { type Channel, ChannelState, type Party } from './channel.ts';
import type { Cancel } from './clock.ts';
import type { DeviceState } from './device-states.ts';

/** What a phone that was asked to ring may tell. */
export interface LegSignals {
  /** 180. */
  ringing(): void;
  /** 200. */
  answered(): void;
  /** 486 or 603. */
  rejected(reason: 'busy' | 'declined'): void;
}

/** A far end the PBX knows by name: a phone, the callers' trunk, the line out. */
export abstract class Endpoint {
  readonly name: string;
  readonly device: string;
  readonly party: Party;
  readonly legs = new Set<Channel>();

  constructor(name: string, party: Party) {
    this.name = name;
    this.device = `PJSIP/${name}`;
    this.party = party;
  }

  /** Whether Dial has an address to send the INVITE to. */
  abstract get isReachable(): boolean;
  protected abstract get idleState(): DeviceState;
  /** Sends the INVITE. The signals may come at once, later or never; the returned function is the CANCEL. */
  abstract invite(leg: Channel, signals: LegSignals): Cancel;

  /** What `PJSIP/<name>` ought to say now. It is published only when something tells Asterisk to look. */
  get deviceState(): DeviceState {
    const legs = [...this.legs];
    const isRinging = legs.some((leg) => leg.state === ChannelState.ringing);
    const inUse = legs.filter((leg) => leg.state === ChannelState.ring || leg.state === ChannelState.up);
    if (isRinging) return inUse.length > 0 ? 'RINGINUSE' : 'RINGING';
    if (inUse.length === 0) return this.idleState;
    return inUse.every((leg) => leg.onHold) ? 'ONHOLD' : 'INUSE';
  }
}
