import { expect } from 'vitest';
import { answering } from '../../movidesk/far-side.ts';
import { covering } from './office.ts';

covering('subscriptions', 'whoever subscribes is told, until they have had enough', async (office) => {
  const { ask, simulator } = office;
  await using ours = await answering(200, '');
  const toldTo = async (path: string) => {
    await simulator.callbacksSettled();
    return simulator.deliveries.filter(({ url }) => url.includes(path)).map(({ event }) => event);
  };
  const change = (state: 'idle' | 'busy' | 'onBreak') => simulator.agents.setState('10031', state);

  await ask('appUpdate', { CallbackUrl: `${ours.url}/events` });
  await ask('eventsAppend', { Events: [{ category: 'agent_state', all_type: ['acd_agent_state'] }] });
  simulator.agents.logIn('10031');
  expect(await toldTo('/events')).toEqual(['acd_agent_state']);
  await ask('eventsReplace', { Events: [{ category: 'ext_state', all_type: ['ext_state'] }] });
  change('busy');
  simulator.agents.setExtensionState('8001', 'busy');
  expect(await toldTo('/events')).toEqual(['acd_agent_state', 'ext_state']);
  await ask('eventsDelete');
  simulator.agents.setExtensionState('8001', 'idle');
  expect(await toldTo('/events')).toHaveLength(2);

  const one = { name: 'one', callback: `${ours.url}/one`, events: ['acd_agent_state'] };
  const made = await ask('subscriptionCreate', {
    subscriptions: [one, { ...one, name: 'none', events: ['no_such_event'] }],
  });
  expect(made).toEqual({ sub_succ: [{ id: expect.any(Number), name: 'one' }], sub_fail: ['none'] });
  const id = made?.sub_succ[0]?.id ?? 0;
  change('idle');
  expect(await toldTo('/one')).toEqual(['acd_agent_state']);
  // The document's list does not say which id a subscription has, nor does the single query.
  expect(await ask('subscriptionList')).toEqual([{ ...one, id: null, enable: true }]);
  expect(await ask('subscriptionGet', { id })).toEqual({ ...one, id: null, enable: true });
  const updated = await ask('subscriptionUpdate', { id, ...one, callback: `${ours.url}/two`, enable: true });
  expect(updated).toEqual([{ SubId: id, name: 'one' }]);
  change('onBreak');
  expect(await toldTo('/two')).toEqual(['acd_agent_state']);
  await ask('subscriptionDelete', { id });
  expect(await ask('subscriptionList')).toEqual([]);
});
