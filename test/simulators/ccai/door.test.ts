import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import { aPlatform, basic, TOKEN } from './platform.ts';

const INCOMING = { call_type: 'Voice Inbound (API)', menu_id: 9, end_user_number: '+1 202-555-0101' };
const asked = { body: INCOMING };

describe('who may ask', () => {
  test('is the subdomain with its token; another subdomain is not found, and nobody is created a call', async () => {
    await using platform = await aPlatform();
    expect(await platform.ask(asked)).toMatchObject({ status: 201 });
    expect(await platform.ask({ ...asked, password: 'wrong' })).toMatchObject({ status: 401 });
    expect(await platform.ask({ ...asked, headers: { authorization: `Bearer ${TOKEN}` } })).toMatchObject({
      status: 401,
    });
    expect(await platform.ask({ ...asked, user: 'otherdomain' })).toMatchObject({
      status: 404,
      json: { message: 'Resource not found' },
    });
    expect(platform.simulator.calls).toHaveLength(1);
    expect(platform.simulator.violations).toEqual(['unauthorized', 'unauthorized', 'wrong-subdomain']);
  });

  test.each([
    ['somedomain.example.com', 201],
    ['otherdomain.example.com', 404],
  ])('asks at %s and gets a %i', async (host, status) => {
    await using platform = await aPlatform();
    expect(await statusAt(platform.simulator.baseUrl, host)).toBe(status);
  });
});

describe('what may be asked', () => {
  test.each([
    ['GET', '/calls'],
    ['POST', '/call'],
    ['DELETE', '/calls/1/customer_flag'],
    ['GET', '/calls/one/customer_flag'],
  ])('is not %s %s', async (method, path) => {
    await using platform = await aPlatform();
    expect(await platform.ask({ method, path })).toMatchObject({ status: 404 });
    expect(platform.simulator.violations).toEqual([`no such place: ${method} ${path}`]);
  });

  test('is a JSON object that says it is one', async () => {
    await using platform = await aPlatform();
    const headers = { 'content-type': 'text/plain' };
    expect(await platform.ask({ ...asked, headers })).toMatchObject({ status: 400 });
    expect(await platform.ask({ body: '{"call_type":' })).toMatchObject({ status: 400 });
    expect(await platform.ask({ body: '[]' })).toMatchObject({ status: 400 });
    expect(platform.simulator.violations).toHaveLength(3);
    expect(platform.simulator.calls).toEqual([]);
  });

  test('carries nothing that the tables do not have; what does is heard, and noted', async () => {
    await using platform = await aPlatform();
    expect(await platform.verdictOn({ ...INCOMING, lang: 7, agent_id: 3 })).toContain('400');
    expect(platform.simulator.violations).toEqual([
      'incoming-call: lang is no text',
      'incoming-call: agent_id is no parameter',
    ]);
  });
});

describe('how often', () => {
  test('ten in any second are heard, the eleventh is told to wait', async () => {
    await using platform = await aPlatform();
    const statuses = async (times: number) => {
      const answers = await Promise.all(Array.from({ length: times }, () => platform.ask(asked)));
      return answers.map(({ status }) => status).sort();
    };
    expect(await statuses(10)).toEqual(Array(10).fill(201));
    await platform.clock.pass(999);
    const refused = await platform.ask(asked);
    expect(refused.status).toBe(429);
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(platform.simulator.calls).toHaveLength(10);
    expect(platform.simulator.violations).toEqual(['too many requests in a second']);
    // The refused one counts: of the next second's ten it has taken one.
    await platform.clock.pass(1);
    expect(await statuses(10)).toEqual([...Array(9).fill(201), 429]);
    await platform.clock.pass(1_000);
    expect(await platform.ask(asked)).toMatchObject({ status: 201 });
  });
});

describe('the ledger', () => {
  test('has what was asked and answered, in order, and no token', async () => {
    await using platform = await aPlatform();
    const at = platform.clock.now();
    const coming = platform.simulator.waitForRequest(({ operation }) => operation === 'read-flags', 5_000);
    const { json } = await platform.ask(asked);
    await platform.ask({ method: 'GET', path: '/calls/1/customer_flag' });
    await platform.ask({ body: { ...INCOMING, lang: 'xy' } });
    expect(platform.simulator.ledger).toEqual([
      {
        ...{ at, operation: 'incoming-call', method: 'POST', path: '/calls' },
        ...{ body: INCOMING, status: 201, answer: json },
      },
      expect.objectContaining({ operation: 'read-flags', method: 'GET', path: '/calls/1/customer_flag' }),
      expect.objectContaining({ status: 400, answer: { message: "Language 'xy' is not found" } }),
    ]);
    expect(await coming).toBe(platform.simulator.ledger[1]);
    expect(JSON.stringify(platform.simulator.ledger)).not.toContain(TOKEN);
  });
});

/** `fetch` does not let one say where one believes to be. */
async function statusAt(baseUrl: string, host: string): Promise<number | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
  const headers = { host, 'content-type': 'application/json', authorization: basic('somedomain', TOKEN) };
  const sending = request(`${baseUrl}/calls`, { method: 'POST', headers, agent: false });
  sending.once('response', (response) => {
    response.resume();
    resolve(response.statusCode);
  });
  sending.once('error', reject).end(JSON.stringify(INCOMING));
  return promise;
}
