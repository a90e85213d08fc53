import type { AmiEvent } from './packet.ts';

const STATES = [
  'NOT_INUSE',
  'INUSE',
  'BUSY',
  'INVALID',
  'UNAVAILABLE',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
] as const;
export type DeviceState = (typeof STATES)[number];

// As `ExtensionState` numbers them (seen on 22.10; INVALID and an unknown device are Unavailable).
const HINT_STATUS: Readonly<Record<DeviceState, readonly [status: number, text: string]>> = {
  NOT_INUSE: [0, 'Idle'],
  INUSE: [1, 'InUse'],
  BUSY: [2, 'Busy'],
  INVALID: [4, 'Unavailable'],
  UNAVAILABLE: [4, 'Unavailable'],
  RINGING: [8, 'Ringing'],
  RINGINUSE: [9, 'InUse&Ringing'],
  ONHOLD: [16, 'Hold'],
};

export function isDeviceState(text: string): text is DeviceState {
  return STATES.some((state) => state === text);
}

export function hintStatus(state: DeviceState): readonly [status: number, text: string] {
  return HINT_STATUS[state];
}

/** The last state published of each device: what `DEVICE_STATE()` reads. */
export class DeviceStates {
  private readonly states = new Map<string, DeviceState>();
  private readonly publish: (event: AmiEvent) => void;

  constructor(publish: (event: AmiEvent) => void) {
    this.publish = publish;
  }

  /** A custom device that nobody ever set is UNKNOWN, any other device that does not exist is INVALID. */
  textOf(device: string): string {
    return this.states.get(device) ?? (device.startsWith('Custom:') ? 'UNKNOWN' : 'INVALID');
  }

  get(device: string): DeviceState | undefined {
    return this.states.get(device);
  }

  all(): readonly (readonly [device: string, state: DeviceState])[] {
    return [...this.states];
  }

  /** Whether that was a change, and so an event. */
  set(device: string, state: DeviceState): boolean {
    if (this.states.get(device) === state) return false;
    this.states.set(device, state);
    this.publish({
      name: 'DeviceStateChange',
      privilege: 'call,all',
      headers: [
        ['Device', device],
        ['State', state],
      ],
    });
    return true;
  }
}
