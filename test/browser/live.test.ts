import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Town } from '../daemon/town.ts';
import { launch, PHONE, Reader } from './reader.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const ONE_AGENT = { agents: ['1001'], ringSeconds: 20 };

test('a caller is seen waiting, then talking, then among the endings, and nothing is loaded anew', async () => {
  await using town = await Town.build(ONE_AGENT);
  await using reader = await Reader.opens(browser, town.url);
  await reader.sees('headline-text', 'All is well');
  await reader.finds('globalThis.isStillHere = true');
  const first = await town.arrivesAndTalks({ number: '5511912340001' });
  await reader.sees('talks', /\*+0001\s+queue support\s+1001/);
  await reader.sees('agents', /1001\s+talking/);
  const second = town.arrives({ number: '5511912340002' });
  await reader.sees('queues', /support 1[\s\S]*\*+0002[\s\S]*waiting/);
  await reader.sees('figures', /Waiting\s+1/);
  town.phone('1001').setBehaviour({ kind: 'rings-out' });
  first.hangUp();
  await reader.sees('queues', /\*+0002[\s\S]*ringing at 1001/);
  await reader.sees('endings', /\*+0001\s+queue support\s+completed\s+agent 1001/);
  town.phone('1001').answer();
  await reader.sees('talks', /\*+0002/);
  second.hangUp();
  await reader.sees('endings', /\*+0002[\s\S]*\*+0001/);
  await reader.sees('talks', 'Nobody talks.');
  expect(await reader.finds('globalThis.isStillHere')).toBe(true);
  expect(await reader.finds('document.body.innerText')).not.toMatch(/55119123/);
  expect(reader.complaints).toEqual([]);
});

test('how long somebody waits goes on by itself, second by second', async () => {
  await using town = await Town.build(ONE_AGENT);
  town.phone('1001').setBehaviour({ kind: 'rings-out' });
  town.arrives();
  await using reader = await Reader.opens(browser, town.url);
  await reader.sees('queues', 'ringing at 1001');
  const waits = 'document.querySelector("#queues time").textContent';
  const seen = new Set<unknown>();
  const seenSoFar = async () => seen.add(await reader.finds(waits)).size;
  await expect.poll(seenSoFar, { timeout: 10_000, interval: 100 }).toBe(4);
  expect([...seen].every((text) => /^\d+ s$/.test(String(text)))).toBe(true);
});

test('a caller whose number and name are written to do harm does none, and no script runs', async () => {
  await using town = await Town.build(ONE_AGENT);
  await using reader = await Reader.opens(browser, town.url);
  const harm = '<img src=x onerror="globalThis.harmed=1"><script>globalThis.harmed=1</script>';
  town.phone('1001').setBehaviour({ kind: 'rings-out' });
  town.arrives({ number: harm, name: harm });
  await reader.sees('queues', /support 1/);
  expect(await reader.finds('globalThis.harmed ?? document.images.length')).toBe(0);
});

test('a PBX that is gone is the first thing seen, and why', async () => {
  await using town = await Town.build(ONE_AGENT);
  await using reader = await Reader.opens(browser, town.url, { ...PHONE, locale: 'pt-BR' });
  await reader.sees('headline-text', 'Tudo em ordem');
  await town.pbx.close();
  await reader.sees('headline-text', 'Chamadas não estão sendo atendidas');
  await reader.sees('headline-whys', /Asterisk: sem conexão: conexão recusada em 127\.0\.0\.1:\d+/);
  await reader.sees('links', /Asterisk\s+fora/);
});

test('a lost daemon is said at once with the age of what is shown, and a new one is found by itself', async () => {
  await using town = await Town.build(ONE_AGENT);
  await using reader = await Reader.opens(browser, town.url);
  await town.arrivesAndTalks({ number: '5511912340001' });
  await reader.sees('talks', '0001');
  const { port } = new URL(town.url);
  await town.stopDaemon();
  await reader.sees('stale', /No connection to the daemon\. Trying again… Data of .*, \d+ s old\./);
  await reader.sees('headline-text', 'State unknown');
  const frozen = await reader.finds('document.querySelector("#talks time").textContent');
  await reader.sees('stale', /, [3-9] s old/);
  expect(await reader.finds('document.querySelector("#talks time").textContent')).toBe(frozen);
  await town.startDaemon({ HTTP_PORT: port });
  await reader.sees('headline-text', 'All is well');
  expect(await reader.page.locator('#stale').isVisible()).toBe(false);
  await reader.sees('talks', '0001');
});

const TOKEN = 'a-token-of-sixteen';

test('with a token nothing is seen without it, and all of the page works with it as a password', async () => {
  await using town = await Town.build({ ...ONE_AGENT, more: { HTTP_TOKEN: TOKEN } });
  expect((await fetch(`${town.url}/`)).status).toBe(401);
  const wrong = { username: 'ana', password: 'another' };
  await using stranger = await Reader.opens(browser, town.url, { httpCredentials: wrong });
  expect(await stranger.finds('document.body.innerText')).toContain('http.token');
  const right = { username: 'ana', password: TOKEN };
  await using reader = await Reader.opens(browser, town.url, { httpCredentials: right });
  await reader.sees('headline-text', 'All is well');
  await town.arrivesAndTalks();
  await reader.sees('talks', '1001');
});
