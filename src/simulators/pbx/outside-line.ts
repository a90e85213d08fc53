import type { Channel } from './channel.ts';
import type { Cancel, SimulatorClock } from './clock.ts';
import type { DeviceState } from './device-states.ts';
import { Endpoint, type LegSignals } from './endpoint.ts';
import type { PbxTiming } from './timing.ts';

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
