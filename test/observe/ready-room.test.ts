import { expect, test } from 'vitest';
import { readyRoom } from '../../src/observe/http/ready-room.ts';
import { degraded, down, READY, type Readiness } from '../../src/ports/readiness.ts';
import { serving } from './serving.ts';

async function askedWhile(parts: Readiness) {
  await using place = await serving({ rooms: [readyRoom(() => parts)] });
  const answer = await fetch(`${place.url}/readyz`);
  return { status: answer.status, body: await answer.json() };
}

test('where callers will be served, it is ready', async () => {
  const parts = { pbx: READY, helpDesk: READY };
  expect(await askedWhile(parts)).toEqual({ status: 200, body: { ready: true, parts } });
});

test('a relay that fails takes no caller from anybody: ready, and the reason is told', async () => {
  const parts = { pbx: READY, helpDesk: READY, udesk: degraded('nothing but faults for 70 s') };
  expect(await askedWhile(parts)).toEqual({ status: 200, body: { ready: true, parts } });
});

test('where callers will not be served, it is not, and each part to blame says why', async () => {
  const parts = { pbx: down('not connected to the PBX'), helpDesk: READY };
  expect(await askedWhile(parts)).toEqual({ status: 503, body: { ready: false, parts } });
});
