import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { callRecords } from '../../src/adapters/sqlite/call-records.ts';
import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { callIdFrom, queueNameFrom } from '../../src/domain/identity.ts';
import type { MadeCall } from '../../src/domain/made-call/made-call.ts';
import { callsRoom } from '../../src/observe/http/calls-room.ts';
import { numbersShown } from '../../src/observe/mask-number.ts';
import { aStep } from '../adapters/sqlite/steps.ts';
import { aCall, extension, MORNING } from '../domain/builders.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { serving } from './serving.ts';

const NUMBER = '5511987654321';
const iso = (at: number) => new Date(at).toISOString();

const aMadeCall = (id: string): MadeCall => ({
  callId: callIdFrom(id),
  agent: extension('1001'),
  clientNumber: NUMBER,
  madeAt: MORNING,
});

/** One caller who talks, three calls that are over, and a report that waits, in a store that is open. */
async function somePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'calls-room-'));
  const path = join(folder, 'bridge.db');
  const store = new SqliteStore(path, new ManualClock());
  await store.commit(
    aStep({
      calls: [
        { ...aCall().talkingTo('1001'), callId: callIdFrom('talks') },
        ...[1, 2, 3].map((number) => ({
          ...aCall().ended('lost'),
          callId: callIdFrom(`over-${number}`),
          endedAt: MORNING + number,
        })),
      ],
      madeCalls: [
        aMadeCall('made-open'),
        { ...aMadeCall('made-over'), result: 'answered', endedAt: MORNING + 9 },
      ],
      timeline: [
        {
          callId: callIdFrom('talks'),
          at: MORNING,
          from: 'waiting',
          to: 'offered',
          input: 'agent-named',
          facts: { extension: '1001' },
          inferred: false,
        },
      ],
      entries: [
        {
          seq: 1,
          report: {
            kind: 'received',
            callId: callIdFrom('talks'),
            queue: queueNameFrom('support'),
            helpDeskQueueId: 7,
            clientNumber: NUMBER,
            at: MORNING,
            mayHoldAgent: false,
          },
          attempts: 0,
          parkedBecause: undefined,
        },
        {
          seq: 2,
          report: {
            kind: 'made-call-link',
            callId: callIdFrom('made-over'),
            link: `https://pbx/${NUMBER}.wav`,
          },
          attempts: 0,
          parkedBecause: undefined,
        },
      ],
    }),
  );
  const room = callsRoom({ records: callRecords(path), shown: numbersShown('masked') });
  const place = await serving({ rooms: [room] });
  const end = async () => {
    await place[Symbol.asyncDispose]();
    await store.close();
    rmSync(folder, { recursive: true });
  };
  return { url: place.url, [Symbol.asyncDispose]: end };
}

const ids = (calls: unknown) => (calls as { callId: string }[]).map(({ callId }) => callId);

async function read(url: string) {
  const answer = await fetch(url);
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

test('who is there and who was last is told, masked, the latest first', async () => {
  await using place = await somePlace();
  const { status, body } = await read(`${place.url}/api/calls`);
  expect(status).toBe(200);
  expect(body['open']).toMatchObject([{ callId: 'talks', phase: 'talking', extension: '1001' }]);
  expect(ids(body['ended'])).toEqual(['over-3', 'over-2', 'over-1']);
  expect(body['ended']).toMatchObject([{ ending: 'lost', endedAt: iso(MORNING + 3) }, {}, {}]);
  expect(JSON.stringify(body)).not.toContain(NUMBER.slice(0, -4));
  expect(JSON.stringify(body)).toMatch(/\*{5,}[0-9]{4}/);
});

test('calls that agents made are told, too: those that go on, then the latest; and one of them by its id', async () => {
  await using place = await somePlace();
  const { body } = await read(`${place.url}/api/calls`);
  expect(body['made']).toMatchObject([
    { callId: 'made-open', extension: '1001', madeAt: iso(MORNING) },
    { callId: 'made-over', result: 'answered', endedAt: iso(MORNING + 9) },
  ]);
  expect(ids((await read(`${place.url}/api/calls?limit=0`)).body['made'])).toEqual(['made-open']);
  const one = await read(`${place.url}/api/calls/made-over`);
  expect(one).toMatchObject({ status: 200, body: { call: { callId: 'made-over', result: 'answered' } } });
  expect(one.body['told']).toMatchObject([{ id: 2, what: 'made-call-link', state: 'due' }]);
  for (const shown of [body, one.body]) expect(JSON.stringify(shown)).not.toContain(NUMBER.slice(0, -4));
});

test('as many ended calls are told as were wanted', async () => {
  await using place = await somePlace();
  expect(ids((await read(`${place.url}/api/calls?limit=2`)).body['ended'])).toEqual(['over-3', 'over-2']);
  expect(ids((await read(`${place.url}/api/calls?limit=0`)).body['ended'])).toEqual([]);
  expect((await read(`${place.url}/api/calls?limit=200`)).status).toBe(200);
});

test.each(['', '-1', '201', '1e2', '2.5', 'all', '9999', '1&limit=2', "1' OR 1=1"])(
  'a limit of %j is refused, with what would be one',
  async (limit) => {
    await using place = await somePlace();
    const { status, body } = await read(`${place.url}/api/calls?limit=${limit}`);
    expect(status).toBe(400);
    expect(body).toMatchObject({ message: 'limit must be a whole number from 0 to 200' });
  },
);

test('one call is told with all that happened to it, and what of it was told', async () => {
  await using place = await somePlace();
  const { body } = await read(`${place.url}/api/calls/talks`);
  expect(body).toMatchObject({
    call: { callId: 'talks', phase: 'talking' },
    timeline: [{ at: iso(MORNING), from: 'waiting', to: 'offered', input: 'agent-named' }],
    told: [{ id: 1, lane: 'movidesk', what: 'received', state: 'due', attempts: 0 }],
  });
  expect(JSON.stringify(body)).not.toContain(NUMBER.slice(0, -4));
});

test.each(['nobody', '%27', '..%2f..%2fetc'])(
  'a call of which nothing is kept (%s) is told as that',
  async (id) => {
    await using place = await somePlace();
    const { status, body } = await read(`${place.url}/api/calls/${id}`);
    expect(status).toBe(404);
    expect(body).toMatchObject({ message: expect.stringContaining('/api/calls') });
  },
);
