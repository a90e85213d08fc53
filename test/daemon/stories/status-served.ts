import { expect } from 'vitest';
import { eraseNumber } from '../../../src/adapters/sqlite/erase-number.ts';
import { RawClient } from '../../observe/raw-client.ts';
import { scenario } from '../scenario.ts';
import type { Town } from '../town.ts';

const ONE_AGENT = { agents: ['1001'] };
const NUMBER = '5511987654321';

async function read(town: Town, path: string): Promise<string> {
  return (await fetch(town.url + path)).text();
}

/** Until the answer at that path says it. */
async function says(town: Town, path: string, text: string): Promise<string> {
  await town.until(async () => (await read(town, path)).includes(text));
  return read(town, path);
}

scenario(
  'a call is seen from its beginning to its end, and no whole number with it',
  ONE_AGENT,
  async (town) => {
    const caller = await town.arrivesAndTalks({ number: NUMBER });
    const talking = await says(town, '/api/status', '"talks":[{');
    const open = await read(town, '/api/calls');
    caller.hangUp();
    await town.ended(caller);
    const over = await says(town, '/api/status', '"ending":"completed"');
    const ended = await read(town, '/api/calls?limit=1');
    const story = await read(town, `/api/calls/town-${caller.uniqueid}`);
    expect(JSON.parse(ended)).toMatchObject({ open: [], ended: [{ ending: 'completed' }] });
    const { timeline, told } = JSON.parse(story);
    expect([timeline[0].from, timeline.at(-1).to]).toEqual(['new', 'ended']);
    expect(told).toMatchObject([{ what: 'transfered' }, { what: 'completed', state: 'delivered' }]);
    for (const text of [talking, open, over, ended, story]) expect(text).not.toContain(NUMBER.slice(0, -4));
  },
);

scenario('after a restart the endings of before are still seen', ONE_AGENT, async (town) => {
  const caller = await town.arrivesAndTalks();
  caller.hangUp();
  await town.ended(caller);
  await town.stopDaemon();
  await town.startDaemon();
  expect(JSON.parse(await read(town, '/api/status'))).toMatchObject({
    endings: [{ callId: `town-${caller.uniqueid}`, ending: 'completed' }],
  });
});

const WHOLE = { ...ONE_AGENT, more: { LOG_PHONE_NUMBERS: 'full' } };

scenario('whoever is erased while the daemon runs is gone from its status', WHOLE, async (town) => {
  const caller = await town.arrivesAndTalks({ number: NUMBER });
  caller.hangUp();
  await town.ended(caller);
  await says(town, '/api/status', NUMBER);
  eraseNumber(town.storePath, NUMBER, () => {});
  await town.until(async () => !(await read(town, '/api/status')).includes(NUMBER));
  expect(await read(town, '/api/calls')).not.toContain(NUMBER);
});

const TOKEN = 'a-token-of-sixteen';

scenario(
  'with a token nothing but health is told without it',
  { more: { HTTP_TOKEN: TOKEN } },
  async (town) => {
    const statusOf = async (path: string, headers: Record<string, string> = {}) =>
      (await fetch(town.url + path, { headers })).status;
    const guarded = [
      '/',
      '/page/page.js',
      '/readyz',
      '/metrics',
      '/api/status',
      '/api/calls',
      '/api/calls/x',
    ];
    for (const path of [...guarded, '/api/events']) expect([path, await statusOf(path)]).toEqual([path, 401]);
    expect(await statusOf('/healthz')).toBe(200);
    const authorization = `Bearer ${TOKEN}`;
    for (const path of guarded)
      expect([path, await statusOf(path, { authorization })]).toEqual([path, path.endsWith('x') ? 404 : 200]);
  },
);

const warningsIn = (town: Town) =>
  town.log.lines.filter(({ level, message }) => level === 'warn' && message.includes('status page'));

scenario('a page that others can reach without a token is warned of, with the remedy', {}, async (town) => {
  expect(warningsIn(town)).toEqual([]);
  await town.stopDaemon();
  await town.startDaemon({ HTTP_HOST: '0.0.0.0', HTTP_TOKEN: TOKEN });
  expect(warningsIn(town)).toEqual([]);
  await town.stopDaemon();
  await town.startDaemon({ HTTP_HOST: '0.0.0.0' });
  expect(warningsIn(town)).toMatchObject([
    { facts: { host: '0.0.0.0', remedy: expect.stringContaining('http.token') } },
  ]);
});

scenario('a web page that lets its name point to this machine reads nothing', ONE_AGENT, async (town) => {
  using page = await RawClient.connect(town.url);
  page.says('GET /api/calls HTTP/1.1\r\nHost: evil.example.com\r\n\r\n');
  expect(await page.sentAway()).toMatch(/^HTTP\/1\.1 421 /);
});
