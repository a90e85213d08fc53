import { describe, expect, test } from 'vitest';
import { callFrom } from '../../../src/adapters/ccai/call-object.ts';
import type { OutboundAnswer, OutboundArguments } from '../../../src/adapters/ccai/client.ts';
import { callOutThrough } from '../../../src/adapters/ccai/outbound.ts';
import { REFUSALS } from '../../../src/adapters/ccai/refusals.ts';
import type { CallOutWish } from '../../../src/ports/call-out.ts';
import { type Failure, failed, type Outcome, success } from '../../../src/ports/failure.ts';
import { aCcai, aClient } from './ccai-server.ts';
import { OUTBOUND_CALL } from './document-calls.ts';

const WISH: CallOutWish = {
  agentEmail: 'ana@example.com',
  number: '11987654321',
  ticketId: undefined,
  outboundNumber: undefined,
  lang: undefined,
};

/** Asks a platform that always gives the same answer; what it was asked stands in `asked`. */
async function asking(
  wish: Partial<CallOutWish>,
  outcome: Outcome<OutboundAnswer> = success({ kind: 'needs-agent' }),
) {
  const asked: OutboundArguments[] = [];
  const client = {
    outboundCall: async (given: OutboundArguments) => {
      asked.push(given);
      return outcome;
    },
  };
  const result = await callOutThrough({ client, country: 'BR' })({ ...WISH, ...wish });
  return { result, asked };
}

describe('what an agent is asked to do', () => {
  test.each([
    ['11987654321', '+5511987654321'],
    ['(11) 98765-4321', '+5511987654321'],
    ['+55 11 98765 4321', '+5511987654321'],
    ['+1 859-657-9625', '+18596579625'],
    ['0 15 11 98765-4321', '+5511987654321'],
  ])('the number %s is asked for as %s', async (number, endUserNumber) => {
    const { asked } = await asking({ number });
    expect(asked).toEqual([
      { agentEmail: 'ana@example.com', endUserNumber, outboundNumber: undefined, lang: undefined },
    ]);
  });

  test('a ticket is asked for as it is, with number to call out with and language', async () => {
    const { asked } = await asking({
      number: undefined,
      ticketId: '71450',
      outboundNumber: '1132654321',
      lang: 'pt',
    });
    expect(asked).toEqual([
      { agentEmail: 'ana@example.com', ticketId: '71450', outboundNumber: '+551132654321', lang: 'pt' },
    ]);
  });

  test('a service number to call out with, which is in no numbering plan, goes as it is', async () => {
    const { asked } = await asking({ outboundNumber: '103-31' });
    expect(asked).toMatchObject([{ outboundNumber: '10331' }]);
  });
});

describe('a wish that makes no sense is not sent', () => {
  test.each<[string, Partial<CallOutWish>]>([
    ['agent-email-required', { agentEmail: undefined }],
    ['agent-email-required', { agentEmail: '' }],
    ['agent-email-not-well-formed', { agentEmail: 'ana' }],
    ['agent-email-not-well-formed', { agentEmail: 'ana@example.com@example.org' }],
    ['agent-email-not-well-formed', { agentEmail: 'ana@example.com\r\nX: y' }],
    ['agent-email-not-well-formed', { agentEmail: `${'a'.repeat(65)}@example.com` }],
    ['number-or-ticket-required', { number: undefined }],
    ['number-and-ticket', { ticketId: '1' }],
    ['end-user-number-not-well-formed', { number: '' }],
    ['end-user-number-not-well-formed', { number: '98765-4321' }],
    ['end-user-number-not-well-formed', { number: '1001' }],
    ['end-user-number-not-well-formed', { number: 'anonymous' }],
    ['end-user-number-not-well-formed', { number: '+1 999-657-12' }],
    ['ticket-not-well-formed', { number: undefined, ticketId: '' }],
    ['ticket-not-well-formed', { number: undefined, ticketId: ' 1' }],
    ['ticket-not-well-formed', { number: undefined, ticketId: 'a\u0000b' }],
    ['ticket-not-well-formed', { number: undefined, ticketId: 'a'.repeat(101) }],
    ['outbound-number-not-well-formed', { outboundNumber: 'head office' }],
    ['outbound-number-not-well-formed', { outboundNumber: '' }],
    ['lang-not-well-formed', { lang: 'portuguese' }],
    ['lang-not-well-formed', { lang: '' }],
  ])('%s: %j', async (code, wish) => {
    const { result, asked } = await asking(wish);
    expect(result).toMatchObject({ outcome: 'invalid', code, message: expect.stringMatching(/^[A-Z].+\.$/) });
    expect(asked).toEqual([]);
  });
});

describe('what came of it is told', () => {
  test('the call that was created, with its identity', async () => {
    const answer = success({ kind: 'created', call: callFrom(OUTBOUND_CALL) } as const);
    const { result } = await asking({}, answer);
    expect(result).toMatchObject({ outcome: 'created', code: 'created', ccaiCallId: 397 });
  });

  test('the agent who must go on by hand, and the one who must choose a number', async () => {
    expect((await asking({})).result).toMatchObject({ outcome: 'needs-agent', code: 'needs-agent' });
    const request = { callType: null, agentEmail: null, endUserNumber: '+5511987654321', lang: null };
    const { result } = await asking({}, success({ kind: 'needs-outbound-number', request }));
    expect(result).toMatchObject({ outcome: 'needs-outbound-number', code: 'needs-outbound-number' });
    expect(JSON.stringify(result)).not.toContain('98765');
  });

  test('a refusal, by the code of the document’s message', async () => {
    const { result } = await asking({}, success({ kind: 'refused', why: { code: 'agent-not-available' } }));
    expect(result).toMatchObject({
      outcome: 'refused',
      code: 'agent-not-available',
      message: `CCAI Platform refused: ${REFUSALS['agent-not-available'].means}`,
    });
  });

  test('a wrong subdomain is for whoever wrote the configuration', async () => {
    const { result } = await asking({}, success({ kind: 'refused', why: { code: 'resource-not-found' } }));
    expect(result).toMatchObject({ outcome: 'misconfigured', code: 'resource-not-found' });
  });

  test.each<[Failure, string, string]>([
    [{ kind: 'throttled', retryAfterMs: 7_000, cause: 'c' }, 'throttled', 'throttled'],
    [{ kind: 'unauthorized', status: 401, cause: 'c' }, 'misconfigured', 'unauthorized'],
    [{ kind: 'unreachable', cause: 'c' }, 'unavailable', 'unreachable'],
    [{ kind: 'broken', status: 503, cause: 'c' }, 'unavailable', 'broken'],
    [{ kind: 'unknown-outcome', cause: 'c' }, 'unknown-outcome', 'unknown-outcome'],
    [{ kind: 'refused', status: 409, cause: 'c' }, 'refused', 'unknown'],
  ])('a fault, with its cause for the log: %j', async (failure, outcome, code) => {
    const { result } = await asking({}, failed(failure));
    expect(result).toMatchObject({ outcome, code, cause: 'c' });
    expect(result.retryAfterMs).toBe(failure.kind === 'throttled' ? 7_000 : undefined);
  });

  test('who does not know whether the call was made says so, so that nobody tries again unasked', async () => {
    const { result } = await asking({}, failed({ kind: 'unknown-outcome', cause: 'c' }));
    expect(result.message).toMatch(/may have been made/);
  });
});

test('all the way over HTTP', async () => {
  await using ccai = await aCcai({ answer: OUTBOUND_CALL });
  await using client = aClient({ baseUrl: ccai.baseUrl });
  const result = await callOutThrough({ client, country: 'BR' })(WISH);
  expect(result).toMatchObject({ outcome: 'created', ccaiCallId: 397 });
  expect(ccai.requests.map(({ body }) => body)).toEqual([
    { call_type: 'Voice Outbound (API)', agent_email: 'ana@example.com', end_user_number: '+5511987654321' },
  ]);
});
