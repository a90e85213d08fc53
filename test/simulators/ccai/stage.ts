import type { CcaiSimulatorOptions } from '../../../src/simulators/ccai/simulator.ts';
import type { Section } from './examples.ts';
import type { Platform } from './platform.ts';

/** What has to be true at the platform for an example, and where the document misprints it, what was meant. */
export interface Stage {
  readonly options?: Partial<CcaiSimulatorOptions> & { readonly at?: number };
  /** What happens first. */
  readonly before?: (platform: Platform) => unknown;
  /** Why the request or the answer is not played as it is printed. */
  readonly misprint?: string;
  /** What is sent instead. */
  readonly request?: Readonly<Record<string, unknown>>;
  /** The keys of the answer that are different. */
  readonly answer?: Readonly<Record<string, unknown>>;
}

const UJET = { id: 1, firstName: 'Admin', lastName: 'UJET' };
const INCOMING = { firstIds: { call: 515, participant: 820 } };

const allenIs = (state: 'unavailable' | 'no-access' | 'acts-in-widget') => ({
  before: ({ simulator }: Platform) => simulator.agents.change('allen@somedomain.com', state),
});

const menu9Is = (state: 'after-hours' | 'manual-redirection') => ({
  before: ({ simulator }: Platform) => simulator.menus.change(9, { state }),
});

const withoutAdmin = {
  before: ({ simulator }: Platform) => simulator.agents.remove('admin@somedomain.com'),
};

/** The agent who answers is "Admin UJET" whatever their address; her picture and the pace differ from one to the next. */
const byNumber = (avatarUrl: string) => ({
  options: {
    at: Date.parse('2019-06-07T01:27:30.406Z'),
    assignedAfterMs: 35,
    firstIds: { call: 397, participant: 610 },
    agents: [{ ...UJET, email: 'admin@somedomain.com', avatarUrl }],
  },
});

const byTicket = (email: string, avatarUrl: string) => ({
  options: {
    at: Date.parse('2019-06-07T01:28:47.955Z'),
    assignedAfterMs: 16,
    firstIds: { call: 398, participant: 612 },
    agents: [{ ...UJET, email, avatarUrl }],
  },
});

const NUMBER_GIVEN = {
  misprint: 'the request carries the number that it is said to lack',
  request: {
    call_type: 'Voice Outbound (API)',
    agent_email: 'allen@somedomain.com',
    lang: 'en',
  },
};

/** The section by ticket prints these two as requests, and other answers: there the choice is a 202. */
const SAID_BACK = 'what is printed as the answer is the request said back, and the request is the endpoint’s';
const mustChoose = { options: { defaultOutboundNumber: null } };
const mustChooseBy202 = { options: { ...mustChoose.options, readings: { choiceAnswers: 202 } } } as const;

const saidBack = (agent: string, number: string) => {
  const request = {
    call_type: 'Voice Outbound (API)',
    agent_email: agent,
    end_user_number: number,
    lang: 'en',
  };
  return { ...mustChoose, misprint: SAID_BACK, request };
};

const OUTBOUND_BY_NUMBER: Readonly<Record<string, Stage>> = {
  'Error : Agent is not available to take this call': {
    before: ({ simulator }) => simulator.agents.change('agent@somedomain.com', 'unavailable'),
  },
  'Create an outbound call with end-user number': byNumber('https://somedomain.com/avatar.jpg'),
  'Create an outbound call with ticket ID': byTicket(
    'agent@somedomain.com',
    'https://somedomain.com/avatar.png',
  ),
  'Error : ticket ID or end-user number required': NUMBER_GIVEN,
  'Error : Not a valid agent email': withoutAdmin,
  'Error : Agent does not have access to make calls': allenIs('no-access'),
  'Accepted : Need to choose an outbound number': saidBack('allen@somedomain.com', '+1 205-123-4567'),
  // Its call type is the right one: "ensure call_type is supported" leaves that the customer has no such calls.
  'Error : Invalid call type': { options: { callKinds: ['incoming', 'scheduled'] } },
  'Prompt the call adapter by multiple outbound numbers': saidBack('admin@somedomain.com', '+1 859-657-9625'),
  'Accepted : Agent must make an outbound call with ticket ID': allenIs('acts-in-widget'),
};

const OUTBOUND_BY_TICKET: Readonly<Record<string, Stage>> = {
  'Error : ticket ID or end-user number required': NUMBER_GIVEN,
  'Create an outbound call with end-user number': {
    ...byNumber('https://somedomain.com/default-profile.png'),
    misprint: 'two words of the answer lack a letter',
    answer: { voicemail_reason: 'not_voicemail', deflection: 'no_deflection', voicemail_reaso: undefined },
  },
  'Prompt the call adapter by multiple outbound numbers': mustChooseBy202,
  // The title is of an answer that is not printed; what is printed is the error whose title is lost.
  'Accepted : Agent must make an outbound call with ticket ID': allenIs('no-access'),
  'Create an outbound call with ticket ID.': byTicket(
    'admin@somedomain.com',
    'https://somedomain.com/default-profile.png',
  ),
  'Accepted : Need to choose an outbound number': mustChooseBy202,
  'Error : Agent is not available to take this call': allenIs('unavailable'),
  'Error : Not a valid agent email': withoutAdmin,
};

const IN_MENU_9: Readonly<Record<string, Stage>> = {
  "Error : Menu is in 'manual redirection' state, can't accept calls": menu9Is('manual-redirection'),
  "Error : Menu is in 'after hours' state, can't accept incoming calls": menu9Is('after-hours'),
};

const STAGES: Readonly<Record<Section, Readonly<Record<string, Stage>>>> = {
  'outbound-by-number': OUTBOUND_BY_NUMBER,
  'outbound-by-ticket': OUTBOUND_BY_TICKET,
  incoming: {
    ...IN_MENU_9,
    'Create an incoming call with end-user number': { options: INCOMING },
    'Create an incoming call with ticket ID': {
      options: {
        at: Date.parse('2019-09-10T05:12:26.295Z'),
        firstIds: { call: 519, participant: 826 },
      },
    },
  },
  scheduled: {
    ...IN_MENU_9,
    'Error : Only mobile and web menu IDs are permitted': {
      before: ({ simulator }) => simulator.menus.set({ id: 50, name: 'Dial', types: ['ivr'] }),
    },
    'Create a scheduled call with menu ID': { options: INCOMING },
    'Create a scheduled call with call ID': {
      options: { firstIds: { call: 514, participant: 819 } },
      before: ({ call }) =>
        call({
          call_type: 'Voice Inbound (API)',
          menu_id: 9,
          end_user_number: '+82-10-6861-2345',
        }),
    },
  },
};

export function stageOf(section: Section, title: string): Stage {
  return STAGES[section][title] ?? {};
}

/** Every stage that is set, by the name of its example. */
export const STAGE_NAMES = Object.entries(STAGES).flatMap(([section, stages]) =>
  Object.keys(stages).map((title) => `${section}: ${title}`),
);
