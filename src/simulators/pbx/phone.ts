import type { Channel } from './channel.ts';
import { ChannelState } from './channel.ts';
import type { Cancel } from './clock.ts';
import type { DeviceState } from './device-states.ts';
import { Endpoint, type LegSignals } from './endpoint.ts';
import type { Exchange } from './exchange.ts';
import { putOnHold, takeBack } from './hold.ts';
import { startOwnCall } from './own-call.ts';
import { attendedTransfer, blindTransfer } from './transfer.ts';

/** What the agent at a phone does when it rings. */
export type PhoneBehaviour =
  /** Takes the call that long after the first ring. */
  | { readonly kind: 'answers'; readonly afterMs: number }
  /** Presses reject, by default after a second and a half. */
  | { readonly kind: 'declines'; readonly afterMs?: number }
  /** 486 without ringing. */
  | { readonly kind: 'busy' }
  /** Rings until the PBX gives up. */
  | { readonly kind: 'rings-out' }
  /** Registered, but switched off: neither 180 nor an answer ever comes. */
  | { readonly kind: 'dead' };

const DECLINES_AFTER_MS = 1_500;
// A refusal takes one round trip.
const ROUND_TRIP_MS = 2;

/** An agent's phone, and the hands of the agent. */
export class Phone extends Endpoint {
  private readonly exchange: Exchange;
  private behaviour: PhoneBehaviour = { kind: 'answers', afterMs: 2_000 };
  private isRegistered = true;
  private readonly ringingLegs = new Map<Channel, LegSignals>();

  constructor(exchange: Exchange, extension: string, agentName: string) {
    super(extension, { number: extension, name: agentName });
    this.exchange = exchange;
  }

  override get isReachable(): boolean {
    return this.isRegistered;
  }

  protected override get idleState(): DeviceState {
    return this.isRegistered ? 'NOT_INUSE' : 'UNAVAILABLE';
  }

  get isInCall(): boolean {
    return this.talkingLeg !== undefined;
  }

  get isRinging(): boolean {
    return this.ringingLegs.size > 0;
  }

  /** The leg the agent speaks on. */
  get talkingLeg(): Channel | undefined {
    return [...this.legs].find(({ state }) => state === ChannelState.up || state === ChannelState.ring);
  }

  register(): void {
    this.isRegistered = true;
    this.exchange.refresh(this);
  }

  unregister(): void {
    this.isRegistered = false;
    this.exchange.refresh(this);
  }

  setBehaviour(behaviour: PhoneBehaviour): void {
    this.behaviour = behaviour;
  }

  /** The do-not-disturb flag of the PBX (`*78`): a device of its own. Dial does not look at it. */
  dnd(isOn: boolean): void {
    this.exchange.setDeviceState(`Custom:DND${this.name}`, isOn ? 'BUSY' : 'NOT_INUSE');
  }

  /** A call of the agent's own, to a colleague's extension or to any number outside. */
  dialOut(number = '91133334444'): void {
    startOwnCall({ exchange: this.exchange, phone: this, number });
  }

  /** Picks up the call that rings longest, whatever the behaviour says. */
  answer(): void {
    const [signals] = this.ringingLegs.values();
    signals?.answered();
  }

  /** Ends the call the agent is in; rejects the one that rings where there is none. */
  hangUp(): void {
    const { talkingLeg } = this;
    if (talkingLeg === undefined) {
      const [signals] = this.ringingLegs.values();
      signals?.rejected('declined');
      return;
    }
    this.exchange.soon(() => this.exchange.requestHangup(talkingLeg));
  }

  /** The agent's own device stays INUSE; the caller's trunk is what goes on hold. */
  hold(): void {
    this.setHold(true);
  }

  unhold(): void {
    this.setHold(false);
  }

  /** Whether there was a call to transfer. */
  blindTransfer(target: string): boolean {
    return blindTransfer(this.exchange, this, target);
  }

  /** Sends the caller back to a queue: the same channel enters again. */
  transferToQueue(queue: string): boolean {
    return blindTransfer(this.exchange, this, { queue });
  }

  /** Holds the caller, asks the colleague, hands over. False: the colleague did not answer, or the caller left. */
  attendedTransfer(target: string): Promise<boolean> {
    return attendedTransfer(this.exchange, this, target);
  }

  override invite(leg: Channel, signals: LegSignals): Cancel {
    const { clock, timing } = this.exchange;
    const { behaviour } = this;
    if (behaviour.kind === 'dead') return () => {};
    if (behaviour.kind === 'busy') return clock.after(ROUND_TRIP_MS, () => signals.rejected('busy'));
    let cancelDecision: Cancel = () => {};
    const cancelRinging = clock.after(timing.ringingAfterMs, () => {
      this.ringingLegs.set(leg, signals);
      signals.ringing();
      cancelDecision = this.decide(behaviour, signals);
    });
    return () => {
      cancelRinging();
      cancelDecision();
      this.ringingLegs.delete(leg);
    };
  }

  /** Whatever was ringing died with the PBX. */
  forget(): void {
    this.ringingLegs.clear();
  }

  private decide(behaviour: PhoneBehaviour, signals: LegSignals): Cancel {
    const { clock } = this.exchange;
    if (behaviour.kind === 'answers') {
      // A second call while talking is call waiting: nobody drops the first for it.
      return clock.after(behaviour.afterMs, () => {
        if (!this.isInCall) signals.answered();
      });
    }
    if (behaviour.kind !== 'declines') return () => {};
    return clock.after(behaviour.afterMs ?? DECLINES_AFTER_MS, () => signals.rejected('declined'));
  }

  private setHold(isOn: boolean): void {
    const leg = this.talkingLeg;
    const other = leg === undefined ? undefined : this.exchange.bridges.peerOf(leg);
    if (leg === undefined || other === undefined) return;
    if (isOn) putOnHold(this.exchange, leg, other);
    else takeBack(this.exchange, leg, other);
  }
}
