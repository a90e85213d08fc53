import { type ContractOf, type RefusalOf, type Refusing, told } from '../contract.ts';
import { AGENT, LATER, LATER_TEXT, NUMBER, type Platform, TICKET } from '../platform.ts';
import { type MenuCall, menuRefusals } from './menu-refusals.ts';

interface Change extends MenuCall {
  readonly scheduledAt?: number;
  readonly ticketId?: string;
  readonly recordingPermission?: 'denied';
}

const CALL = { endUserNumber: NUMBER, scheduledAt: LATER };
const SENT = {
  call_type: 'Voice Scheduled (API)',
  end_user_number: NUMBER,
  scheduled_at: LATER_TEXT,
};
const EXTRAS = { lang: 'pt', ticketId: TICKET, recordingPermission: 'denied' } as const;
const EXTRAS_SENT = { lang: 'pt', ticket_id: TICKET, recording_permission: 'recording_permission_denied' };
const BECOMES = {
  ...{ kind: 'scheduled', menu: { id: 9 }, scheduledAt: LATER, lang: 'pt', ticketId: TICKET },
  recordingPermission: 'denied',
};

const lastCall = ({ simulator }: Platform) => simulator.calls.at(-1);

/** What both ways refuse besides, whatever happened before. */
function timeAndMenu(
  ask: (change: Change) => Refusing['ask'],
  prepare: Refusing['prepare'] = () => {},
): Readonly<Record<Exclude<RefusalOf<'scheduledCallByMenu'>, RefusalOf<'incomingCall'>>, Refusing>> {
  return {
    'menu-not-mobile-or-web': {
      ...{ prepare, ask: ask({ menuId: 51 }) },
      says: 'Only mobile and web menu IDs are permitted',
    },
    'scheduled-at-required': {
      ...{ prepare, ask: ask({ scheduledAt: Number.NaN }) },
      says: 'scheduled_at is required',
    },
  };
}

// By the table of common answers; no example of this chapter has it.
const NEEDS_AGENT = { ...told(202, ''), status: 202, answer: { kind: 'needs-agent' } };

const inMenu =
  (change: Change = {}) =>
  ({ client }: Platform) =>
    client.scheduledCall({ menuId: 9, ...CALL, ...change });

export const scheduledCallByMenu: ContractOf<'scheduledCallByMenu'> = {
  whole: {
    path: '/calls',
    ask: inMenu(EXTRAS),
    sent: { ...SENT, menu_id: 9, ...EXTRAS_SENT },
    became: lastCall,
    becomes: BECOMES,
  },
  least: { ask: inMenu(), sent: { ...SENT, menu_id: 9 } },
  answers: {
    '201': {
      ask: inMenu(),
      status: 201,
      // The document's examples call it inbound and queued.
      answer: {
        kind: 'created',
        call: { id: 1, callType: 'Voice Inbound (API)', status: 'queued', scheduledAt: LATER },
      },
    },
    '202': { ...NEEDS_AGENT, ask: inMenu() },
  },
  refusals: { ...menuRefusals(inMenu), ...timeAndMenu(inMenu) },
};

/** The earlier call, and its menu. */
const earlierCall = ({ client }: Platform) => client.incomingCall({ menuId: 9, endUserNumber: NUMBER });
const callWithoutMenu = ({ client }: Platform) =>
  client.outboundCall({ agentEmail: AGENT, endUserNumber: NUMBER });

const afterCall =
  (change: Change = {}) =>
  ({ client }: Platform) =>
    client.scheduledCall({ callId: 1, ...CALL, ...change });

export const scheduledCallAfterCall: ContractOf<'scheduledCallAfterCall'> = {
  whole: {
    path: '/calls',
    prepare: earlierCall,
    ask: afterCall({ menuId: 9, ...EXTRAS }),
    sent: { ...SENT, call_id: 1, menu_id: 9, ...EXTRAS_SENT },
    became: lastCall,
    becomes: { ...BECOMES, parentId: 1 },
  },
  // The menu is that of the earlier call.
  least: { prepare: earlierCall, ask: afterCall(), sent: { ...SENT, call_id: 1 } },
  answers: {
    '201': {
      prepare: earlierCall,
      ask: afterCall(),
      status: 201,
      answer: { kind: 'created', call: { id: 2, scheduledAt: LATER, selectedMenu: { id: 9 } } },
    },
    '202': { ...NEEDS_AGENT, ask: afterCall() },
  },
  refusals: {
    ...menuRefusals(afterCall, { prepare: earlierCall }),
    ...timeAndMenu(afterCall, earlierCall),
    'menu-required': { prepare: callWithoutMenu, ask: afterCall(), says: 'menu_id is required' },
  },
};
