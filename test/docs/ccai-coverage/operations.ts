import type { Kind } from '../../../src/adapters/ccai/kind.ts';
import type { Operation } from '../../../src/adapters/ccai/operation.ts';
import { OPERATIONS, type OperationName } from '../../../src/adapters/ccai/operations.ts';
import type { ParameterOf } from '../../adapters/ccai/contract/contract.ts';
import { CASES_IN, OPERATION_NAMES } from '../../adapters/ccai/contract/contracts.ts';
import type { Chapter, Row, Use } from '../coverage/row.ts';
import { FLAGS, ORDER, OUTBOUND, TABLE, WISH } from './sources.ts';

const CHECK = 'src/cli/check/relays.ts';

export const CLIENT_ONLY = 'client only';

const USES: Readonly<Record<OperationName, Use | undefined>> = {
  outboundCallByNumber: {
    ...{ file: OUTBOUND, words: 'client.outboundCall(' },
    purpose: 'an agent is to call a number, by `POST /ccai/outbound` or `ccai call`',
  },
  outboundCallByTicket: {
    ...{ file: OUTBOUND, words: 'client.outboundCall(' },
    purpose: 'an agent is to call whom a ticket belongs to, by the same',
  },
  incomingCall: { file: ORDER, words: 'client.incomingCall(', purpose: 'a lost caller is called back' },
  scheduledCallByMenu: {
    ...{ file: ORDER, words: 'client.scheduledCall(' },
    purpose: 'a lost caller is called at the next opening',
  },
  scheduledCallAfterCall: undefined,
  customerFlags: {
    ...{ file: CHECK, words: 'client.customerFlags(' },
    purpose: 'the command `check` sees whether the token is taken',
  },
  setCustomerFlags: {
    ...{ file: FLAGS, words: 'client.setCustomerFlags(' },
    purpose: 'what is known of a caller who is called back',
  },
};

export const operationsChapter: Chapter = {
  title: 'Endpoints',
  unused: CLIENT_ONLY,
  rows: OPERATION_NAMES.map((name) => {
    const { title, method, path } = OPERATIONS[name];
    return { title, wire: [`${method} ${path}`], use: USES[name], test: casesOf(name) };
  }),
};

type Parameters<Name extends OperationName> = Readonly<Record<ParameterOf<Name>, Use | undefined>>;

const used = (file: string, words: string, purpose: string): Use => ({ file, words, purpose });

const CALL_TYPE = used(TABLE, 'callType', 'always');
const ASKED = {
  call_type: CALL_TYPE,
  agent_email: used(WISH, 'agentEmail', 'who is to call: `agentEmail`, `--agent`'),
  outbound_number: used(WISH, 'outboundNumber', 'where one is named: `outboundNumber`, `--outbound-number`'),
  lang: used(WISH, 'lang', 'where one is named: `lang`, `--lang`'),
};
const ORDERED = {
  call_type: CALL_TYPE,
  menu_id: used(ORDER, 'menuId', 'of the rule: `menuId`, `scheduledMenuId`, `alternativeMenuId`'),
  end_user_number: used(ORDER, 'endUserNumber', 'the caller’s, in E.164'),
  lang: used(ORDER, 'lang', 'of the rule: `lang`, `alternativeLang`'),
  recording_permission: used(ORDER, 'recordingPermission', 'of the rule: `recordingPermission`'),
  ticket_id: undefined,
};

/** What the daemon sends of each. A parameter that is new does not compile until it stands here. */
const PARAMETERS: { readonly [Name in OperationName]: Parameters<Name> } = {
  outboundCallByNumber: {
    ...ASKED,
    end_user_number: used(WISH, 'endUserNumber', 'whom to call: `number`, `--number`, in E.164'),
  },
  outboundCallByTicket: {
    ...ASKED,
    ticket_id: used(WISH, 'ticketId', 'whom to call: `ticketId`, `--ticket`'),
    end_user_number: undefined,
  },
  incomingCall: {
    ...ORDERED,
    outbound_number: used(ORDER, 'order.outboundNumber', 'of the rule: `outboundNumber`'),
  },
  scheduledCallByMenu: {
    ...ORDERED,
    scheduled_at: used(ORDER, 'scheduledAt', 'the next opening by `ccai.openingHours`'),
  },
  scheduledCallAfterCall: {
    ...{ call_type: undefined, call_id: undefined, menu_id: undefined, end_user_number: undefined },
    ...{ scheduled_at: undefined, lang: undefined, ticket_id: undefined, recording_permission: undefined },
  },
  customerFlags: {},
  setCustomerFlags: {
    verified_customer: used(FLAGS, 'verifiedCustomer', '`ccai.verifiedCustomers`'),
    bad_actor: used(FLAGS, 'badActor', '`ccai.badActors`'),
    repeat_customer: used(FLAGS, 'repeatCustomer', '`ccai.repeatCustomerDays`'),
    repeat_customers: used(FLAGS, 'repeatCustomer', 'the same; `ccai.repeatCustomerKey`'),
  },
};

const IN_PATH: Readonly<Partial<Record<OperationName, Use | undefined>>> = {
  customerFlags: used(CHECK, 'NO_CALL', 'a call that does not exist'),
  setCustomerFlags: used(FLAGS, 'ccaiCallId', 'the call that was made for the caller'),
};

export const parametersChapter: Chapter = {
  title: 'Parameters',
  unused: CLIENT_ONLY,
  rows: OPERATION_NAMES.flatMap((name) => [...inPath(name), ...inBody(name)]),
};

function inPath(name: OperationName): readonly Row[] {
  if (!(name in IN_PATH)) return [];
  const wire = ['id: in the path, required'];
  return [{ title: OPERATIONS[name].title, wire, use: IN_PATH[name], test: casesOf(name) }];
}

function inBody(name: OperationName): readonly Row[] {
  const operation: Operation = OPERATIONS[name];
  return Object.entries(PARAMETERS[name]).map(([parameter, use]) => ({
    title: operation.title,
    wire: [`${parameter}: ${parameterText(operation, parameter)}`],
    use,
    test: { ...casesOf(name), words: `${parameter}:` },
  }));
}

function parameterText({ callType, body = {} }: Operation, parameter: string): string {
  if (parameter === 'call_type') return `"${callType}", required`;
  // The one that the document writes in two ways.
  const kind = body[parameter] ?? body['repeat_customer'];
  if (kind === undefined) throw new Error(`no such parameter: ${parameter}`);
  return kind.is === 'optional' ? valueText(kind.of) : `${valueText(kind)}, required`;
}

export function valueText(kind: Kind): string {
  switch (kind.is) {
    case 'instant':
      return 'ISO 8601';
    case 'words':
      return 'word';
    default:
      return kind.is;
  }
}

/** Each of its rows is a case there, and `operations.test.ts` plays all of them. */
export function casesOf(name: OperationName) {
  return { file: `test/adapters/ccai/contract/cases/${CASES_IN[name]}.ts`, words: `export const ${name}:` };
}
