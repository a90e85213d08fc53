import { describe, expect, expectTypeOf, test } from 'vitest';
import type { UdeskOutcome } from '../../../src/adapters/udesk/answer.ts';
import type { UdeskClient } from '../../../src/adapters/udesk/client.ts';
import type { ArgumentsOf, ResultOf } from '../../../src/adapters/udesk/operation-types.ts';
import { OPERATIONS, type OperationName } from '../../../src/adapters/udesk/operations.ts';
import type { Outcome } from '../../../src/ports/failure.ts';
import type { Example } from './examples/example.ts';
import { EXAMPLES } from './examples/examples.ts';
import { aClient, aUdesk } from './udesk-server.ts';

const NAMES = Object.keys(OPERATIONS).filter((name): name is OperationName => name in OPERATIONS);

describe('every operation of the document', () => {
  test.each(NAMES)('%s is sent as its example and its answer is understood', async (name) => {
    await check(name);
  });

  test('stands in the table once: 57 of them', () => {
    const addresses = Object.values(OPERATIONS).map(({ method, path }) => `${method} ${path}`);
    expect(addresses).toHaveLength(57);
    expect(new Set(addresses).size).toBe(57);
    expect(new Set(Object.values(OPERATIONS).map(({ title }) => title)).size).toBe(57);
  });

  test('of those that change nothing, none is harmful to repeat', () => {
    const harmful = NAMES.filter((name) => OPERATIONS[name].repeating === 'harmful');
    expect(harmful.map((name) => OPERATIONS[name].method)).toEqual(harmful.map(() => 'POST'));
    expect(harmful).toContain('callOriginate');
  });
});

async function check<Name extends OperationName>(name: Name): Promise<void> {
  const example: Example<Name> = EXAMPLES[name];
  await using udesk = await aUdesk({ answer: example.answer });
  await using client = aClient({ baseUrl: udesk.baseUrl });
  expect(await client.call(name, ...example.given)).toEqual({ ok: true, value: example.result });
  expect(udesk.requests).toHaveLength(1);
  const [request] = udesk.requests;
  expect({ ...request, headers: undefined }).toEqual({
    ...example.sent,
    headers: undefined,
    body: example.sent.body === undefined ? '' : JSON.stringify(example.sent.body),
  });
  expect(request?.headers).toMatchObject({
    accept: 'application/json',
    'content-type': 'application/json;charset=utf-8',
  });
}

describe('what follows from a row, without running anything', () => {
  test('its arguments, wherever they travel', () => {
    expectTypeOf<ArgumentsOf<'agentLogin'>>().toEqualTypeOf<{
      readonly MsgId?: string | undefined;
      readonly agent_Id: string;
      readonly WorkerID?: string | undefined;
      readonly QueueIDs?: readonly string[] | undefined;
      readonly Number?: string | undefined;
      readonly State?: string | undefined;
    }>();
    expectTypeOf<ArgumentsOf<'agentDelete'>>().toEqualTypeOf<{
      readonly AgentId: string;
      readonly IsDelExtensions?: boolean | undefined;
    }>();
    expectTypeOf<ArgumentsOf<'subscriptionDelete'>>().toEqualTypeOf<{ readonly id: string | number }>();
    expectTypeOf<ArgumentsOf<'fastRoutersUpdate'>>().toEqualTypeOf<{
      readonly FastRouter: readonly {
        readonly Dtmf: string;
        readonly Desc: string;
        readonly QueueId: string;
      }[];
    }>();
    expectTypeOf<
      NonNullable<ArgumentsOf<'defaultVoicesUpdate'>['DefVoices'][number]['Welcome']>
    >().toEqualTypeOf<'default' | { readonly Type: 'tts' | 'wav'; readonly Content: string }>();
    expectTypeOf<ArgumentsOf<'agentList'>>().toEqualTypeOf<Readonly<Record<string, never>>>();
  });

  test('its result', () => {
    expectTypeOf<ResultOf<'agentDelete'>>().toEqualTypeOf<null>();
    expectTypeOf<ResultOf<'relayNumberList'>>().toEqualTypeOf<{
      readonly SpNumbers: readonly string[];
      readonly DefSpNumber: string | null;
    }>();
    expectTypeOf<ResultOf<'agentList'>['AgentList'][number]>().toExtend<{
      readonly AgentId: string | null;
      readonly Extensions: readonly string[];
      readonly State: number | null;
      readonly Enable: boolean | null;
    }>();
    expectTypeOf<ResultOf<'subscriptionUpdate'>>().toEqualTypeOf<
      readonly { readonly SubId: number; readonly name: string }[] | null
    >();
    expectTypeOf<ResultOf<'extensionCreate'>>().toEqualTypeOf<{
      readonly Extension: string | null;
      readonly Password: string | null;
      readonly Number: string | null;
    } | null>();
    expectTypeOf<UdeskOutcome<null>>().toExtend<Outcome<null>>();
  });

  test('a call that does not fit does not compile', () => {
    // Never called: the compiler is the judge, and fails where one of these lines would pass.
    const calls = (client: UdeskClient) => [
      // @ts-expect-error no such operation
      client.call('agentMarry'),
      // @ts-expect-error its only required argument is missing
      client.call('agentLogin', {}),
      // @ts-expect-error all arguments are missing
      client.call('agentLogin'),
      // @ts-expect-error the path's parameter is missing
      client.call('subscriptionGet'),
      // @ts-expect-error a path's parameter has one name, the document's
      client.call('agentRelayNumberDelete', { AgentId: '1' }),
      // @ts-expect-error an argument that the operation does not know
      client.call('agentLogin', { agent_Id: '1', Nickname: 'x' }),
      // @ts-expect-error an operation without arguments knows none
      client.call('agentList', { PageSize: 10 }),
      // @ts-expect-error an argument that may be left out, with a wrong type
      client.call('queueCreate', { QueueId: '9009', QueueName: 'x', Timeout: '60' }),
      // @ts-expect-error a word that the document does not have
      client.call('agentCallModeSet', { AgentId: '1', Contact: 'pigeon' }),
      // @ts-expect-error a required field inside a list is missing
      client.call('agentCreate', { Agents: [{ AgentId: '1' }] }),
      // @ts-expect-error an unknown field inside a list
      client.call('agentCreate', { Agents: [{ AgentId: '1', WorkId: '1', Shoe: 43 }] }),
      // Those that fit.
      client.call('agentList'),
      client.call('agentList', {}),
      client.call('callLogs'),
      client.call('callLogs', { PageSize: 100 }),
    ];
    expect(calls).toBeTypeOf('function');
  });
});
