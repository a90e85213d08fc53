import { describe, expect, test } from 'vitest';
import { AUTH_TOKEN, aCallCentre, NOON, SID, sha1 } from './call-centre.ts';

const MINUTE_MS = 60_000;

describe('who may ask', () => {
  test.each(['milliseconds', 'seconds'])(
    'a good signature with a timestamp in %s is let in',
    async (unit) => {
      await using centre = await aCallCentre();
      const Timestamp = String(unit === 'seconds' ? NOON / 1000 : NOON);
      expect(await centre.call('GET spnumbers', { query: { Timestamp } })).toMatchObject({ status: 200 });
      expect(centre.simulator.violations()).toEqual([]);
    },
  );

  test('a call centre that takes one unit alone refuses the other', async () => {
    await using centre = await aCallCentre({ timestampUnit: 'milliseconds' });
    const query = { Timestamp: String(NOON / 1000) };
    expect(await centre.call('GET spnumbers', { query })).toMatchObject({ status: 401, text: '' });
    expect(centre.simulator.violations()).toEqual(['GET spnumbers: the Timestamp is not in milliseconds']);
  });

  test.each([-1, 1])('ten minutes off are let in, and not a moment more (%i)', async (direction) => {
    await using centre = await aCallCentre();
    const inside = { Timestamp: String(NOON + direction * 10 * MINUTE_MS) };
    const outside = { Timestamp: String(NOON + direction * (10 * MINUTE_MS + 1)) };
    expect(await centre.call('GET spnumbers', { query: inside })).toMatchObject({ status: 200 });
    expect(await centre.call('GET spnumbers', { query: outside })).toMatchObject({ status: 401 });
  });

  test.each([
    ['no Sign', { Sign: undefined }],
    ['the Sign is wrong', { Sign: sha1(SID, 'another', String(NOON)) }],
    ['the Sign is wrong', { Sign: sha1(SID, AUTH_TOKEN, String(NOON)).toUpperCase() }],
    ['the Sid is wrong', { Sid: 'another', Sign: sha1('another', AUTH_TOKEN, String(NOON)) }],
    ['neither Sid nor AgentId', { Sid: undefined }],
  ])('%s: 401, and a violation', async (breach, query) => {
    await using centre = await aCallCentre();
    expect(await centre.call('GET agents', { query })).toMatchObject({ status: 401 });
    expect(centre.simulator.violations()).toEqual([`GET agents: ${breach}`]);
  });

  test('a front end signs with its agent’s id', async () => {
    await using centre = await aCallCentre();
    const Sign = sha1('10031', AUTH_TOKEN, String(NOON));
    const query = { Sid: undefined, AgentId: '10031', Sign };
    expect(await centre.call('GET agents', { query })).toMatchObject({ status: 200 });
    expect(centre.simulator.violations()).toEqual([]);
  });

  test('subscribing to events takes sid and sign in small letters, as its chapter writes them', async () => {
    await using centre = await aCallCentre();
    const sign = sha1(SID, AUTH_TOKEN, String(NOON));
    const query = { Sid: undefined, Sign: undefined, sid: SID, sign };
    const body = { Events: [{ category: 'agent_state', all_type: ['acd_agent_state'] }] };
    expect(await centre.codeOf('POST webhooks/events', { query, body })).toBe('000000 OK');
    expect(await centre.call('GET agents', { query })).toMatchObject({ status: 401 });
  });

  test('a signature is in no record', async () => {
    await using centre = await aCallCentre();
    await centre.call('GET agents');
    expect(JSON.stringify(centre.simulator.requests)).not.toContain(sha1(SID, AUTH_TOKEN, String(NOON)));
  });
});

describe('what the document does not have is written down', () => {
  test('another path is 404 and another method 405', async () => {
    await using centre = await aCallCentre();
    expect(await centre.call('GET nothing')).toMatchObject({ status: 404 });
    expect(await centre.call('PATCH agents')).toMatchObject({ status: 405 });
    expect(centre.simulator.violations()).toEqual([
      'GET nothing: no such operation',
      'PATCH agents: no such operation',
    ]);
  });

  test('AppId is no app_id', async () => {
    await using centre = await aCallCentre();
    const query = { app_id: undefined, AppId: 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11' };
    const body = { agent_Id: '10031' };
    expect(await centre.codeOf('POST agent/logout', { query, body })).toBe('100017 AppID Blank');
  });

  test.each([
    ['Nmae is not in the document', { body: { QueueId: '9001', QueueName: 'x', Nmae: 'y' } }],
    [
      'Page in the URL is not in the document',
      { body: { QueueId: '9001', QueueName: 'x' }, query: { Page: '1' } },
    ],
    [
      'no Accept: application/json',
      { body: { QueueId: '9001', QueueName: 'x' }, headers: { accept: 'text/html' } },
    ],
    [
      'a body of the type text/plain',
      { body: { QueueId: '9001', QueueName: 'x' }, headers: { 'content-type': 'text/plain' } },
    ],
  ])('%s: answered all the same, and a violation', async (breach, change) => {
    await using centre = await aCallCentre();
    expect(await centre.codeOf('POST queues', change)).toBe('000000 OK');
    expect(centre.simulator.violations()).toEqual([`POST queues: ${breach}`]);
  });

  test('a body where there is to be none', async () => {
    await using centre = await aCallCentre();
    expect(await centre.codeOf('GET queues', { body: {} })).toBe('000000 OK');
    expect(centre.simulator.violations()).toEqual(['GET queues: a body where the document has none']);
  });

  test('a seat named differently in path and body', async () => {
    await using centre = await aCallCentre();
    const body = { AgentId: '10030', WorkId: '22024' };
    expect(await centre.codeOf('PUT agents/10031', { body })).toBe('000000 OK');
    expect(centre.simulator.violations()).toEqual([
      'PUT agents/{AgentId}: AgentId differs between path and body',
    ]);
  });

  test('a refusal that the state of things calls for is no violation', async () => {
    await using centre = await aCallCentre();
    await centre.codeOf('POST extensions', { body: { Extension: '8001' } });
    expect(centre.simulator.violations()).toEqual([]);
    expect(centre.simulator.requests).toMatchObject([
      { operation: 'POST extensions', status: 200, code: '100015' },
    ]);
  });
});
