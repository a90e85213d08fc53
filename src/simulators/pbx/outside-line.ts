import type { Channel } from './channel.ts';
import type { Cancel, SimulatorClock } from './clock.ts';
import type { DeviceState } from './device-states.ts';
import { Endpoint, type LegSignals } from './endpoint.ts';
import type { PbxTiming } from './timing.ts';

/** The trunk the callers come in by. Nobody registers there, so it is UNAVAILABLE while it carries no call. */
export class CallersTrunk extends Endpoint {
  constructor() {
    super('trunk', { number: '', name: '' });
  }

  override get isReachable(): boolean {
    return false;
  }

  protected override get idleState(): DeviceState {
    return 'UNAVAILABLE';
  }

  override invite(): Cancel {
    return () => {};
  }
}

/** The line out: whoever an agent calls rings and takes it. */
export class OutsideLine extends Endpoint {
  private readonly clock: SimulatorClock;
  private readonly timing: PbxTiming;

  constructor(clock: SimulatorClock, timing: PbxTiming) {
    super('pstn', { number: '', name: '' });
    this.clock = clock;
    this.timing = timing;
  }

  override get isReachable(): boolean {
    return true;
  }

  protected override get idleState(): DeviceState {
    return 'NOT_INUSE';
  }

  override invite(_leg: Channel, signals: LegSignals): Cancel {
    const cancelRinging = this.clock.after(this.timing.ringingAfterMs, signals.ringing);
    const cancelAnswer = this.clock.after(this.timing.outsideAnswersAfterMs, signals.answered);
    return () => {
      cancelRinging();
      cancelAnswer();
    };
  }
}
