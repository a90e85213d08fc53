import type { AmiEvent } from '../packet.ts';
import { READ_CLASSES } from './rights.ts';

/** One `eventfilter(action(include),name(…),header(…),method(…)) = <value>`. */
export interface IncludedEvent {
  readonly name: string;
  readonly header?: string;
  readonly method?: 'starts_with' | 'regex';
  readonly value?: string;
}

/** Line by line what manager_movidesk.conf ships (a test compares them). What is not named here does not pass. */
export const INCLUDED_EVENTS: readonly IncludedEvent[] = [
  { name: 'FullyBooted' },
  { name: 'Shutdown' },
  { name: 'UserEvent', header: 'UserEvent', method: 'starts_with', value: 'Movidesk' },
  { name: 'DialBegin' },
  { name: 'DialEnd' },
  { name: 'BlindTransfer' },
  { name: 'AttendedTransfer' },
  // From channels of ours only: a forged Hangup does not carry the mark in front.
  { name: 'Hangup', header: 'ChanVariable', method: 'regex', value: '^MOVIDESK_QUEUE=.' },
  { name: 'DeviceStateChange', header: 'Device', method: 'starts_with', value: 'PJSIP/' },
  { name: 'DeviceStateChange', header: 'Device', method: 'starts_with', value: 'Custom:DND' },
  { name: 'QueueCallerJoin' },
];

/** To be let through where the daemon's configuration names a hint context. */
export const INCLUDED_WITH_HINTS: readonly IncludedEvent[] = [{ name: 'ExtensionStatus' }];

/** For the Udesk relay. Without one no channel carries the variable, and nothing of the kind passes. */
export const INCLUDED_FOR_UDESK: readonly IncludedEvent[] = ['Hold', 'Unhold'].map((name) => ({
  name,
  header: 'ChanVariable',
  method: 'regex',
  value: '^UDESK_CALL_ID=.',
}));

export function passesFilter(event: AmiEvent, hasHints: boolean): boolean {
  const [privilege = ''] = event.privilege.split(',');
  const included = [...INCLUDED_EVENTS, ...INCLUDED_FOR_UDESK, ...(hasHints ? INCLUDED_WITH_HINTS : [])];
  return READ_CLASSES.includes(privilege) && included.some((line) => matches(line, event));
}

function matches({ name, header, method, value = '' }: IncludedEvent, event: AmiEvent): boolean {
  if (name !== event.name) return false;
  if (header === undefined) return true;
  return event.headers.some(
    ([candidate, text]) =>
      candidate === header && (method === 'regex' ? new RegExp(value).test(text) : text.startsWith(value)),
  );
}
