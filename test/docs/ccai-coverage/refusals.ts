import type { OperationName } from '../../../src/adapters/ccai/operations.ts';
import type { RefusalCode } from '../../../src/adapters/ccai/refusals.ts';
import { contractOf, OPERATION_NAMES } from '../../adapters/ccai/contract/contracts.ts';
import { textOf } from '../../house/source-files.ts';
import type { Chapter, Row, Use } from '../coverage/row.ts';
import { casesOf } from './operations.ts';
import { ORDER, OUTBOUND, ROOM } from './sources.ts';

const MENU_REFUSALS = 'test/adapters/ccai/contract/cases/menu-refusals.ts';

/** What is made of a refusal, beside keeping it aside or telling it. */
const REFUSAL_USES: Readonly<Partial<Record<RefusalCode, Use>>> = {
  'menu-in-after-hours': {
    ...{ file: ORDER, words: "case 'menu-in-after-hours'" },
    purpose: 'a call-back is asked for at the next opening instead',
  },
  'menu-in-manual-redirection': {
    ...{ file: ORDER, words: "case 'menu-in-manual-redirection'" },
    purpose: 'asked again with `alternativeMenuId`',
  },
  'language-not-available': {
    ...{ file: ORDER, words: "case 'language-not-available'" },
    purpose: 'asked again with `alternativeLang`',
  },
  'language-not-found': {
    ...{ file: ORDER, words: "case 'language-not-found'" },
    purpose: 'asked again with `alternativeLang`',
  },
  'resource-not-found': {
    ...{ file: ORDER, words: "why.code === 'resource-not-found'" },
    purpose: 'as a refused token: nothing is asked for a minute',
  },
  'agent-not-available': {
    ...{ file: ROOM, words: "code: 'agent-not-available'" },
    purpose: '409 for whoever asked',
  },
  'invalid-call-type': {
    ...{ file: OUTBOUND, words: "why.code === 'invalid-call-type'" },
    purpose: 'kept aside, or 502 for whoever asked',
  },
};

const SHORT: Readonly<Record<OperationName, string>> = {
  outboundCallByNumber: 'outbound by number',
  outboundCallByTicket: 'outbound by ticket',
  incomingCall: 'incoming',
  scheduledCallByMenu: 'scheduled by menu',
  scheduledCallAfterCall: 'scheduled by call',
  customerFlags: 'flags read',
  setCustomerFlags: 'flags set',
};

interface Said {
  readonly says: string;
  readonly code: string;
  readonly status: number;
  readonly name: OperationName;
}

const SAID: readonly Said[] = OPERATION_NAMES.flatMap((name) =>
  Object.entries(contractOf(name).refusals).map(([code, { says, status = 400 }]) => ({
    ...{ says, code, status, name },
  })),
);

/** Each message once, with the operations that refuse so: a case for every one of them. */
export function refusalsChapter(): Chapter {
  return {
    title: 'Refusals',
    unused: 'kept aside with this reason, or 422 for whoever asked',
    rows: [...Map.groupBy(SAID, ({ says }) => says).values()].map(rowOf),
  };
}

function rowOf(alike: readonly Said[]): Row {
  const [first] = alike;
  if (first === undefined) throw new Error('a message that nobody says');
  const { says, code, status, name } = first;
  const words = `'${code}':`;
  return {
    title: `“${says}” (${alike.map((said) => SHORT[said.name]).join(', ')})`,
    wire: [String(status), code],
    use: Object.entries(REFUSAL_USES).find(([used]) => used === code)?.[1],
    test: { file: fileSaying(words, name), words },
  };
}

/** What all calls that a menu is to get refuse alike stands in a file of its own. */
function fileSaying(words: string, name: OperationName): string {
  const { file } = casesOf(name);
  return textOf(file).includes(words) ? file : MENU_REFUSALS;
}
