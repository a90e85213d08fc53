import { describe, expect, expectTypeOf, test } from 'vitest';
import type { CcaiClient, FlagsToSet } from '../../../src/adapters/ccai/client.ts';
import type { AnswerOf } from '../../../src/adapters/ccai/operation-types.ts';
import { OPERATIONS } from '../../../src/adapters/ccai/operations.ts';
import { aCcai, aClient, CREDENTIAL, valueIn } from './ccai-server.ts';
import { INCOMING_CALL, OUTBOUND_CALL, SCHEDULED_CALL } from './document-calls.ts';

const BY_NUMBER = { agentEmail: 'admin@somedomain.com', endUserNumber: '+1 859-657-9625' };
const AT = Date.parse('2019-09-15T00:19:14.421Z');

type Sending = (client: CcaiClient) => Promise<unknown>;

describe('every operation is sent as the document’s example', () => {
  test.each<[string, Sending, Record<string, unknown>]>([
    [
      'an agent calls a number',
      (client) => client.outboundCall({ ...BY_NUMBER, outboundNumber: '+1 339-219-5276', lang: 'en' }),
      {
        call_type: 'Voice Outbound (API)',
        agent_email: 'admin@somedomain.com',
        end_user_number: '+1 859-657-9625',
        outbound_number: '+1 339-219-5276',
        lang: 'en',
      },
    ],
    [
      'an agent calls whom a ticket belongs to',
      (client) =>
        client.outboundCall({
          agentEmail: 'agent@somedomain.com',
          ticketId: '71450',
          outboundNumber: '+1 339-219-5276',
          lang: 'en',
        }),
      {
        call_type: 'Voice Outbound (API)',
        agent_email: 'agent@somedomain.com',
        ticket_id: '71450',
        outbound_number: '+1 339-219-5276',
        lang: 'en',
      },
    ],
    [
      'somebody is called back',
      (client) =>
        client.incomingCall({
          lang: 'en',
          menuId: 9,
          ticketId: '76517',
          endUserNumber: '+1 859-657-9625',
          recordingPermission: 'granted',
        }),
      {
        call_type: 'Voice Inbound (API)',
        lang: 'en',
        menu_id: 9,
        ticket_id: '76517',
        end_user_number: '+1 859-657-9625',
        recording_permission: 'recording_permission_granted',
      },
    ],
    [
      'somebody is called back later, by a menu',
      (client) =>
        client.scheduledCall({
          menuId: 9,
          endUserNumber: '+82-10-6861-2345',
          scheduledAt: AT,
          recordingPermission: 'not-asked',
        }),
      {
        call_type: 'Voice Scheduled (API)',
        menu_id: 9,
        end_user_number: '+82-10-6861-2345',
        scheduled_at: '2019-09-15T00:19:14.421Z',
        recording_permission: 'recording_permission_not_asked',
      },
    ],
    [
      'somebody is called back later, after an earlier call',
      (client) =>
        client.scheduledCall({
          callId: 514,
          endUserNumber: '+82-10-6861-2345',
          scheduledAt: AT,
          lang: 'en',
          recordingPermission: 'denied',
        }),
      {
        call_type: 'Voice Scheduled (API)',
        call_id: 514,
        end_user_number: '+82-10-6861-2345',
        scheduled_at: '2019-09-15T00:19:14.421Z',
        lang: 'en',
        recording_permission: 'recording_permission_denied',
      },
    ],
  ])('%s', async (_what, send, body) => {
    await using ccai = await aCcai({ answer: INCOMING_CALL });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    await send(client);
    expect(ccai.requests).toMatchObject([
      {
        method: 'POST',
        path: '/apps/api/v1/calls',
        headers: {
          authorization: `Basic ${CREDENTIAL}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
      },
    ]);
    expect(ccai.requests[0]?.body).toEqual(body);
  });

  test('flags are read without a body', async () => {
    await using ccai = await aCcai({ status: 200 });
    await using client = aClient({ baseUrl: `${ccai.baseUrl}/` });
    await client.customerFlags(515);
    expect(ccai.requests).toMatchObject([
      { method: 'GET', path: '/apps/api/v1/calls/515/customer_flag', body: undefined },
    ]);
    expect(ccai.requests[0]?.headers).not.toHaveProperty('content-type');
  });

  test.each<[FlagsToSet, 'both' | 'repeat_customer' | 'repeat_customers', object]>([
    [{ repeatCustomer: true }, 'both', { repeat_customer: true, repeat_customers: true }],
    [{ repeatCustomer: true }, 'repeat_customer', { repeat_customer: true }],
    [{ repeatCustomer: false }, 'repeat_customers', { repeat_customers: false }],
    [{ badActor: true }, 'both', { bad_actor: true }],
    [
      { verifiedCustomer: true, badActor: false, repeatCustomer: false },
      'repeat_customers',
      { verified_customer: true, bad_actor: false, repeat_customers: false },
    ],
  ])('flags %j are set, the repeat customer as %s', async (flags, repeatCustomerKey, body) => {
    await using ccai = await aCcai({ status: 200 });
    await using client = aClient({ baseUrl: ccai.baseUrl, repeatCustomerKey });
    expect(await client.setCustomerFlags(515, flags)).toEqual({ ok: true, value: { kind: 'set' } });
    expect(ccai.requests).toMatchObject([{ method: 'PATCH', path: '/apps/api/v1/calls/515/customer_flag' }]);
    expect(ccai.requests[0]?.body).toEqual(body);
  });

  test('where nothing is said of it, a repeat customer is told in both spellings', async () => {
    await using ccai = await aCcai({ status: 200 });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    await client.setCustomerFlags(1, { repeatCustomer: true });
    expect(ccai.requests[0]?.body).toEqual({ repeat_customer: true, repeat_customers: true });
  });

  test('a time that no calendar has is left out, and nothing is thrown', async () => {
    await using ccai = await aCcai({ status: 400, answer: { message: 'scheduled_at is required' } });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    const outcome = await client.scheduledCall({ menuId: 9, endUserNumber: '+1', scheduledAt: Number.NaN });
    expect(outcome).toEqual({ ok: true, value: { kind: 'refused', why: { code: 'scheduled-at-required' } } });
    expect(ccai.requests[0]?.body).not.toHaveProperty('scheduled_at');
  });
});

describe('every answer of the document is a value', () => {
  test('201: the call was created', async () => {
    await using ccai = await aCcai({ answer: OUTBOUND_CALL });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.outboundCall(BY_NUMBER))).toMatchObject({
      kind: 'created',
      call: { id: 397, status: 'assigned' },
    });
  });

  test('201 for one that is scheduled, whose time is told', async () => {
    await using ccai = await aCcai({ answer: SCHEDULED_CALL });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    const outcome = await client.scheduledCall({ menuId: 9, endUserNumber: '+1', scheduledAt: AT });
    expect(valueIn(outcome)).toMatchObject({ kind: 'created', call: { id: 515, scheduledAt: AT } });
  });

  test.each(['', '<html>', 'null', '[]'])('201 says so by itself, whatever its body: %j', async (answer) => {
    await using ccai = await aCcai({ answer });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    const outcome = await client.incomingCall({ menuId: 9, endUserNumber: '+1' });
    expect(valueIn(outcome)).toMatchObject({ kind: 'created', call: { id: null } });
  });

  test('202: the agent must go on by hand', async () => {
    await using ccai = await aCcai({ status: 202, answer: '' });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    const given = { agentEmail: 'a@b', ticketId: '1' };
    expect(await client.outboundCall(given)).toEqual({ ok: true, value: { kind: 'needs-agent' } });
  });

  test('200: the agent must choose the number to call out with', async () => {
    const answer = {
      call_type: 'Voice Outbound (API)',
      agent_email: 'admin@somedomain.com',
      end_user_number: '+1 859-657-9625',
      lang: 'en',
    };
    await using ccai = await aCcai({ status: 200, answer });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.outboundCall(BY_NUMBER))).toEqual({
      kind: 'needs-outbound-number',
      request: { callType: 'Voice Outbound (API)', ...BY_NUMBER, lang: 'en' },
    });
  });

  test('200 with a call in it is a created one, whatever was asked', async () => {
    await using ccai = await aCcai({ status: 200, answer: OUTBOUND_CALL });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    for (const outcome of [
      await client.outboundCall(BY_NUMBER),
      await client.incomingCall({ menuId: 9, endUserNumber: '+1' }),
    ])
      expect(valueIn(outcome)).toMatchObject({ kind: 'created', call: { id: 397 } });
  });

  test('400 and 404: refused, and why', async () => {
    await using ccai = await aCcai({ status: 400, answer: { message: 'menu_id 9999 is not found' } });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.incomingCall({ menuId: 9999, endUserNumber: '+1' }))).toEqual({
      kind: 'refused',
      why: { code: 'menu-not-found', menuId: 9999 },
    });
    await using elsewhere = await aCcai({ status: 404, answer: '<html>' });
    await using lost = aClient({ baseUrl: elsewhere.baseUrl });
    const refusal = { kind: 'refused', why: { code: 'resource-not-found' } };
    expect(valueIn(await lost.incomingCall({ menuId: 9, endUserNumber: '+1' }))).toEqual(refusal);
    expect(valueIn(await lost.customerFlags(1))).toEqual(refusal);
    expect(valueIn(await lost.setCustomerFlags(1, {}))).toEqual(refusal);
  });

  test.each([
    [
      { verified_customer: true, bad_actor: false, repeat_customer: true },
      { verifiedCustomer: true, badActor: false, repeatCustomer: true },
    ],
    [
      { verified_customer: 'true', repeat_customers: 'false', mood: 'sour' },
      { verifiedCustomer: true, badActor: null, repeatCustomer: false },
    ],
    [{}, { verifiedCustomer: null, badActor: null, repeatCustomer: null }],
  ])('flags %j are read', async (answer, flags) => {
    await using ccai = await aCcai({ status: 200, answer });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.customerFlags(515))).toEqual({ kind: 'flags', flags });
  });

  test('204 is enough for flags that were set', async () => {
    await using ccai = await aCcai({ status: 204, answer: '' });
    await using client = aClient({ baseUrl: ccai.baseUrl });
    expect(valueIn(await client.setCustomerFlags(1, { badActor: true }))).toEqual({ kind: 'set' });
  });
});

describe('what follows from the table, without running anything', () => {
  test('only what changes nothing, or the same again, is harmless to repeat', () => {
    const harmless = Object.values(OPERATIONS).filter(({ repeating }) => repeating === 'harmless');
    expect(harmless.map(({ method }) => method)).toEqual(['GET', 'PATCH']);
  });

  test('its answers', () => {
    expectTypeOf<AnswerOf<'incomingCall'>['kind']>().toEqualTypeOf<'created' | 'needs-agent' | 'refused'>();
    expectTypeOf<AnswerOf<'outboundCallByTicket'>['kind']>().toEqualTypeOf<
      'created' | 'needs-agent' | 'needs-outbound-number' | 'refused'
    >();
    expectTypeOf<AnswerOf<'setCustomerFlags'>['kind']>().toEqualTypeOf<'set' | 'refused'>();
  });

  test('a call that does not fit does not compile', () => {
    // Never called: the compiler is the judge, and fails where one of these lines would pass.
    const calls = (client: CcaiClient) => [
      // @ts-expect-error nobody is called
      client.outboundCall({ agentEmail: 'a@b' }),
      // @ts-expect-error no agent calls
      client.outboundCall({ endUserNumber: '+1' }),
      // @ts-expect-error no menu
      client.incomingCall({ endUserNumber: '+1' }),
      // @ts-expect-error a menu that is no number
      client.incomingCall({ menuId: '9', endUserNumber: '+1' }),
      // @ts-expect-error a permission that the document does not have
      client.incomingCall({ menuId: 9, endUserNumber: '+1', recordingPermission: 'maybe' }),
      // @ts-expect-error no time
      client.scheduledCall({ menuId: 9, endUserNumber: '+1' }),
      // @ts-expect-error the number to call out with is not for scheduled calls
      client.scheduledCall({ menuId: 9, endUserNumber: '+1', scheduledAt: 0, outboundNumber: '+1' }),
      // @ts-expect-error a flag that the document does not have
      client.setCustomerFlags(1, { goodActor: true }),
    ];
    expect(calls).toBeTypeOf('function');
  });
});
