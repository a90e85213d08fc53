import { describe, expect, test } from 'vitest';
import { OPERATIONS, type OperationName } from '../../../../src/adapters/ccai/operations.ts';
import { EXAMPLES, type Example, type Section } from '../../../simulators/ccai/examples.ts';
import { MISSING_PARAMETER, RESOURCE_NOT_FOUND } from './contract.ts';
import { contractOf, OPERATION_NAMES } from './contracts.ts';

/** The operations of each of the document's chapters with examples. */
const CHAPTERS: Readonly<Record<Section, readonly OperationName[]>> = {
  'outbound-by-number': ['outboundCallByNumber'],
  'outbound-by-ticket': ['outboundCallByTicket'],
  incoming: ['incomingCall'],
  scheduled: ['scheduledCallByMenu', 'scheduledCallAfterCall'],
};

const messagesOf = (name: OperationName) => Object.values(contractOf(name).refusals).map(({ says }) => says);

function messageIn({ answer }: Example): string | undefined {
  return typeof answer === 'object' && answer !== null && 'message' in answer
    ? String(answer.message)
    : undefined;
}

describe('what the document prints is in the contract', () => {
  test.each(EXAMPLES)('$name', ({ section, example }) => {
    const message = messageIn(example);
    for (const name of CHAPTERS[section])
      if (message === undefined) expect(OPERATIONS[name].answers).toHaveProperty([String(example.status)]);
      else expect(messagesOf(name)).toContain(message);
  });
});

describe('nothing is in the contract that the document does not print', () => {
  const COMMON = [MISSING_PARAMETER, RESOURCE_NOT_FOUND];

  test.each(OPERATION_NAMES)('%s', (name) => {
    const sections = Object.entries(CHAPTERS).flatMap(([section, names]) =>
      names.includes(name) ? [section] : [],
    );
    const printed = EXAMPLES.filter(({ section }) => sections.includes(section)).map(({ example }) =>
      messageIn(example),
    );
    expect(messagesOf(name).filter((says) => ![...printed, ...COMMON].includes(says))).toEqual([]);
  });
});
