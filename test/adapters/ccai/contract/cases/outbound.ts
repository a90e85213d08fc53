import type { OutboundArguments } from '../../../../../src/adapters/ccai/client.ts';
import type { AgentState } from '../../../../../src/simulators/ccai/state/agents.ts';
import {
  type ContractOf,
  MISSING_PARAMETER,
  RESOURCE_NOT_FOUND,
  type RefusalOf,
  type Refusing,
  told,
  WRONG_SUBDOMAIN,
} from '../contract.ts';
import { AGENT, NUMBER, type Platform, TICKET } from '../platform.ts';

const CALL_TYPE = 'Voice Outbound (API)';
const OUTBOUND_NUMBER = '+551155556666';

const by =
  (given: OutboundArguments) =>
  ({ client }: Platform) =>
    client.outboundCall(given);
const agentIs = (state: AgentState) => ({
  prepare: ({ simulator }: Platform) => simulator.agents.change(AGENT, state),
});

const CALL = { agentEmail: AGENT, endUserNumber: NUMBER };
const TICKET_CALL = { agentEmail: AGENT, ticketId: TICKET };
const MUST_CHOOSE = { stage: { defaultOutboundNumber: null } };

const lastCall = ({ simulator }: Platform) => simulator.calls.at(-1);

/** What both ways refuse alike. */
function refusalsOf(call: OutboundArguments): Readonly<Record<Alike, Refusing>> {
  const ask = by(call);
  return {
    'agent-not-available': {
      ...agentIs('unavailable'),
      ask,
      says: 'Agent is not available to take this call',
    },
    'agent-email-not-valid': {
      ask: by({ ...call, agentEmail: 'nobody@somedomain.com' }),
      says: 'Not a valid agent email',
    },
    'agent-email-required': { ask: by({ ...call, agentEmail: '' }), says: 'Agent email required' },
    'agent-without-access': {
      ...agentIs('no-access'),
      ask,
      says: 'Agent does not have access to make calls',
    },
    'invalid-call-type': { stage: { callKinds: ['incoming'] }, ask, says: 'Invalid call type' },
    'missing-parameter': { ...told(400, MISSING_PARAMETER), ask, says: MISSING_PARAMETER },
    'resource-not-found': { stage: WRONG_SUBDOMAIN, ask, status: 404, says: RESOURCE_NOT_FOUND },
  };
}

type Alike = Exclude<
  RefusalOf<'outboundCallByNumber'>,
  'number-or-ticket-required' | 'end-user-number-not-well-formed' | 'contact-not-found'
>;

export const outboundCallByNumber: ContractOf<'outboundCallByNumber'> = {
  whole: {
    path: '/calls',
    ask: by({ ...CALL, outboundNumber: OUTBOUND_NUMBER, lang: 'pt' }),
    sent: {
      call_type: CALL_TYPE,
      agent_email: AGENT,
      end_user_number: NUMBER,
      outbound_number: OUTBOUND_NUMBER,
      lang: 'pt',
    },
    became: lastCall,
    becomes: {
      ...{ kind: 'outbound', number: NUMBER, lang: 'pt', outboundNumber: OUTBOUND_NUMBER },
      agent: { email: AGENT },
    },
  },
  least: { ask: by(CALL), sent: { call_type: CALL_TYPE, agent_email: AGENT, end_user_number: NUMBER } },
  answers: {
    '201': {
      ask: by(CALL),
      status: 201,
      answer: { kind: 'created', call: { id: 1, callType: CALL_TYPE, status: 'assigned' } },
    },
    '202': { ...agentIs('acts-in-widget'), ask: by(CALL), status: 202, answer: { kind: 'needs-agent' } },
    '200': {
      ...MUST_CHOOSE,
      ask: by(CALL),
      status: 200,
      answer: {
        kind: 'needs-outbound-number',
        request: { callType: CALL_TYPE, agentEmail: AGENT, endUserNumber: NUMBER, lang: null },
      },
    },
  },
  refusals: {
    ...refusalsOf(CALL),
    'number-or-ticket-required': {
      ask: by({ agentEmail: AGENT, endUserNumber: '' }),
      says: 'ticket_id or end_user_number required',
    },
    'end-user-number-not-well-formed': {
      ask: by({ agentEmail: AGENT, endUserNumber: '123123' }),
      says: 'end_user_number is not well-formed',
    },
    // The chapter by number has it as well, though nobody is looked for there.
    'contact-not-found': { ...told(400, 'Contact not found'), ask: by(CALL), says: 'Contact not found' },
  },
};

export const outboundCallByTicket: ContractOf<'outboundCallByTicket'> = {
  whole: {
    path: '/calls',
    ask: by({ ...TICKET_CALL, endUserNumber: NUMBER, outboundNumber: OUTBOUND_NUMBER, lang: 'pt' }),
    sent: {
      call_type: CALL_TYPE,
      agent_email: AGENT,
      ticket_id: TICKET,
      end_user_number: NUMBER,
      outbound_number: OUTBOUND_NUMBER,
      lang: 'pt',
    },
    became: lastCall,
    // The ticket comes first: the number is that of its contact.
    becomes: {
      ...{ kind: 'outbound', ticketId: TICKET, number: '+5521987654321', lang: 'pt' },
      ...{ outboundNumber: OUTBOUND_NUMBER, agent: { email: AGENT } },
    },
  },
  least: { ask: by(TICKET_CALL), sent: { call_type: CALL_TYPE, agent_email: AGENT, ticket_id: TICKET } },
  answers: {
    '201': {
      ask: by(TICKET_CALL),
      status: 201,
      answer: { kind: 'created', call: { id: 1, outTicketId: TICKET, endUser: { id: 75 } } },
    },
    // In this chapter the choice of a number is a 202, too.
    '202': {
      stage: { ...MUST_CHOOSE.stage, readings: { choiceAnswers: 202 } },
      ask: by(TICKET_CALL),
      status: 202,
      answer: { kind: 'needs-agent' },
    },
    '200': {
      ...MUST_CHOOSE,
      ask: by(TICKET_CALL),
      status: 200,
      answer: { kind: 'needs-outbound-number', request: { agentEmail: AGENT } },
    },
  },
  refusals: {
    ...refusalsOf(TICKET_CALL),
    'number-or-ticket-required': {
      ask: by({ agentEmail: AGENT, ticketId: '' }),
      says: 'ticket_id or end_user_number required',
    },
    'end-user-number-not-well-formed': {
      ask: by({ agentEmail: AGENT, ticketId: '', endUserNumber: '123123' }),
      says: 'end_user_number is not well-formed',
    },
    'contact-not-found': { ask: by({ agentEmail: AGENT, ticketId: '1' }), says: 'Contact not found' },
  },
};
