import { oneOf } from './kind.ts';

/** The document's "Call status definitions", in its order: title and word on the wire. The examples send the word. */
export const CALL_STATUSES = [
  { title: 'Selecting', wire: 'selecting' },
  { title: 'Queued', wire: 'queued' },
  { title: 'Assigned', wire: 'assigned' },
  { title: 'Connecting', wire: 'connecting' },
  { title: 'Connected', wire: 'connected' },
  { title: 'Finished', wire: 'finished' },
  { title: 'Failed', wire: 'failed' },
  { title: 'Switching', wire: 'switching' },
  { title: 'Recovered', wire: 'recovered' },
  { title: 'Scheduled', wire: 'scheduled' },
  { title: 'Action Only', wire: 'action_only' },
  { title: 'Action Only Finished', wire: 'action_only_finished' },
  { title: 'Deflected', wire: 'deflected' },
  { title: 'Voicemail', wire: 'voicemail' },
  { title: 'Voicemail Received', wire: 'voicemail_received' },
  { title: 'Voicemail Read', wire: 'voicemail_read' },
] as const;

/** The document's "Call type definitions", and the names that they had before, which are deprecated. */
export const CALL_TYPES = [
  { title: 'Voice Outbound (API)', deprecated: 'OutboundCall' },
  { title: 'Voice Inbound (API)', deprecated: 'IncomingCall' },
  { title: 'Voice Scheduled (API)', deprecated: 'ScheduledCall' },
] as const;

export type CallStatus = (typeof CALL_STATUSES)[number]['wire'];
export type CallType = (typeof CALL_TYPES)[number]['title'];

/** Titles are understood as well: they are the same words, written otherwise. */
export const callStatus = oneOf(CALL_STATUSES.map(({ wire }): CallStatus => wire));
export const callType = oneOf(
  CALL_TYPES.map(({ title }): CallType => title),
  { also: Object.fromEntries(CALL_TYPES.map(({ title, deprecated }) => [deprecated, title])) },
);

/**
 * Whether the caller let the call be recorded. Requests say `recording_permission_granted`, answers `not_asked`. Only
 * evaluated where the queue is set to ask.
 */
export const recordingPermission = oneOf(['not-asked', 'granted', 'denied'], {
  prefix: 'recording_permission_',
});
