import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pageRoom } from '../../src/observe/http/page-room.ts';
import { MORNING } from '../domain/builders.ts';
import { watching } from '../observe/watching.ts';
import { launch, Reader } from './reader.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const somePlace = () => watching({ rooms: [pageRoom] });
const DAY_MS = 86_400_000;
const WITH_ITS_DAY = /\d\d\/\d\d, \d\d:\d\d:\d\d/;

test('a page left open while a proxy answers for a daemon that is gone asks no more often as time goes on', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, 'about:blank');
  const { page } = reader;
  let asked = 0;
  await page.route('**/api/**', (route) => {
    asked += 1;
    return route.fulfill({ status: 502, body: 'no daemon' });
  });
  await page.clock.install({ time: MORNING });
  await page.goto(place.url);
  await reader.sees('stale', 'No connection to the daemon');
  // Each attempt is answered before time goes on, so that it can lead to the next.
  const askedIn = async (seconds: number) => {
    const before = asked;
    for (let second = 0; second < seconds; second += 1) {
      await page.clock.runFor(1_000);
      for (const path of ['/other', '/another']) await page.evaluate(`fetch("${path}")`);
    }
    return asked - before;
  };
  const atFirst = await askedIn(30);
  await askedIn(180);
  expect(await askedIn(30)).toBeLessThanOrEqual(atFirst + 4);
});

test('a page left open over an upgrade of the daemon becomes the new page by itself', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, 'about:blank');
  const { page } = reader;
  const status = (await (await fetch(`${place.url}/api/status`)).json()) as object;
  const older = `retry: 100\nevent: status\ndata: ${JSON.stringify({ ...status, version: '1.2.2' })}\n\n`;
  await page.route(
    '**/api/events',
    (route) => route.fulfill({ headers: { 'content-type': 'text/event-stream' }, body: older }),
    { times: 1 },
  );
  let loaded = 0;
  page.on('load', () => {
    loaded += 1;
  });
  await page.goto(place.url);
  await reader.sees('footer', 'version 1.2.3');
  expect(loaded).toBe(2);
});

test('what was another day is shown with its day, also once midnight has passed', async () => {
  await using place = await somePlace();
  await using reader = await Reader.opens(browser, 'about:blank', { timezoneId: 'America/Sao_Paulo' });
  const { page } = reader;
  place.daemon.changes = {};
  await page.clock.install({ time: MORNING });
  await page.goto(place.url);
  await reader.sees('endings', /\d\d:\d\d:\d\d/);
  expect(await page.locator('#endings').innerText()).not.toMatch(WITH_ITS_DAY);
  await page.clock.setFixedTime(MORNING + DAY_MS);
  place.daemon.changes = { talks: [] };
  await place.time.pass(1_000);
  await reader.sees('talks', 'Nobody talks.');
  await reader.sees('endings', WITH_ITS_DAY);
});
