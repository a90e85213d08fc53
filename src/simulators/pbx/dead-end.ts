import type { Cancel } from './clock.ts';
import type { DeviceState } from './device-states.ts';
import { Endpoint } from './endpoint.ts';

/** What is behind a channel and cannot be called: the trunk the callers come in by, the other half of a Local channel. */
export class DeadEnd extends Endpoint {
  constructor(name: string) {
    super(name, { number: '', name: '' });
  }

  override get isReachable(): boolean {
    return false;
  }

  // Nobody registers there.
  protected override get idleState(): DeviceState {
    return 'UNAVAILABLE';
  }

  override invite(): Cancel {
    return () => {};
  }
}
