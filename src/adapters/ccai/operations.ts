import { recordingPermission } from './definitions.ts';
import { boolean, instant, number, optional, text } from './kind.ts';
import type { Operation, Operations } from './operation.ts';

const CREATED = { '201': 'created', '202': 'needs-agent' } as const satisfies Operation['answers'];

/** What may go wrong with any call for an agent who calls out. */
const OUTBOUND_REFUSALS = [
  'agent-not-available',
  'number-or-ticket-required',
  'agent-email-not-valid',
  'agent-email-required',
  'agent-without-access',
  'end-user-number-not-well-formed',
  'contact-not-found',
  'invalid-call-type',
  'missing-parameter',
  'resource-not-found',
] as const;

/** What may go wrong with any call that a menu is to get. */
const MENU_REFUSALS = [
  'end-user-number-not-well-formed',
  'menu-in-manual-redirection',
  'invalid-call-type',
  'menu-required',
  'menu-in-after-hours',
  'language-not-available',
  'language-not-found',
  'menu-not-found',
  'menu-not-well-formed',
  'end-user-number-required',
  'missing-parameter',
  'resource-not-found',
] as const;

const OUTBOUND = {
  method: 'POST',
  path: 'calls',
  callType: 'Voice Outbound (API)',
  // In the one chapter 200 where a number must be chosen, in the other 202 for the same: an agent must act either way.
  answers: { ...CREATED, '200': 'needs-outbound-number' },
  refusals: OUTBOUND_REFUSALS,
  repeating: 'harmful',
} as const satisfies Partial<Operation>;

const SCHEDULED = {
  method: 'POST',
  path: 'calls',
  callType: 'Voice Scheduled (API)',
  answers: CREATED,
  refusals: [...MENU_REFUSALS, 'menu-not-mobile-or-web', 'scheduled-at-required'],
  repeating: 'harmful',
} as const satisfies Partial<Operation>;

/** Every operation of CCAI Platform's call API, in the order of the document. */
export const OPERATIONS = {
  outboundCallByNumber: {
    title: 'Outbound call - end_user_number',
    ...OUTBOUND,
    body: {
      agent_email: text,
      end_user_number: text,
      /** One of Settings > Phone Numbers > Phone Number Management; the default one where it is left out. */
      outbound_number: optional(text),
      /** ISO 639-1, `en` where it is left out; everywhere. */
      lang: optional(text),
    },
  },
  outboundCallByTicket: {
    title: 'Outbound Call - ticket_id',
    ...OUTBOUND,
    body: {
      agent_email: text,
      /** Has a higher priority than the number; everywhere. */
      ticket_id: text,
      end_user_number: optional(text),
      outbound_number: optional(text),
      lang: optional(text),
    },
  },
  incomingCall: {
    title: 'Incoming Call',
    method: 'POST',
    path: 'calls',
    callType: 'Voice Inbound (API)',
    body: {
      /** The parameter's text says IVR and web, the message of the refusal IVR and mobile. */
      menu_id: number,
      end_user_number: text,
      lang: optional(text),
      ticket_id: optional(text),
      outbound_number: optional(text),
      recording_permission: optional(recordingPermission),
    },
    answers: CREATED,
    refusals: [...MENU_REFUSALS, 'menu-not-ivr-or-mobile'],
    repeating: 'harmful',
  },
  scheduledCallByMenu: {
    title: 'Scheduled call, with menu ID',
    ...SCHEDULED,
    body: {
      /** Mobile and web. */
      menu_id: number,
      end_user_number: text,
      scheduled_at: instant,
      lang: optional(text),
      ticket_id: optional(text),
      recording_permission: optional(recordingPermission),
    },
  },
  scheduledCallAfterCall: {
    title: 'Scheduled call, with call ID',
    ...SCHEDULED,
    body: {
      /** An earlier call, which becomes the new one's parent: its menu is taken where none is given. */
      call_id: number,
      menu_id: optional(number),
      end_user_number: text,
      scheduled_at: instant,
      lang: optional(text),
      ticket_id: optional(text),
      recording_permission: optional(recordingPermission),
    },
  },
  customerFlags: {
    title: 'Get reserved data attributes during a call',
    method: 'GET',
    path: 'calls/{id}/customer_flag',
    // The document's "Status code 0" says nothing, nor does it show a refusal.
    answers: { '2xx': 'flags' },
    refusals: ['resource-not-found'],
    repeating: 'harmless',
  },
  setCustomerFlags: {
    title: 'Update reserved data attributes during a call',
    method: 'PATCH',
    path: 'calls/{id}/customer_flag',
    body: {
      verified_customer: optional(boolean),
      bad_actor: optional(boolean),
      repeat_customer: optional(boolean),
    },
    answers: { '2xx': 'set' },
    refusals: ['resource-not-found'],
    repeating: 'harmless',
  },
} as const satisfies Operations;

export type OperationName = keyof typeof OPERATIONS;
