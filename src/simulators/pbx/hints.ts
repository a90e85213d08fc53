import { type DeviceState, type DeviceStates, hintStatus } from './device-states.ts';
import type { Header } from './packet.ts';

/** The extension a device belongs to, where it has a hint: a phone, or its do-not-disturb flag. */
export function extensionOf(device: string): string | undefined {
  return /^(?:PJSIP\/|Custom:DND)([0-9]+)$/.exec(device)?.[1];
}

/** A hint as the shipped dialplan has it, phone and do-not-disturb flag joined. Nothing: there is no such hint. */
export function hintHeaders(
  states: DeviceStates,
  context: string,
  exten: string,
  hasHints: boolean,
): Header[] {
  const phone = hasHints ? states.get(`PJSIP/${exten}`) : undefined;
  const joined = phone === undefined ? undefined : join(phone, states.get(`Custom:DND${exten}`));
  const [status, text] = joined === undefined ? [-1, 'Unknown'] : hintStatus(joined);
  return [
    ['Exten', exten],
    ['Context', context],
    ['Hint', joined === undefined ? '' : `PJSIP/${exten}&Custom:DND${exten}`],
    ['Status', String(status)],
    ['StatusText', text],
  ];
}

// As seen on 22.10: a set flag makes an idle phone Busy; a cleared one makes an unregistered phone Idle, which lies.
function join(phone: DeviceState, flag: DeviceState | undefined): DeviceState {
  const isResting = phone === 'NOT_INUSE' || phone === 'UNAVAILABLE';
  return isResting && flag !== undefined ? flag : phone;
}
