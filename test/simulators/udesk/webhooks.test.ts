import { describe, expect, test } from 'vitest';
import { APP_ID, aCallCentre, type CallCentre, NOON, SECRET, sha1 } from './call-centre.ts';
import { ourSide } from './our-side.ts';

const SECONDS = String(NOON / 1000);

async function subscribe(centre: CallCentre, callback: string, events: readonly string[]) {
  const subscription = { callback, name: 'ours', events };
  await centre.call('POST subscriptions', { body: { subscriptions: [subscription] } });
}

describe('callbacks of message subscriptions', () => {
  test('a state change is told by a signed POST, in seconds', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre();
    await subscribe(centre, `${us.url}/callback?ours=1`, ['acd_agent_state']);
    centre.simulator.agents.logIn('10031', 'busy');
    await centre.simulator.callbacksSettled();
    expect(us.heard).toEqual([
      {
        ...{ method: 'POST', path: '/callback', type: 'application/json;charset=utf-8' },
        query: { ours: '1', Timestamp: SECONDS, AppId: APP_ID, Sign: sha1(APP_ID, SECRET, SECONDS) },
        body: {
          ...{ Event: 'acd_agent_state', AppId: APP_ID, AgentId: '10031', Timestamp: NOON },
          ...{ CurState: 'busy', CurStateSubId: 0, OldState: 'offline', OldStateSubId: 0 },
        },
      },
    ]);
    expect(centre.simulator.deliveries).toMatchObject([{ event: 'acd_agent_state', status: 200, at: NOON }]);
  });

  test('each event waits until the one before it was taken', async () => {
    const taken = Promise.withResolvers<void>();
    await using us = await ourSide(async () => {
      await taken.promise;
      return { status: 200, body: '' };
    });
    await using centre = await aCallCentre();
    await subscribe(centre, us.url, ['acd_agent_state']);
    centre.simulator.agents.logIn('10031');
    for (let sub = 1; sub < 20; sub += 1) centre.simulator.agents.setState('10031', 'onBreak', sub);
    await expect.poll(() => us.heard).not.toEqual([]);
    // Another one goes to and fro: whoever does not wait had every chance to arrive.
    await centre.simulator.sendCallback({ event: 'begin', callback: 'http://127.0.0.1:9/' });
    expect(us.heard).toHaveLength(1);
    taken.resolve();
    await centre.simulator.callbacksSettled();
    expect(us.heard.map(({ body }) => (body as { CurStateSubId: number }).CurStateSubId)).toEqual(
      Array.from({ length: 20 }, (_, at) => at),
    );
  });

  test('what is not subscribed, or disabled, or deleted, is not told', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre();
    await subscribe(centre, us.url, ['begin']);
    centre.simulator.agents.logIn('10031');
    const body = { callback: us.url, name: 'ours', events: ['acd_agent_state'], enable: false };
    await centre.call('PUT subscriptions/1', { body });
    centre.simulator.agents.setState('10031', 'busy');
    await centre.call('PUT subscriptions/1', { body: { subscription: { ...body, enable: true } } });
    centre.simulator.agents.setState('10031', 'idle');
    await centre.call('DELETE subscriptions/1');
    centre.simulator.agents.setState('10031', 'busy');
    await centre.simulator.callbacksSettled();
    expect(us.heard).toMatchObject([{ body: { CurState: 'idle', OldState: 'busy' } }]);
  });

  test('a subscription to an event that does not exist fails', async () => {
    await using centre = await aCallCentre();
    const subscriptions = ['begin', 'beginning'].map((event) => ({
      callback: 'http://127.0.0.1:9',
      name: event,
      events: [event],
    }));
    expect((await centre.call('POST subscriptions', { body: { subscriptions } })).json).toMatchObject({
      Result: { sub_succ: [{ id: 1, name: 'begin' }], sub_fail: ['beginning'] },
    });
  });

  test('a call is told step by step, held and transferred', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre();
    const wanted = ['agent_answer', 'user_answer', 'hold_call', 'transfer_agent_succ', 'end'];
    await subscribe(centre, us.url, wanted);
    centre.simulator.agents.logIn('10031');
    const call_id = centre.simulator.calls.talk({ agentId: '10031', destNumber: '01067654637' });
    const control = { call_id, agent_id: '10031', on_succ: 'x', on_failed: 'x' };
    await centre.call('POST agent/hold', { body: control });
    const transfer = { agent_type: 'anonymous', agent_phone: '13676546374' };
    await centre.call('POST transfer/agent', {
      body: { ...control, ...transfer, on_record_over: 'x', on_transferee_hangup: 'x' },
    });
    centre.simulator.calls.step(call_id, 'user_hangup');
    await centre.simulator.callbacksSettled();
    const told = us.heard.map(({ body }) => body as { Event: string; CallId: string });
    expect(told.map(({ Event }) => Event)).toEqual(wanted);
    expect(new Set(told.map(({ CallId }) => CallId))).toEqual(new Set([call_id]));
  });
});

describe('callbacks of events by category', () => {
  const events = (category: string, ...all_type: string[]) => ({
    body: { Events: [{ category, all_type }] },
  });

  test('they go to the application’s own URL: appended, replaced, removed', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre({ application: { callbackUrl: us.url } });
    const { agents } = centre.simulator;
    await centre.call('POST webhooks/events', events('agent_state', 'acd_agent_state'));
    await centre.call('POST webhooks/events', events('ext_state', 'ext_state'));
    agents.logIn('10031');
    agents.setExtensionState('8001', 'busy');
    await centre.call('PUT webhooks/events', events('ext_state', 'ext_state'));
    agents.setState('10031', 'busy');
    agents.setExtensionState('8001', 'idle');
    await centre.call('DELETE webhooks/events');
    agents.setExtensionState('8001', 'busy');
    await centre.simulator.callbacksSettled();
    expect(us.heard.map(({ body }) => body)).toMatchObject([
      { Event: 'acd_agent_state', CurState: 'idle' },
      { Event: 'ext_state', Extension: '8001', AgentId: '10031', CurState: 'busy', OldState: 'idle' },
      { Event: 'ext_state', Extension: '8001', AgentId: '10031', CurState: 'idle', OldState: 'busy' },
    ]);
  });

  test('an application without a URL hears nothing', async () => {
    await using centre = await aCallCentre();
    await centre.call('POST webhooks/events', events('agent_state', 'acd_agent_state'));
    centre.simulator.agents.logIn('10031');
    await centre.simulator.callbacksSettled();
    expect(centre.simulator.deliveries).toEqual([]);
  });

  test('the body is whatever the test knows better', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre({
      application: { callbackUrl: us.url },
      callbackBody: ({ event, fields }) => ({ evt: event, state: fields['CurState'] }),
    });
    await centre.call('POST webhooks/events', events('agent_state', 'acd_agent_state'));
    centre.simulator.agents.logIn('10031');
    await centre.simulator.callbacksSettled();
    expect(us.heard).toMatchObject([{ body: { evt: 'acd_agent_state', state: 'idle' } }]);
  });
});

describe('callbacks by hand', () => {
  test('forged, stale, unsigned and replayed ones', async () => {
    await using us = await ourSide();
    await using centre = await aCallCentre({ application: { callbackUrl: us.url } });
    const { simulator } = centre;
    const stale = String(NOON / 1000 - 601);
    const honest = await simulator.sendCallback({ event: 'ext_state', fields: { Extension: '8001' } });
    await simulator.sendCallback({ event: 'ext_state', secret: 'another' });
    await simulator.sendCallback({ event: 'ext_state', timestamp: stale });
    await simulator.sendCallback({ event: 'ext_state', sign: '' });
    await simulator.sendCallback({ event: 'ext_state', body: '<html>' });
    await simulator.replayCallback(honest);
    expect(us.heard.map(({ query }) => query['Sign'])).toEqual([
      sha1(APP_ID, SECRET, SECONDS),
      sha1(APP_ID, 'another', SECONDS),
      sha1(APP_ID, SECRET, stale),
      undefined,
      sha1(APP_ID, SECRET, SECONDS),
      sha1(APP_ID, SECRET, SECONDS),
    ]);
    expect(us.heard[4]?.body).toBe('<html>');
    expect(us.heard[5]).toEqual(us.heard[0]);
    expect(simulator.deliveries).toHaveLength(6);
  });

  test('a callback that nobody takes has failed, and one that hangs is given up', async () => {
    await using us = await ourSide(() => ({ status: 0, body: '' }));
    await using centre = await aCallCentre({ callbackTimeoutMs: 1_000 });
    const { simulator } = centre;
    const nobody = await simulator.sendCallback({ event: 'ext_state', callback: 'http://127.0.0.1:9/' });
    expect(nobody.status).toBe('failed');
    const hanging = simulator.sendCallback({ event: 'ext_state', callback: us.url });
    await expect.poll(() => us.heard).toHaveLength(1);
    await centre.clock.pass(1_000);
    expect(await hanging).toMatchObject({ status: 'failed' });
  });
});
