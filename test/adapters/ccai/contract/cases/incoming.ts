import type { IncomingArguments } from '../../../../../src/adapters/ccai/client.ts';
import { type ContractOf, told } from '../contract.ts';
import { NUMBER, type Platform, TICKET } from '../platform.ts';
import { menuRefusals } from './menu-refusals.ts';

const CALL_TYPE = 'Voice Inbound (API)';
const OUTBOUND_NUMBER = '+551155556666';

const ask =
  (change: Partial<IncomingArguments> = {}) =>
  ({ client }: Platform) =>
    client.incomingCall({ menuId: 9, endUserNumber: NUMBER, ...change });

export const incomingCall: ContractOf<'incomingCall'> = {
  whole: {
    path: '/calls',
    ask: ask({
      ...{ lang: 'pt', ticketId: TICKET, outboundNumber: OUTBOUND_NUMBER, recordingPermission: 'granted' },
    }),
    sent: {
      call_type: CALL_TYPE,
      menu_id: 9,
      end_user_number: NUMBER,
      lang: 'pt',
      ticket_id: TICKET,
      outbound_number: OUTBOUND_NUMBER,
      recording_permission: 'recording_permission_granted',
    },
    became: ({ simulator }) => simulator.calls.at(-1),
    becomes: {
      ...{ kind: 'incoming', menu: { id: 9 }, lang: 'pt', ticketId: TICKET, number: '+5521987654321' },
      ...{ outboundNumber: OUTBOUND_NUMBER, recordingPermission: 'granted' },
    },
  },
  least: { ask: ask(), sent: { call_type: CALL_TYPE, menu_id: 9, end_user_number: NUMBER } },
  answers: {
    '201': {
      ask: ask(),
      status: 201,
      answer: {
        kind: 'created',
        call: { id: 1, callType: CALL_TYPE, status: 'queued', selectedMenu: { id: 9 } },
      },
    },
    // By the table of common answers; no example of this chapter has it.
    '202': { ...told(202, ''), ask: ask(), status: 202, answer: { kind: 'needs-agent' } },
  },
  refusals: {
    ...menuRefusals(ask),
    'menu-not-ivr-or-mobile': {
      ask: ask({ menuId: 50 }),
      says: 'Only IVR and mobile menu IDs are permitted',
    },
  },
};
