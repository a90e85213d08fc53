import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { selfSigned, TestAuthority } from '../../certificates/authority.ts';
import { aClosedPort, aTcpServer } from '../movidesk/far-side.ts';
import { until } from './session-server.ts';
import { aServer, aSession, connected, isOnline, isWaiting, loggedIn, TIMEOUT_MS } from './session-world.ts';

// RFC 6455 §1.3.
const WEBSOCKET_GUID = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

test('a server that takes the connection and says nothing is given up', async () => {
  await using server = await aTcpServer(() => {});
  const { session, clock } = aSession(server.url.replace('http', 'ws'));
  session.connect();
  await clock.pass(TIMEOUT_MS);
  expect(session.status).toMatchObject({ kind: 'waiting', why: 'not connected within 10000 ms' });
});

test('a server that answers the upgrade with a status is told by it, and the signature is not', async () => {
  const server = await aServer();
  server.refusal = '401 Unauthorized';
  const { session, log } = aSession(`ws://127.0.0.1:${server.port}/`);
  session.connect();
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: 'answered 401 instead of a WebSocket' });
  expect(JSON.stringify(log.lines)).not.toMatch(/Sign|[0-9a-f]{40}/);
});

test('an order to go elsewhere is not followed, for the signature would go along', async () => {
  const elsewhere = await aServer();
  const server = await aServer();
  server.refusal = `302 Found\r\nlocation: http://127.0.0.1:${elsewhere.port}/`;
  const { session } = aSession(`ws://127.0.0.1:${server.port}/`);
  session.connect();
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: 'answered 302 instead of a WebSocket' });
  expect(elsewhere.visits).toEqual([]);
});

test('a server that says goodbye and leaves the line open is noticed with the next request', async () => {
  await using server = await aTcpServer((socket) => {
    socket.once('data', (request) => {
      const [, key = ''] = /sec-websocket-key: (\S+)/i.exec(String(request)) ?? [];
      const accept = createHash('sha1').update(`${key}${WEBSOCKET_GUID}`).digest('base64');
      const head = 'HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\n';
      socket.write(`${head}sec-websocket-accept: ${accept}\r\n\r\n`);
      // A Close without a body (RFC 6455 §5.5.1); our answer is taken, and that is all.
      socket.once('data', () => socket.write(Buffer.of(0x88, 0)));
    });
  });
  const { session } = aSession(server.url.replace('http', 'ws'));
  session.connect();
  await isOnline(session);
  const first = session.hangup();
  await until(() => {
    void session.getState();
    return session.status.kind === 'waiting';
  });
  expect(session.status).toMatchObject({ why: 'closed by the far side' });
  expect(await first).toMatchObject({ failure: { kind: 'unknown-outcome' } });
});

test('a certificate that nobody vouches for ends the attempt, and the signature is not told', async () => {
  const server = await aServer(selfSigned({ names: ['127.0.0.1'] }));
  const { session } = aSession(`wss://127.0.0.1:${server.port}/`);
  session.connect();
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: expect.stringMatching(/self.signed/i) });
  expect(server.visits).toEqual([]);
});

test('a certificate of a trusted authority is taken', async () => {
  const authority = new TestAuthority();
  const server = await aServer(authority.issue({ names: ['127.0.0.1'] }));
  const authorities = [authority.certificate];
  const { session } = aSession(`wss://127.0.0.1:${server.port}/`, { authorities });
  session.connect();
  await isOnline(session);
  expect(await session.login()).toMatchObject({ ok: true });
});

test('somebody else’s certificate of a trusted authority is not', async () => {
  const authority = new TestAuthority();
  const server = await aServer(authority.issue({ names: ['127.0.0.2'] }));
  const authorities = [authority.certificate];
  const { session } = aSession(`wss://127.0.0.1:${server.port}/`, { authorities });
  session.connect();
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: expect.stringContaining('ERR_TLS_CERT_ALTNAME_INVALID') });
});

test('a session that is closed leaves no timer and no socket, and what was pending is unknown', async () => {
  const { server, session, clock, statuses } = await loggedIn();
  server.answer('hangup', () => undefined);
  const pending = session.hangup();
  await until(() => server.of('hangup').length === 1);
  const gone = once(server.visit.webSocket, 'close');
  await session.close();
  expect((await gone)[0]).toBe(1000);
  expect(await pending).toMatchObject({ failure: { kind: 'unknown-outcome' } });
  expect(await session.hangup()).toMatchObject({ failure: { kind: 'unreachable' } });
  expect(clock.pending).toBe(0);
  expect(statuses.at(-1)).toEqual({ kind: 'closed' });
  session.connect();
  await session.close();
  expect(server.visits).toHaveLength(1);
});

test('a session that is closed while it waits, connects or was never begun is gone at once', async () => {
  const never = aSession('ws://127.0.0.1:1/');
  await never.session.close();
  const waiting = aSession(`ws://127.0.0.1:${await aClosedPort()}/`);
  waiting.session.connect();
  await isWaiting(waiting.session);
  await waiting.session.close();
  await using silent = await aTcpServer(() => {});
  const connecting = aSession(silent.url.replace('http', 'ws'));
  connecting.session.connect();
  await connecting.session.close();
  for (const { clock } of [never, waiting, connecting]) expect(clock.pending).toBe(0);
});

test('a server that does not answer the goodbye is left after two seconds', async () => {
  const { server, session, clock } = await connected();
  server.visit.webSocket.pause();
  let isClosed = false;
  const closed = session.close().then(() => {
    isClosed = true;
  });
  await clock.pass(1_999);
  expect(isClosed).toBe(false);
  await clock.pass(1);
  await closed;
  expect(clock.pending).toBe(0);
});

test('a listener who closes the session from within its own words leaves nothing behind', async () => {
  const server = await aServer();
  const endings: Promise<void>[] = [];
  const listener = { onEvent() {}, onNotification() {}, onSnapshot() {} };
  const world = aSession(`ws://127.0.0.1:${server.port}/`, {
    listener: {
      ...listener,
      onStatus: (status) => {
        if (status.kind === 'online') endings.push(world.session.close());
      },
    },
  });
  world.session.connect();
  await until(() => endings.length === 1);
  await Promise.all(endings);
  expect(world.clock.pending).toBe(0);
});

test('forty sessions that come and go leave as many sockets as there were', async () => {
  const sockets = () => process.getActiveResourcesInfo().filter((name) => /TCPSocket|TLS/.test(name)).length;
  const server = await aServer();
  const before = sockets();
  for (let count = 1; count <= 40; count += 1) {
    const { session } = aSession(`ws://127.0.0.1:${server.port}/`);
    session.connect();
    // Every second one while it is still being connected.
    if (count % 2 === 0) await isOnline(session);
    await session.close();
  }
  await until(() => sockets() <= before);
});

test('a far side that reads nothing does not make us keep everything for it', async () => {
  const { server, session } = await connected();
  server.visit.webSocket.pause();
  const userData = 'x'.repeat(200_000);
  const outcomes: Promise<unknown>[] = [];
  while (session.status.kind === 'online' && outcomes.length < 90) {
    outcomes.push(session.setCallMode('voip', userData));
    await new Promise(setImmediate);
  }
  expect(session.status).toMatchObject({ kind: 'waiting', why: 'the far side reads nothing' });
  expect(await outcomes.at(-1)).toMatchObject({ failure: { kind: 'unreachable' } });
});
