import { describe, expect, test } from 'vitest';
import { anAgentClient } from './agent-client.ts';
import { AUTH_TOKEN, aCallCentre, NOON, sha1 } from './call-centre.ts';

const MINUTE_MS = 60_000;
const OK = { ErrCode: '000000', ErrDesc: 'OK', MsgType: 'REP', Ver: '1.0' };

describe('coming in', () => {
  test.each([
    [401, 'session: the Sign is wrong', { Sign: sha1('10031', 'another', String(NOON)) }],
    [
      401,
      'session: the Timestamp is more than ten minutes off',
      { Timestamp: String(NOON - 11 * MINUTE_MS) },
    ],
    [403, 'session: no such AppId', { AppId: 'another' }],
    [403, 'session: no such AgentId', { AgentId: '99', Sign: sha1('99', AUTH_TOKEN, String(NOON)) }],
  ])('%i, %s', async (status, breach, query) => {
    await using centre = await aCallCentre();
    await expect(anAgentClient(centre, '10031', { query })).rejects.toThrow(String(status));
    expect(centre.simulator.violations()).toEqual([breach]);
    expect(centre.simulator.requests).toMatchObject([{ door: 'session', status }]);
  });

  test('another path is 404', async () => {
    await using centre = await aCallCentre();
    const elsewhere = {
      ...centre,
      simulator: { ...centre.simulator, agentUrl: `${centre.simulator.agentUrl}s` },
    };
    await expect(anAgentClient(elsewhere, '10031')).rejects.toThrow('404');
  });

  test('the AuthToken is not for the URL', async () => {
    await using centre = await aCallCentre();
    await using _ = await anAgentClient(centre, '10031', { query: { AuthToken: AUTH_TOKEN } });
    expect(centre.simulator.violations()).toEqual(['session: AuthToken in the URL is not in the document']);
  });

  test('a second session of an agent disconnects the first', async () => {
    await using centre = await aCallCentre();
    await using first = await anAgentClient(centre, '10031');
    await using second = await anAgentClient(centre, '10031');
    expect(await first.event('disconnect')).toMatchObject({ Reason: 'another session of this agent' });
    await first.closed;
    expect(await second.login()).toMatchObject(OK);
    expect(centre.simulator.sessions.agentIds()).toEqual(['10031']);
    expect(centre.simulator.violations()).toEqual([]);
  });
});

describe('requests', () => {
  test('an agent logs in, breaks, is busy, idle, and logs out; each is answered and told', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    expect(await client.login()).toEqual({
      ...OK,
      ...{ SeqId: 1, MsgId: 'm1', Timestamp: NOON, Method: 'login' },
    });
    expect(await client.ask('setState', { State: 'onBreak', SubState: 2 })).toMatchObject(OK);
    expect(await client.ask('setState', { State: 'busy' })).toMatchObject(OK);
    expect(await client.ask('setState', { State: 'idle' })).toMatchObject(OK);
    expect(await client.ask('logout')).toMatchObject(OK);
    const changes = client.received.filter(({ Method }) => Method === 'agentStateChange');
    const header = { Ver: '1.0', MsgType: 'EVT', Timestamp: NOON };
    expect(changes).toMatchObject([
      { ...header, SeqId: 1, CurState: 'idle', OldState: 'offline' },
      { ...header, SeqId: 2, CurState: 'onBreak', CurStateSubId: 2, OldState: 'idle' },
      { ...header, SeqId: 3, CurState: 'busy', OldState: 'onBreak' },
      { ...header, SeqId: 4, CurState: 'idle', OldState: 'busy' },
      { ...header, SeqId: 5, CurState: 'offline', OldState: 'idle' },
    ]);
    expect(changes[2]).not.toHaveProperty('CurStateSubId');
    const states = centre.simulator.ledger.flatMap((happening) =>
      happening.what === 'agent-state' ? [`${happening.state} ${happening.subState}`] : [],
    );
    expect(states).toEqual(['idle 0', 'onBreak 2', 'busy 0', 'idle 0', 'offline 0']);
    expect(centre.simulator.violations()).toEqual([]);
  });

  test('a login may name the first state', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    await client.login({ State: 'busy' });
    expect(await client.ask('getState')).toMatchObject({
      ...{ CurState: 'busy', StartTime: NOON, CurMode: 'voip', CurExtState: 'idle' },
    });
  });

  test('a wrong Token does not log in, nor does the one of the URL when it is stale; a new one does', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    expect(await client.login({ Token: 'x' })).toMatchObject({ ErrCode: '000001' });
    await centre.clock.pass(11 * MINUTE_MS);
    expect(await client.login()).toMatchObject({ ErrCode: '000001' });
    const Timestamp = centre.clock.now();
    const Token = sha1('10031', AUTH_TOKEN, String(Timestamp));
    expect(await client.login({ Token, Timestamp })).toMatchObject(OK);
  });

  test('a seat without an extension does not log in', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '7765');
    expect(await client.login()).toMatchObject({ ErrCode: '100018', ErrDesc: 'RecordNotFound' });
  });

  test('whoever is not logged in sets no state', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    expect(await client.ask('setState', { State: 'busy' })).toMatchObject({ ErrCode: '000001' });
    expect(centre.simulator.ledger.filter(({ what }) => what === 'agent-state')).toEqual([]);
  });

  test.each([
    ['State is none of idle, busy, onBreak', { State: 'away' }],
    ['State is required', {}],
    ['SubState is not a whole number between 0 and 9007199254740991', { State: 'onBreak', SubState: -1 }],
    ['Sate is not in the document', { State: 'busy', Sate: 'idle' }],
  ])('setState: %s', async (breach, change) => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    await client.login();
    await client.ask('setState', change);
    expect(centre.simulator.violations()).toEqual([`session of 10031: setState: ${breach}`]);
  });

  test('a method that the document does not have', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    expect(await client.ask('toString')).toMatchObject({ ErrCode: '000001' });
    expect(centre.simulator.violations()).toHaveLength(1);
  });

  test('an agent changes the mode, calls out, and hangs up', async () => {
    await using centre = await aCallCentre();
    const { simulator } = centre;
    await using client = await anAgentClient(centre, '10031');
    await client.login();
    await client.ask('setCallMode', { Contact: 'cellphone' });
    expect(await client.event('agentCallModeChange')).toMatchObject({ CurContact: 'cellphone' });
    await client.ask('setCallMode', { Contact: 'voip', UserData: 'u' });
    const call = { DestNumber: '13676546374', SpNumber: '057126200670', UserData: 'u' };
    expect(await client.ask('dialout', call)).toMatchObject({ ...OK, DestNumberLoc: '', UserData: 'u' });
    const callId = simulator.agents.find('10031').callId ?? '';
    for (const step of ['agent_ringing', 'agent_answer', 'user_ringing', 'user_answer'] as const) {
      simulator.calls.step(callId, step);
    }
    const number = { AgentNumber: '90310468568001', DestNumber: '13676546374', SpNumber: '057126200670' };
    for (const method of ['agentRinging', 'agentAnswered', 'userRinging', 'userAnswered']) {
      expect(await client.event(method)).toMatchObject({
        ...number,
        CallDirection: 'Outgoing',
        UserData: 'u',
      });
    }
    expect(await client.event('extensionStateChange')).toMatchObject({ CurState: 'busy', OldState: 'idle' });
    expect(await client.ask('getState')).toMatchObject({ CurState: 'inCall', CurExtState: 'busy', ...call });
    expect(await client.ask('dialout', call)).toMatchObject({ ErrCode: '000001' });
    expect(await client.ask('hangup')).toMatchObject(OK);
    // The document spells it so.
    expect(await client.event('agnetHangup')).toMatchObject({ Reason: '' });
    expect(await client.ask('hangup')).toMatchObject({ ErrCode: '100018' });
    expect(simulator.violations()).toEqual([]);
  });
});

describe('headers', () => {
  test.each([
    ['Ver is not "1.0"', { Ver: '2.0' }],
    ['SeqId is no whole number', { SeqId: '1' }],
    ['MsgId is missing', { MsgId: undefined }],
    ['MsgType is neither REQ nor ACK', { MsgType: 'req' }],
    ['Timestamp is no number of milliseconds', { Timestamp: NOON / 1000 }],
    ['Timestamp is no number of milliseconds', { Timestamp: String(NOON) }],
    ['Timestamp is more than ten minutes off', { Timestamp: NOON - 11 * MINUTE_MS }],
    ['AppId is not the one of the session', { AppId: 'another' }],
    ['AgentId is not the one of the session', { AgentId: '10032' }],
  ])('%s: refused, and a violation', async (breach, change) => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    expect(await client.ask('getState', change)).toMatchObject({
      ErrCode: '000001',
      ErrDesc: 'Parameter error',
    });
    expect(centre.simulator.violations()).toEqual([`session of 10031: getState: ${breach}`]);
  });

  test('SeqId grows and MsgId is new', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    await client.ask('getState', { SeqId: 7 });
    expect(await client.ask('getState', { SeqId: 7 })).toMatchObject({ ErrCode: '000001' });
    expect(await client.ask('getState', { SeqId: 8, MsgId: 'm1' })).toMatchObject({ ErrCode: '000001' });
    expect(centre.simulator.violations()).toEqual([
      'session of 10031: getState: SeqId 7 after 7',
      'session of 10031: getState: MsgId m1 for the second time',
    ]);
  });

  test('what is no JSON is refused', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    client.socket.send('hello');
    expect(await client.next(({ MsgType }) => MsgType === 'REP')).toMatchObject({ ErrCode: '000001' });
  });
});

describe('acknowledgements', () => {
  test('an event without one is a violation once its time is up, and not before', async () => {
    await using centre = await aCallCentre({ ackWithinMs: 1_000 });
    await using client = await anAgentClient(centre, '10031', { ack: 'none' });
    centre.simulator.sessions.sendEvent('10031', 'userHangup', { Reason: 'x' });
    expect(await client.event('userHangup')).toMatchObject({ Reason: 'x' });
    await centre.clock.pass(999);
    expect(centre.simulator.violations()).toEqual([]);
    await centre.clock.pass(1);
    expect(centre.simulator.violations()).toEqual(['session of 10031: userHangup: no ACK within 1000 ms']);
  });

  test.each([
    ['an ACK with another SeqId', { SeqId: 99 }],
    ['an ACK with the Method evtAck', { Method: 'evtAck' }],
  ])('%s is a violation', async (breach, ack) => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031', { ack });
    centre.simulator.sessions.sendEvent('10031', 'userHangup');
    await client.event('userHangup');
    await client.ask('getState');
    expect(centre.simulator.violations().join()).toContain(breach);
  });

  test('one for a notification, or for nothing, is a violation', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    centre.simulator.sessions.notify('10031', 'news', { Text: 'x' });
    const news = await client.next(({ MsgType }) => MsgType === 'NTF');
    client.send({ ...news, MsgType: 'ACK' });
    await client.ask('getState');
    expect(centre.simulator.violations()).toEqual([
      'session of 10031: news: an ACK for nothing, or for the second time, or too late',
    ]);
  });

  test('whoever is gone owes none', async () => {
    await using centre = await aCallCentre({ ackWithinMs: 1_000 });
    const client = await anAgentClient(centre, '10031', { ack: 'none' });
    centre.simulator.sessions.sendEvent('10031', 'userHangup');
    await client[Symbol.asyncDispose]();
    await centre.simulator.waitFor(({ what }) => what === 'session-closed', 5_000);
    await centre.clock.pass(5_000);
    expect(centre.simulator.violations()).toEqual([]);
  });
});

describe('by hand', () => {
  test('a disconnect is told, then the connection closes', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    centre.simulator.sessions.disconnect('10031', 'maintenance');
    expect(await client.event('disconnect')).toMatchObject({ Reason: 'maintenance' });
    await client.closed;
  });

  test('a state that others change reaches the agent’s client, and nobody else’s', async () => {
    await using centre = await aCallCentre();
    await using one = await anAgentClient(centre, '10031');
    await using other = await anAgentClient(centre, '10032');
    centre.simulator.agents.logIn('10031', 'busy');
    centre.simulator.agents.setExtensionState('8001', 'offline', 'unregistered');
    expect(await one.event('agentStateChange')).toMatchObject({ CurState: 'busy' });
    expect(await one.event('extensionStateChange')).toMatchObject({
      CurState: 'offline',
      Reason: 'unregistered',
    });
    await other.ask('getState');
    expect(other.received.filter(({ MsgType }) => MsgType === 'EVT')).toEqual([]);
  });

  test('bytes that are no message can be sent', async () => {
    await using centre = await aCallCentre();
    await using client = await anAgentClient(centre, '10031');
    const heard = Promise.withResolvers<string>();
    client.socket.once('message', (data) => heard.resolve(String(data)));
    centre.simulator.sessions.sendRaw('10031', '"x"');
    expect(await heard.promise).toBe('"x"');
  });
});
