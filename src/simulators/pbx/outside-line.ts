import type { Channel } from './channel.ts';
import type { Cancel, SimulatorClock } from './clock.ts';
import type { DeviceState } from './device-states.ts';
import { Endpoint, type LegSignals } from './endpoint.ts';
import type { PbxTiming } from './timing.ts';

/** What somebody outside does with a call. Nothing: they never do it. */
export interface Outsider {
  readonly answersAfterMs: number | undefined;
  readonly hangsUpAfterMs: number | undefined;
}

/** Who is behind a number; nothing: somebody who takes the call, and leaves it to the agent to hang up. */
export type OutsiderOf = (number: string) => Outsider | undefined;

interface Parts {
  readonly clock: SimulatorClock;
  readonly timing: PbxTiming;
  readonly outsiderOf: OutsiderOf | undefined;
  readonly hangUp: (leg: Channel) => void;
}

/** The line out: whoever an agent calls rings, and takes it if that is how they are. */
export class OutsideLine extends Endpoint {
  private readonly parts: Parts;

  constructor(parts: Parts) {
    super('pstn', { number: '', name: '' });
    this.parts = parts;
  }

  override get isReachable(): boolean {
    return true;
  }

  protected override get idleState(): DeviceState {
    return 'NOT_INUSE';
  }

  override invite(leg: Channel, signals: LegSignals): Cancel {
    const { clock, timing, outsiderOf } = this.parts;
    const { answersAfterMs, hangsUpAfterMs } = outsiderOf?.(leg.dialledNumber) ?? {
      answersAfterMs: timing.outsideAnswersAfterMs,
      hangsUpAfterMs: undefined,
    };
    const cancelRinging = clock.after(timing.ringingAfterMs, signals.ringing);
    if (answersAfterMs === undefined) return cancelRinging;
    const cancelAnswer = clock.after(answersAfterMs, () => {
      signals.answered();
      if (hangsUpAfterMs !== undefined) clock.after(hangsUpAfterMs, () => this.parts.hangUp(leg));
    });
    return () => {
      cancelRinging();
      cancelAnswer();
    };
  }
}
