import { expect, test } from 'vitest';
import { SharedLookup } from '../../../src/adapters/kit/lookup.ts';
import { TestAuthority } from '../../certificates/authority.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { aServer, aSession, isOnline, isWaiting, TIMEOUT_MS } from './session-world.ts';
import { aClient, aUdesk } from './udesk-server.ts';

const HERE = { address: '127.0.0.1', family: 4 };
const NEWER = { address: '::1', family: 6 };

/** The host's own file and nameservers do not know `udesk.test` (RFC 6761 §6.2): who finds it asked us. */
function aLookup(answer: () => Promise<{ address: string; family: number }[]>) {
  const names: string[] = [];
  const { lookup } = new SharedLookup({
    clock: new ManualClock(),
    resolve: (name) => {
      names.push(name);
      return answer();
    },
  });
  return { lookup, names };
}

test.each([
  ['the address', [HERE]],
  ['the address of the family that is served', [NEWER, HERE]],
])('a request and a session of one host share one question, and go to %s', async (_, addresses) => {
  await using udesk = await aUdesk();
  const server = await aServer();
  const { lookup, names } = aLookup(async () => addresses);
  await using client = aClient({ baseUrl: udesk.baseUrl.replace('127.0.0.1', 'udesk.test'), lookup });
  const { session } = aSession(`ws://udesk.test:${server.port}/agent`, { lookup });
  session.connect();
  expect(await client.call('agentLogout', { agent_Id: '7' })).toMatchObject({ ok: true });
  await isOnline(session);
  expect(udesk.requests[0]?.headers.host).toMatch(/^udesk\.test:/);
  expect(names).toEqual(['udesk.test']);
});

test('the certificate is compared with the name, wherever that leads', async () => {
  const authority = new TestAuthority();
  const authorities = [authority.certificate];
  const right = await aServer(authority.issue({ names: ['udesk.test'] }));
  const wrong = await aServer(authority.issue({ names: ['127.0.0.1'] }));
  const { lookup } = aLookup(async () => [HERE]);
  const taken = aSession(`wss://udesk.test:${right.port}/`, { lookup, authorities });
  const refused = aSession(`wss://udesk.test:${wrong.port}/`, { lookup, authorities });
  taken.session.connect();
  refused.session.connect();
  await isOnline(taken.session);
  await isWaiting(refused.session);
  expect(refused.session.status).toMatchObject({
    why: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID'),
  });
});

test('an address in the configuration is connected to without any question', async () => {
  await using udesk = await aUdesk();
  const server = await aServer();
  const { lookup, names } = aLookup(async () => []);
  await using client = aClient({ baseUrl: udesk.baseUrl, lookup });
  const { session } = aSession(`ws://127.0.0.1:${server.port}/agent`, { lookup });
  session.connect();
  expect(await client.call('agentLogout', { agent_Id: '7' })).toMatchObject({ ok: true });
  await isOnline(session);
  expect(names).toEqual([]);
});

test('agents who come back to a silent nameserver for ten minutes, and requests beside them, are one question', async () => {
  const { lookup, names } = aLookup(() => new Promise(() => {}));
  const worlds = Array.from({ length: 5 }, () => aSession('ws://udesk.test:8081/agent', { lookup }));
  for (const { session } of worlds) session.connect();
  await using client = aClient({ baseUrl: 'http://udesk.test:8081/ccapi/v2', timeoutMs: 100, lookup });
  for (let count = 0; count < 3; count += 1)
    expect(await client.call('agentLogout', { agent_Id: '7' })).toMatchObject({
      failure: { kind: 'unreachable' },
    });
  for (const { session, clock } of worlds) {
    await clock.pass(TIMEOUT_MS);
    expect(session.status).toMatchObject({ kind: 'waiting', why: 'not connected within 10000 ms' });
    await clock.pass(600_000);
  }
  expect(names).toEqual(['udesk.test']);
});

test('a name that is not found is told as the reason, for a request and for a session', async () => {
  const { lookup } = aLookup(() => Promise.reject(new Error('getaddrinfo EAI_AGAIN udesk.test')));
  await using client = aClient({ baseUrl: 'http://udesk.test:8081/ccapi/v2', lookup });
  expect(await client.call('agentLogout', { agent_Id: '7' })).toMatchObject({
    failure: { kind: 'unreachable', cause: expect.stringContaining('EAI_AGAIN') },
  });
  const { session } = aSession('ws://udesk.test:8081/agent', { lookup });
  session.connect();
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: expect.stringContaining('EAI_AGAIN') });
});
