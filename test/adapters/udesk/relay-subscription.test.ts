import { expect, test } from 'vitest';
import { UdeskClient } from '../../../src/adapters/udesk/client.ts';
import type { WantedSubscription } from '../../../src/adapters/udesk/own-subscription.ts';
import { ACCOUNT, APP_ID, aRelay, MemoryNotes } from './relay-world.ts';
import { atEnd } from './session-world.ts';

type Wishes = NonNullable<Parameters<typeof aRelay>[0]>;

const WANTED: WantedSubscription = {
  name: 'asterisk-movidesk pbx1',
  callback: 'http://127.0.0.1:9/udesk/callback',
  events: ['acd_agent_state', 'ext_state'],
};
const OTHERS = { name: 'somebody else’s', callback: 'http://127.0.0.1:9/else', events: ['begin'] };

/** The relay has looked at Udesk once, wanting this subscription; the account's owner looks at what there is. */
async function wanting(subscription: WantedSubscription, wishes: Wishes = {}) {
  const world = await aRelay({ ...wishes, settings: { subscription, ...wishes.settings } });
  const { simulator, clock } = world;
  await world.hasLooked();
  const client = new UdeskClient({
    ...{ ...ACCOUNT, baseUrl: simulator.url, appId: APP_ID, clock },
    ...{ timestampUnit: 'milliseconds', timeoutMs: 10_000 },
  });
  atEnd(() => client.close());
  const list = async () => {
    const listed = await client.call('subscriptionList');
    return listed.ok ? listed.value.map(({ id: _, ...facts }) => facts) : listed;
  };
  const changes = () =>
    simulator.requests.flatMap(({ operation = '' }) =>
      /^(?:POST|PUT|DELETE) subscriptions/.test(operation) ? [operation] : [],
    );
  return { ...world, client, list, changes };
}

type World = Awaited<ReturnType<typeof wanting>>;

/** The daemon is started again, with another configuration. */
async function later(before: World, subscription: WantedSubscription, isWithoutNotes = false) {
  await before.close();
  const { simulator, clock } = before;
  const notes = isWithoutNotes ? new MemoryNotes() : before.notes;
  return wanting(subscription, { after: { simulator, clock, notes } });
}

const enabled = { enable: true };

test('a subscription that is not there is made, and left alone from then on', async () => {
  const first = await wanting(WANTED);
  expect(await first.list()).toEqual([{ ...WANTED, ...enabled }]);
  await first.look();
  const second = await later(first, WANTED);
  expect(second.changes()).toEqual(['POST subscriptions']);
  expect(second.simulator.violations()).toEqual([]);
});

test.each([true, false])(
  'it follows the configuration where Udesk’s list says ids: %s; others’ stay as they are',
  async (listsSubscriptionIds) => {
    const first = await wanting(WANTED, { simulator: { readings: { listsSubscriptionIds } } });
    await first.client.call('subscriptionCreate', { subscriptions: [OTHERS] });
    const moved = { ...WANTED, callback: 'http://127.0.0.1:9/moved', events: ['acd_agent_state'] };
    const second = await later(first, moved);
    expect(await second.list()).toEqual([
      { ...moved, ...enabled },
      { ...OTHERS, ...enabled },
    ]);
    const third = await later(second, { ...moved, callback: '' });
    expect(await third.list()).toEqual([{ ...OTHERS, ...enabled }]);
    const fourth = await later(third, WANTED);
    expect(await fourth.list()).toHaveLength(2);
    const [made, ...rest] = fourth.changes().filter((operation) => operation !== 'POST subscriptions');
    expect([made, ...rest]).toEqual(['PUT subscriptions/{id}', 'DELETE subscriptions/{id}']);
    expect(fourth.simulator.violations()).toEqual([]);
  },
);

test('one that somebody switched off is switched on', async () => {
  const first = await wanting(WANTED);
  await first.client.call('subscriptionUpdate', { id: 1, ...WANTED, enable: false });
  const second = await later(first, WANTED);
  expect(await second.list()).toEqual([{ ...WANTED, ...enabled }]);
});

test('of two with our name one is kept, and the other removed', async () => {
  const readings = { readings: { listsSubscriptionIds: true } };
  const first = await wanting({ ...WANTED, events: ['begin'] }, { simulator: readings });
  await first.client.call('subscriptionCreate', { subscriptions: [WANTED] });
  const second = await later(first, WANTED);
  expect(await second.list()).toEqual([{ ...WANTED, ...enabled }]);
  expect(second.changes()).toEqual(['POST subscriptions', 'POST subscriptions', 'DELETE subscriptions/{id}']);
});

test('one whose id nobody knows does not keep us from having a right one, and a person hears of it', async () => {
  const old = { ...WANTED, callback: 'http://127.0.0.1:9/old' };
  const second = await later(await wanting(old), WANTED, true);
  expect(await second.list()).toEqual([
    { ...old, ...enabled },
    { ...WANTED, ...enabled },
  ]);
  expect(second.log.lines.filter(({ level }) => level === 'error')).toHaveLength(1);
  const third = await later(second, WANTED);
  expect(third.changes()).toEqual(['POST subscriptions', 'POST subscriptions']);
});

test('an id that belongs to somebody else by now is not used', async () => {
  const first = await wanting(WANTED);
  await first.client.call('subscriptionUpdate', { id: 1, ...OTHERS, enable: true });
  const second = await later(first, { ...WANTED, callback: '' });
  expect(await second.list()).toEqual([{ ...OTHERS, ...enabled }]);
  await second.client.call('subscriptionCreate', { subscriptions: [{ ...WANTED, events: ['begin'] }] });
  const third = await later(second, WANTED);
  expect(await third.list()).toHaveLength(3);
  expect(third.changes().filter((operation) => operation.startsWith('PUT'))).toHaveLength(1);
});

test('a subscription that Udesk does not take is complained of, and tried again', async () => {
  const world = await wanting({ ...WANTED, events: ['no_such_event'] });
  expect(await world.list()).toEqual([]);
  await world.look();
  expect(world.changes()).toEqual(['POST subscriptions', 'POST subscriptions']);
  expect(world.log.lines.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test.each(['GET subscriptions', 'POST subscriptions'] as const)(
  'a fault of %s is over with the next look, and nothing is made twice',
  async (operation) => {
    const world = await wanting(WANTED, { isDown: true });
    await world.simulator.comeUp();
    world.simulator.failNext(operation, { silence: 'reset' });
    await world.look();
    await world.look();
    expect(await world.list()).toEqual([{ ...WANTED, ...enabled }]);
  },
);

test('without a wish for one, nobody asks for subscriptions', async () => {
  const { simulator, hasLooked } = await aRelay();
  await hasLooked();
  expect(simulator.requests.map(({ operation }) => operation)).toEqual(['GET agents']);
});

test.each([403, 422])(
  'an account that may not list subscriptions (%i) and wants none is in no trouble for it',
  async (status) => {
    const world = await wanting({ ...WANTED, callback: '' }, { isDown: true });
    await world.simulator.comeUp();
    world.simulator.failNext('GET subscriptions', { status });
    await world.look();
    expect(world.relay.trouble).toBeUndefined();
    await world.look();
    expect(world.changes()).toEqual([]);
  },
);
