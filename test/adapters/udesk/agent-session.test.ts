import { expect, test } from 'vitest';
import { until } from './session-server.ts';
import { AGENT_ID, APP_ID, AUTH_TOKEN, aSession, connected, loggedIn, signOf } from './session-world.ts';

test('the address says who comes, signed as the front end signs', async () => {
  const { server, clock } = await connected();
  const { Timestamp = '', ...rest } = server.visit.query;
  expect(rest).toEqual({ AppId: APP_ID, AgentId: AGENT_ID, Sign: signOf(Timestamp) });
  expect(Number(Timestamp)).toBe(clock.now());
});

test('a timestamp in seconds is signed as it is written', async () => {
  const { server, clock } = await connected({ timestampUnit: 'seconds' });
  const { Timestamp = '', Sign } = server.visit.query;
  expect(Timestamp).toBe(String(Math.floor(clock.now() / 1000)));
  expect(Sign).toBe(signOf(Timestamp));
});

test('an address with a query of its own keeps it', async () => {
  const { server, session } = await connected();
  await session.close();
  const other = aSession(`ws://127.0.0.1:${server.port}/agent?tenant=9`);
  other.session.connect();
  await until(() => server.visits.length === 2);
  expect(server.visit.query).toMatchObject({ tenant: '9', AgentId: AGENT_ID });
});

test('an agent who logs in is idle where nothing else is wished, and every message has the standard header', async () => {
  const { server, session, clock } = await connected();
  expect(await session.login()).toEqual({ ok: true, value: undefined });
  expect(server.of('login')).toEqual([
    {
      Ver: '1.0',
      UA: 'asterisk-movidesk;1.0',
      SeqId: 1,
      MsgId: 'message-1',
      MsgType: 'REQ',
      AppId: APP_ID,
      AgentId: AGENT_ID,
      Timestamp: clock.now(),
      Method: 'login',
      Token: server.visit.query['Sign'],
      State: 'idle',
    },
  ]);
  expect(session.status).toEqual({ kind: 'online', isLoggedIn: true });
});

test('a login long after the connection was made is signed anew', async () => {
  const { server, session, clock } = await connected();
  clock.setWallBy(5 * 60_000);
  await session.login();
  const [login] = server.of('login');
  expect(login?.['Timestamp']).toBe(clock.now());
  expect(login?.['Token']).toBe(signOf(String(clock.now())));
  expect(login?.['Token']).not.toBe(server.visit.query['Sign']);
});

test('an agent is set idle, busy, on a break and on a certain kind of break', async () => {
  const { server, session } = await connected();
  await session.setState({ state: 'busy' });
  await session.setState({ state: 'idle' });
  await session.setState({ state: 'onBreak' });
  await session.setState({ state: 'onBreak', subState: 3 });
  expect(server.of('setState').map(({ State, SubState }) => [State, SubState])).toEqual([
    ['busy', undefined],
    ['idle', undefined],
    ['onBreak', 0],
    ['onBreak', 3],
  ]);
});

test('a login to a kind of break says the kind afterwards, for the login has no place for it', async () => {
  const { server, session } = await connected();
  await session.login({ state: 'onBreak', subState: 2 });
  expect(server.of('login')).toMatchObject([{ State: 'onBreak' }]);
  expect(server.of('setState')).toMatchObject([{ State: 'onBreak', SubState: 2 }]);
});

test('the call mode, a call, a hangup and a logout are asked for as the document has them', async () => {
  const { server, session } = await connected();
  server.answer('dialout', () => ({ Method: 'dialout', DestNumberLoc: 'Beijing', UserData: 'order 5' }));
  await session.setCallMode('cellphone', 'data');
  const dialled = await session.dialout('01067654637', '057126000000', 'order 5');
  await session.hangup();
  await session.logout();
  expect(dialled).toEqual({ ok: true, value: { destNumberLocation: 'Beijing', userData: 'order 5' } });
  expect(server.visit.messages.slice(0, 4)).toMatchObject([
    { SeqId: 1, Method: 'setCallMode', Contact: 'cellphone', UserData: 'data' },
    { SeqId: 2, Method: 'dialout', DestNumber: '01067654637', SpNumber: '057126000000', UserData: 'order 5' },
    { SeqId: 3, Method: 'hangup' },
    { SeqId: 4, Method: 'logout' },
  ]);
  expect(session.status).toEqual({ kind: 'online', isLoggedIn: false });
});

test('what is not handed in is not sent', async () => {
  const { server, session } = await connected();
  await session.dialout('01067654637');
  await session.setCallMode('voip');
  expect(Object.keys(server.of('dialout')[0] ?? {})).not.toContain('SpNumber');
  expect(Object.keys(server.of('setCallMode')[0] ?? {})).not.toContain('UserData');
});

test('the current state is read with its call', async () => {
  const { server, session } = await connected();
  server.answer('getState', () => ({
    Method: 'getState',
    CurState: 'onBreak',
    StartTime: 1_511_069_652_789,
    CurMode: 'voip',
    CurExtState: 'online',
    DestNumber: '01067654637',
    CallDirection: 'out',
    UserData: '',
  }));
  expect(await session.getState()).toEqual({
    ok: true,
    value: {
      state: 'onBreak',
      word: 'onBreak',
      since: 1_511_069_652_789,
      mode: 'voip',
      extensionState: 'online',
      call: {
        agentNumber: undefined,
        destNumber: '01067654637',
        destNumberLocation: undefined,
        spNumber: undefined,
        direction: 'out',
        userData: undefined,
      },
    },
  });
});

test.each([
  ['100018', 'RecordNotFound', { kind: 'refused', error: { name: 'RecordNotFound', code: '100018' } }],
  ['000003', 'System internal error', { kind: 'broken', error: { name: 'SystemInternalError' } }],
  ['100002', 'AppId AppNotFound or forbidden', { kind: 'unauthorized' }],
  ['999999', 'what is this', { kind: 'refused', error: { name: 'Undocumented', code: '999999' } }],
])('a request that Udesk answers with %s fails by its name', async (ErrCode, ErrDesc, failure) => {
  const { server, session } = await connected();
  server.answer('setState', () => ({ ErrCode, ErrDesc }));
  const outcome = await session.setState({ state: 'busy' });
  expect(outcome).toMatchObject({ ok: false, failure });
  expect(!outcome.ok && outcome.failure.cause).toContain(ErrCode);
});

test('a server that repeats secrets and numbers in its refusal brings none of them into a cause', async () => {
  const { server, session } = await connected();
  const secrets = [
    '13676546374',
    '057126000000',
    'the customer is Li',
    server.visit.query['Sign'] ?? 'no sign',
  ];
  server.answer('dialout', () => ({ ErrCode: '000001', ErrDesc: `no\r\n${secrets.join(' ')} 01099998888` }));
  const outcome = await session.dialout('13676546374', '057126000000', 'the customer is Li');
  const cause = outcome.ok ? 'it did not fail' : outcome.failure.cause;
  for (const secret of [...secrets, '01099998888', AUTH_TOKEN]) expect(cause).not.toContain(secret);
  expect(cause).toMatch(/^ParameterError \(000001\): dialout: no /);
  expect(cause).not.toMatch(/[\r\n]/);
});

test('requests that are answered in another order find their own answers', async () => {
  const { server, session } = await connected();
  const held: (() => void)[] = [];
  for (const method of ['getState', 'hangup'] as const) {
    server.answer(method, ({ SeqId, MsgId }) => {
      const ErrCode = method === 'hangup' ? '000004' : '000000';
      const reply = { MsgType: 'REP', SeqId, MsgId, ErrCode, CurState: 'busy' };
      held.push(() => server.send(reply));
      return undefined;
    });
  }
  const outcomes = Promise.all([session.getState(), session.hangup()]);
  await until(() => held.length === 2);
  for (const send of held.reverse()) send();
  expect(await outcomes).toMatchObject([
    { ok: true, value: { state: 'busy' } },
    { ok: false, failure: { error: { name: 'DataDoesNotExist' } } },
  ]);
});

test('a reply with only half of the key is nobody’s', async () => {
  const { server, session } = await connected();
  server.answer('getState', ({ SeqId, MsgId }) => {
    server.send({ MsgType: 'REP', SeqId: Number(SeqId) + 1, MsgId, ErrCode: '000000', CurState: 'busy' });
    server.send({ MsgType: 'REP', SeqId, MsgId: 'another', ErrCode: '000000', CurState: 'busy' });
    return { CurState: 'idle' };
  });
  expect(await session.getState()).toMatchObject({ value: { state: 'idle' } });
  expect(session.counters.strayReplies).toBe(2);
});

test('without a connection a request fails at once, and nothing was sent', async () => {
  const { session } = aSession('ws://127.0.0.1:1/');
  expect(await session.hangup()).toEqual({
    ok: false,
    failure: { kind: 'unreachable', cause: 'hangup: the session is idle' },
  });
});

test('a hundred requests may wait, and no more', async () => {
  const { server, session } = await connected();
  server.answer('getState', () => undefined);
  const waiting = Array.from({ length: 100 }, () => session.getState());
  expect(await session.getState()).toMatchObject({ ok: false, failure: { kind: 'unreachable' } });
  await session.close();
  for (const outcome of await Promise.all(waiting)) {
    expect(outcome).toMatchObject({ ok: false, failure: { kind: 'unknown-outcome' } });
  }
});

test('what Udesk holds to be the agent’s state is asked after the login and every half minute', async () => {
  const { server, clock, snapshots } = await loggedIn();
  server.answer('getState', () => ({ CurState: 'busy' }));
  await clock.pass(30_000);
  await until(() => snapshots.length === 2);
  await clock.pass(30_000);
  await until(() => snapshots.length === 3);
  expect(snapshots.map(({ state }) => state)).toEqual(['unknown', 'busy', 'busy']);
});
