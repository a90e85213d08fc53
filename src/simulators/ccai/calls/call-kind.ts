import { type Body, textIn } from '../parameters.ts';
import type { CallKind } from '../state/calls.ts';

// The second names are "deprecated", and "available for now".
const KINDS: Readonly<Record<string, CallKind>> = {
  'Voice Outbound (API)': 'outbound',
  OutboundCall: 'outbound',
  'Voice Inbound (API)': 'incoming',
  IncomingCall: 'incoming',
  'Voice Scheduled (API)': 'scheduled',
  ScheduledCall: 'scheduled',
};

/**
 * What kind of call is asked for; nothing where the type is none. The document shows "ScheduledCall" refused where an
 * agent is named, though elsewhere the name is available: only an outbound call has an agent.
 */
export function callKindOf(body: Body): CallKind | undefined {
  const kind = KINDS[textIn(body, 'call_type') ?? ''];
  return kind !== 'outbound' && textIn(body, 'agent_email') !== undefined ? undefined : kind;
}
