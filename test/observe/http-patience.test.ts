import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import type { Room } from '../../src/observe/http/room.ts';
import { RawClient } from './raw-client.ts';
import { serving } from './serving.ts';

test.each([
  ['nothing', ''],
  ['half a head', 'GET /healthz HTTP/1.1\r\nHost: x'],
  [
    'less of a body than promised',
    'POST /things HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\nContent-Type: application/json\r\n\r\n{',
  ],
])('whoever sends %s and waits is sent away', async (_what, text) => {
  const room: Room = (server) => {
    server.post('/things', () => ({}));
  };
  const limits = { headMs: 50, requestMs: 100, silenceMs: 200, lookMs: 10 };
  await using place = await serving({ rooms: [healthRoom, room], limits });
  using client = await RawClient.connect(place.url);
  client.says(text);
  expect(await client.sentAway()).toMatch(text === '' ? /^(HTTP\/1\.1 408 |$)/ : /^HTTP\/1\.1 408 /);
});

test('whoever does not take what they asked for is left, once nothing has moved for long enough', async () => {
  const left = Promise.withResolvers<void>();
  const room: Room = (server) => {
    server.get('/endless', (_request, reply) => {
      reply.raw.on('close', () => left.resolve());
      return reply.send(new Readable({ read: endlessly }));
    });
  };
  await using place = await serving({ rooms: [room], limits: { silenceMs: 100 } });
  using client = await RawClient.connect(place.url);
  client.says('GET /endless HTTP/1.1\r\nHost: x\r\n\r\n');
  await client.hears('HTTP/1.1 200');
  client.stopsReading();
  await left.promise;
});

test('whoever opens more connections than anybody needs keeps the last ones closed, and frees them by closing', async () => {
  await using place = await serving();
  const open = await Promise.all(Array.from({ length: 100 }, () => RawClient.connect(place.url)));
  using tooMany = await RawClient.connect(place.url);
  expect(await tooMany.sentAway()).toBe('');
  for (const client of open) client[Symbol.dispose]();
  await expect
    .poll(() =>
      fetch(`${place.url}/healthz`).then(
        ({ status }) => status,
        () => 'refused',
      ),
    )
    .toBe(200);
});

test('the stop waits for no connection on which nothing is asked', async () => {
  await using place = await serving();
  using client = await RawClient.connect(place.url);
  client.says('GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n');
  await client.hears('ok\n');
  await place.server.close();
  await client.sentAway();
  await expect(fetch(`${place.url}/healthz`)).rejects.toThrow();
});

test('whoever was asking gets their answer, and the stop waits for it', async () => {
  const asked = Promise.withResolvers<void>();
  const known = Promise.withResolvers<string>();
  const room: Room = (server) => {
    server.get('/slow', () => {
      asked.resolve();
      return known.promise;
    });
  };
  await using place = await serving({ rooms: [room] });
  const answer = fetch(`${place.url}/slow`).then((response) => response.text());
  await asked.promise;
  const closed = place.server.close();
  known.resolve('at last');
  expect(await answer).toBe('at last');
  await closed;
});

const ENDLESS: Room = (server) => {
  server.get('/endless', (_request, reply) => reply.send(new Readable({ read: endlessly })));
};
function endlessly(this: Readable): void {
  this.push('x'.repeat(65_536));
}

test.each([
  ['says nothing', '', undefined],
  ['says half of what they want', 'GET /endless HTTP/1.1\r\n', undefined],
  ['does not take what they asked for', 'GET /endless HTTP/1.1\r\nHost: x\r\n\r\n', 'HTTP/1.1 200'],
])('whoever %s holds up the stop until its deadline, and no longer', async (_what, text, heard) => {
  await using place = await serving({ rooms: [ENDLESS] });
  using client = await RawClient.connect(place.url);
  client.says(text);
  if (heard !== undefined) await client.hears(heard);
  client.stopsReading();
  let isClosed = false;
  const closed = place.server.close().then(() => {
    isClosed = true;
  });
  await fetch(place.url).catch(() => {});
  await place.clock.pass(999);
  expect(isClosed).toBe(false);
  await place.clock.pass(1);
  await closed;
  expect(place.clock.pending).toBe(0);
});

test('a server that is closed twice is closed', async () => {
  await using place = await serving();
  await Promise.all([place.server.close(), place.server.close()]);
  await place.server.close();
});
