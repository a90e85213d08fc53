import { once } from 'node:events';
import { expect, test } from 'vitest';
import { WebSocket } from 'ws';
import { aClosedPort } from '../movidesk/far-side.ts';
import { until } from './session-server.ts';
import {
  aServer,
  aSession,
  connected,
  isOnline,
  isWaiting,
  loggedIn,
  signOf,
  TIMEOUT_MS,
} from './session-world.ts';

test('a session that was lost is found again, and the agent logged in to the state last wished for', async () => {
  const { server, session, clock } = await loggedIn();
  await session.setState({ state: 'onBreak', subState: 4 });
  server.hangUp();
  await isWaiting(session);
  await clock.pass(500);
  await until(() => server.visits.length === 2 && server.of('setState').length === 1);
  expect(server.of('login')).toMatchObject([{ State: 'onBreak' }]);
  expect(server.of('setState')).toMatchObject([{ State: 'onBreak', SubState: 4 }]);
  expect(session.status).toEqual({ kind: 'online', isLoggedIn: true });
});

test('numbers go on rising, and the signature is a new one, on the next connection', async () => {
  const { server, session, clock } = await loggedIn();
  const before = server.visit.messages.map(({ SeqId }) => Number(SeqId));
  server.hangUp();
  await isWaiting(session);
  await clock.pass(500);
  await until(() => server.visits.length === 2 && server.of('getState').length === 1);
  const after = server.visit.messages.map(({ SeqId }) => Number(SeqId));
  expect([...before, ...after]).toEqual([1, 2, 3, 4]);
  const { Timestamp = '', Sign } = server.visit.query;
  expect(Number(Timestamp)).toBe(clock.now());
  expect(Sign).toBe(signOf(Timestamp));
});

test('a wish that could not be said for want of a connection is said when there is one', async () => {
  const server = await aServer();
  const { session } = aSession(`ws://127.0.0.1:${server.port}/`);
  session.connect();
  expect(await session.login({ state: 'busy' })).toMatchObject({ failure: { kind: 'unreachable' } });
  await isOnline(session);
  await until(() => server.of('login').length === 1);
  expect(server.of('login')).toMatchObject([{ State: 'busy' }]);
});

test('somebody who logs in when told that the session is online does so once', async () => {
  const server = await aServer();
  const listener = { onEvent() {}, onNotification() {}, onSnapshot() {} };
  const { session } = aSession(`ws://127.0.0.1:${server.port}/`, {
    listener: {
      ...listener,
      onStatus: (status) => {
        if (status.kind === 'online' && !status.isLoggedIn) void session.login();
      },
    },
  });
  session.connect();
  await until(() => server.visits.length === 1 && server.of('getState').length === 1);
  expect(server.of('login')).toHaveLength(1);
});

test('an agent who logged out stays logged out on the next connection', async () => {
  const { server, session, clock } = await loggedIn();
  await session.logout();
  await session.setState({ state: 'busy' });
  server.hangUp();
  await isWaiting(session);
  await clock.pass(500);
  await until(() => server.visits.length === 2);
  await isOnline(session);
  await session.getState();
  expect(server.of('login')).toEqual([]);
});

test('a login sent anew that is refused is tried again on another connection, less and less often', async () => {
  const { server, session, clock, statuses } = await loggedIn();
  server.answer('login', () => ({ ErrCode: '000003', ErrDesc: 'System internal error' }));
  server.hangUp();
  for (const [visits, pauseMs] of [
    [2, 500],
    [3, 1_000],
    [4, 2_000],
  ] as const) {
    await until(() => session.status.kind === 'waiting');
    await clock.pass(pauseMs);
    await until(() => server.visits.length === visits);
    await isWaiting(session);
  }
  expect(statuses.at(-1)).toMatchObject({
    why: 'SystemInternalError (000003): login: System internal error',
    retryInMs: 4_000,
  });
  server.answer('login', () => ({}));
  await clock.pass(4_000);
  await until(() => session.status.kind === 'online' && session.status.isLoggedIn);
});

test('somebody who asks again does not wait for the next attempt', async () => {
  const { server, session, clock } = await loggedIn();
  server.hangUp();
  await isWaiting(session);
  session.connect();
  await until(() => server.visits.length === 2);
  await isOnline(session);
  // The pause that was cut short leaves no attempt behind.
  await clock.pass(500);
  await session.getState();
  expect(server.visits).toHaveLength(2);
});

test('a server that is not there is sought less and less often, at most every thirty seconds', async () => {
  const { session, clock, statuses } = aSession(`ws://127.0.0.1:${await aClosedPort()}/`);
  const pauses: number[] = [];
  session.connect();
  for (let attempt = 0; attempt < 9; attempt += 1) {
    await isWaiting(session);
    const status = statuses.at(-1);
    const retryInMs = status?.kind === 'waiting' ? status.retryInMs : 0;
    expect(status).toMatchObject({ why: expect.stringContaining('ECONNREFUSED') });
    pauses.push(retryInMs);
    await clock.pass(retryInMs - 1);
    expect(session.status.kind).toBe('waiting');
    await clock.pass(1);
  }
  expect(pauses).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
});

test('chance takes away up to half of a pause', async () => {
  const port = await aClosedPort();
  for (const [chance, pauseMs] of [
    [0.5, 375],
    [0.999, 250],
  ] as const) {
    const { session, statuses } = aSession(`ws://127.0.0.1:${port}/`, { random: () => chance });
    session.connect();
    await isWaiting(session);
    expect(statuses.at(-1)).toMatchObject({ retryInMs: pauseMs });
  }
});

test('after a connection that held, the first pause is short again', async () => {
  const { server, session, clock, statuses } = await loggedIn();
  for (const lived of [0, 9_000, 10_000]) {
    await clock.pass(lived);
    const visits = server.visits.length;
    server.hangUp();
    await isWaiting(session);
    const status = statuses.at(-1);
    await clock.pass(status?.kind === 'waiting' ? status.retryInMs : 0);
    await until(() => server.visits.length === visits + 1);
    await until(() => session.status.kind === 'online' && session.status.isLoggedIn);
  }
  const pauses = statuses.flatMap((status) => (status.kind === 'waiting' ? [status.retryInMs] : []));
  expect(pauses).toEqual([500, 1_000, 500]);
});

test('a server that says disconnect is left alone until somebody asks again', async () => {
  const { server, session, clock, events } = await loggedIn();
  await session.setState({ state: 'busy' });
  server.answer('hangup', () => undefined);
  const pending = session.hangup();
  await until(() => server.of('hangup').length === 1);
  const gone = once(server.visit.webSocket, 'close');
  server.sendEvent('disconnect', { Reason: 'logged in elsewhere' });
  await gone;
  expect(server.of('disconnect')).toMatchObject([{ MsgType: 'ACK' }]);
  expect(events).toEqual([{ kind: 'disconnect', reason: 'logged in elsewhere' }]);
  expect(session.status).toEqual({ kind: 'dismissed', reason: 'logged in elsewhere' });
  expect(await pending).toMatchObject({ failure: { kind: 'unknown-outcome' } });
  expect(await session.hangup()).toMatchObject({ failure: { kind: 'unreachable' } });
  await clock.pass(3_600_000);
  expect(server.visits).toHaveLength(1);
  session.connect();
  await until(() => server.visits.length === 2 && server.of('login').length === 1);
  expect(server.of('login')).toMatchObject([{ State: 'busy' }]);
});

test('a disconnect that comes as a notification is honoured as well', async () => {
  const { server, session, notifications } = await connected();
  server.send({ MsgType: 'NTF', Method: 'disconnect', Reason: 'maintenance' });
  await until(() => session.status.kind === 'dismissed');
  expect(notifications).toEqual([{ kind: 'disconnect', reason: 'maintenance' }]);
});

test('a person’s number in the reason for a disconnect is neither logged nor handed on', async () => {
  const { server, session, log } = await connected();
  server.sendEvent('disconnect', { Reason: '8001 logged in from +5511987654321' });
  await until(() => session.status.kind === 'dismissed');
  expect(session.status).toMatchObject({ reason: '8001 logged in from +***' });
  expect(log.lines.at(-1)?.facts).toMatchObject({ reason: '8001 logged in from +***' });
});

test('somebody who asks again in the moment in which the server throws them out is connected again', async () => {
  const server = await aServer();
  const listener = { onEvent() {}, onNotification() {}, onSnapshot() {} };
  const { session } = aSession(`ws://127.0.0.1:${server.port}/`, {
    listener: { ...listener, onStatus: ({ kind }) => kind === 'dismissed' && session.connect() },
  });
  session.connect();
  await isOnline(session);
  server.sendEvent('disconnect', { Reason: 'kicked' });
  await until(() => server.visits.length === 2);
  await isOnline(session);
  expect(await session.hangup()).toMatchObject({ ok: true });
});

test('somebody who asks again and then closes while the old connection is closing is not connected', async () => {
  const server = await aServer();
  const endings: Promise<void>[] = [];
  const listener = { onEvent() {}, onNotification() {}, onSnapshot() {} };
  const { session, clock } = aSession(`ws://127.0.0.1:${server.port}/`, {
    listener: {
      ...listener,
      onStatus: ({ kind }) => {
        if (kind !== 'dismissed') return;
        session.connect();
        session.connect();
        endings.push(session.close());
      },
    },
  });
  session.connect();
  await isOnline(session);
  server.sendEvent('disconnect', { Reason: 'kicked' });
  await until(() => endings.length === 1);
  await Promise.all(endings);
  expect(server.visits).toHaveLength(1);
  expect(clock.pending).toBe(0);
});

test('what is on its way when the connection is lost has an unknown outcome', async () => {
  const { server, session } = await loggedIn();
  server.answer('dialout', () => undefined);
  const dialled = session.dialout('13676546374');
  await until(() => server.of('dialout').length === 1);
  server.hangUp();
  expect(await dialled).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
});

test('a request that is not answered in time ends the connection, and another is made', async () => {
  const { server, session, clock } = await loggedIn();
  server.answer('hangup', () => undefined);
  server.answer('dialout', () => undefined);
  const outcomes = Promise.all([session.hangup(), session.dialout('13676546374')]);
  await until(() => server.of('dialout').length === 1);
  await clock.pass(TIMEOUT_MS);
  const failure = { kind: 'unknown-outcome', cause: expect.stringContaining('no answer within 10000 ms') };
  expect(await outcomes).toMatchObject([{ failure }, { failure }]);
  const [old] = server.visits;
  await until(() => old?.webSocket.readyState === WebSocket.CLOSED);
  await clock.pass(500);
  await until(() => server.visits.length === 2);
});

test('a link that went silent is noticed although nobody asks for anything', async () => {
  const { server, session, clock } = await loggedIn();
  server.answer('getState', () => undefined);
  await clock.pass(30_000);
  await until(() => server.of('getState').length === 2);
  await clock.pass(TIMEOUT_MS);
  expect(session.status).toMatchObject({ kind: 'waiting', why: 'no answer within 10000 ms' });
});

test('a link that is refused its checks is left alone, for a refusal is an answer', async () => {
  const { server, session, clock, snapshots } = await loggedIn();
  server.answer('getState', () => ({ ErrCode: '000004', ErrDesc: 'no' }));
  for (const checks of [2, 3]) {
    await clock.pass(30_000);
    await until(() => server.of('getState').length === checks);
    await session.hangup();
  }
  expect(server.visits).toHaveLength(1);
  expect(snapshots).toHaveLength(1);
});

test('a server that closes in order is sought again', async () => {
  const { server, session, clock } = await loggedIn();
  server.visit.webSocket.close(1001, 'going away');
  await isWaiting(session);
  expect(session.status).toMatchObject({ why: 'closed: 1001' });
  await clock.pass(500);
  await until(() => server.visits.length === 2);
});
