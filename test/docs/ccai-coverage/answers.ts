import type { AnswerKind } from '../../../src/adapters/ccai/operation.ts';
import { OPERATIONS, type OperationName } from '../../../src/adapters/ccai/operations.ts';
import { OPERATION_NAMES } from '../../adapters/ccai/contract/contracts.ts';
import type { Chapter, Use } from '../coverage/row.ts';
import { CLIENT_ONLY, casesOf } from './operations.ts';
import { FLAGS, ORDER, OUTBOUND } from './sources.ts';

interface Words {
  /** The document's. */
  readonly title: string;
  /** Where an agent is to call out. */
  readonly whenAsked?: Use;
  /** Where a lost caller is to be called. */
  readonly whenLost?: Use;
}

const ANSWERS: Readonly<Record<AnswerKind, Words>> = {
  created: {
    title: 'The API request has been successful and will create a call',
    whenAsked: { purpose: 'whoever asked is told 201, with its id', file: OUTBOUND, words: "case 'created'" },
    whenLost: { purpose: 'its id is kept with our call', file: ORDER, words: "case 'created'" },
  },
  'needs-agent': {
    title: 'The API request has been successful, but manual intervention is required inside of the widget',
    whenAsked: { purpose: 'whoever asked is told 202', file: OUTBOUND, words: "case 'needs-agent'" },
    whenLost: { purpose: 'the caller counts as called back', file: ORDER, words: "case 'needs-agent'" },
  },
  'needs-outbound-number': {
    title: 'Accepted : Need to choose an outbound number',
    whenAsked: {
      purpose: 'whoever asked is told 200',
      file: OUTBOUND,
      words: "case 'needs-outbound-number'",
    },
  },
  flags: { title: 'Success' },
  set: {
    title: 'No answer is printed',
    whenLost: {
      purpose: 'the flags are told',
      file: FLAGS,
      words: "answer.value.kind === 'set'",
    },
  },
};

const ASKED: readonly OperationName[] = ['outboundCallByNumber', 'outboundCallByTicket'];
const UNUSED: readonly OperationName[] = ['scheduledCallAfterCall', 'customerFlags'];

function useOf(name: OperationName, { whenAsked, whenLost }: Words): Use | undefined {
  if (UNUSED.includes(name)) return undefined;
  return ASKED.includes(name) ? whenAsked : whenLost;
}

export const answersChapter: Chapter = {
  title: 'Answers',
  unused: CLIENT_ONLY,
  rows: OPERATION_NAMES.flatMap((name) => {
    const { title, answers } = OPERATIONS[name];
    return Object.entries<AnswerKind>(answers).map(([status, kind]) => ({
      title: `${title}: ${ANSWERS[kind].title}`,
      wire: [status],
      use: useOf(name, ANSWERS[kind]),
      test: { ...casesOf(name), words: `'${status}': {` },
    }));
  }),
};
