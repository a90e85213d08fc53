import { expect, test } from 'vitest';
import type { Fault } from '../../../../src/simulators/udesk/faults.ts';
import { AUTH_TOKEN, anOffice } from './office.ts';

const PAGE = '<html><body>502 Bad Gateway</body></html>';
const TIMEOUT_MS = 500;

const FAULTS: readonly (readonly [string, Fault, object])[] = [
  ['that is broken', { status: 500 }, { kind: 'broken', status: 500 }],
  ['behind a gateway’s error page', { status: 502, body: PAGE }, { kind: 'broken', status: 502 }],
  ['that sends a page for an answer', { status: 200, body: PAGE }, { kind: 'unknown-outcome' }],
  ['that sends half an answer', { status: 200, body: '{"ErrCode":"0000' }, { kind: 'unknown-outcome' }],
  ['that sends an answer of another kind', { status: 200, body: '[1, 2]' }, { kind: 'unknown-outcome' }],
  [
    'that sends a success without its result',
    { status: 200, body: '{"ErrCode":"000000","ErrDesc":"OK","Result":"x"}' },
    { kind: 'unknown-outcome' },
  ],
  ['that does not accept the signature', { status: 401 }, { kind: 'unauthorized', status: 401 }],
  ['that forbids us the account', { status: 403 }, { kind: 'unauthorized', status: 403 }],
  [
    'that has had enough of us',
    { status: 429, headers: { 'retry-after': '7' } },
    { kind: 'throttled', retryAfterMs: 7_000 },
  ],
  ['that does not know the address', { status: 404 }, { kind: 'refused', status: 404 }],
  ['that says nothing', { silence: 'hang' }, { kind: 'unknown-outcome' }],
  ['that breaks off', { silence: 'reset' }, { kind: 'unknown-outcome' }],
];

test.each(FAULTS)(
  'a Udesk %s is known for what it is, and is well again afterwards',
  async (_, fault, failure) => {
    await using office = await anOffice({ client: { timeoutMs: TIMEOUT_MS } });
    office.simulator.failNext('GET agents', fault);
    const outcome = await office.client.call('agentList');
    expect(outcome).toMatchObject({ ok: false, failure });
    expect(JSON.stringify(outcome)).not.toContain(AUTH_TOKEN);
    expect(await office.client.call('agentList')).toMatchObject({ ok: true });
  },
);

test('a Udesk that is slow is waited for', async () => {
  await using office = await anOffice();
  office.simulator.failNext('GET agents', { delayMs: 3_000 });
  const answer = office.client.call('agentList');
  await office.simulator.waitForRequest(({ operation }) => operation === 'GET agents', 5_000);
  await office.clock.pass(3_000);
  expect(await answer).toMatchObject({ ok: true });
});

test('a Udesk that is too slow may have done what it was asked', async () => {
  await using office = await anOffice({ client: { timeoutMs: TIMEOUT_MS } });
  office.simulator.failNext('POST agent/login', { delayMs: 3_000 });
  const failure = { kind: 'unknown-outcome' };
  expect(await office.client.call('agentLogin', { agent_Id: '10031' })).toMatchObject({ failure });
  expect(office.simulator.agents.find('10031').state).toBe('idle');
});

test('a Udesk that is down was not asked; up again, it answers', async () => {
  await using office = await anOffice();
  await office.simulator.goDown();
  const failure = { kind: 'unreachable' };
  expect(await office.client.call('agentLogin', { agent_Id: '10031' })).toMatchObject({ failure });
  await office.simulator.comeUp();
  expect(await office.client.call('agentLogin', { agent_Id: '10031' })).toMatchObject({ ok: true });
});

test('a wrong token is refused as such, and appears nowhere', async () => {
  await using office = await anOffice({ client: { authToken: 'not-the-token' } });
  const outcome = await office.client.call('agentList');
  expect(outcome).toMatchObject({ failure: { kind: 'unauthorized', status: 401 } });
  expect(JSON.stringify(outcome)).not.toContain('not-the-token');
});

test('a Udesk with very many seats lists them all', async () => {
  await using office = await anOffice();
  const created = Array.from({ length: 2_000 }, (_, index) => String(20_000 + index));
  await office.ask('agentCreate', { Agents: created.map((id) => ({ AgentId: id, WorkId: id, Name: 'x' })) });
  const { AgentList } = await office.ask('agentList');
  expect(AgentList).toHaveLength(2_002);
});
