import { describe, expect, test } from 'vitest';
import { header } from './lab/manager-client.ts';
import type { Habit } from './lab/phone.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

const unwilling: Record<string, Habit> = {
  'whose phone is busy': { does: 'refuse', status: '486 Busy Here' },
  'who declines': { does: 'refuse', status: '603 Decline' },
  'who lets it ring': { does: 'ring' },
  'whose phone is dead but registered': { does: 'nothing' },
};

describe('a caller offered to an agent', () => {
  test.each(Object.keys(unwilling))('%s keeps their place and reaches the next agent', async (name) => {
    const scene = await pbx.open({ ringSeconds: 2 });
    await scene.lab.phone('1001', unwilling[name] ?? { does: 'ring' });
    const second = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
    // The second agent comes when the first has failed and another caller stands behind.
    scene.movidesk.setOnline('1002', false);
    const first = await scene.lab.caller('support', { number: '5511987650011' });
    await failedOffer(scene, first.uniqueid, '1001');
    const later = await scene.lab.caller('support', { number: '5511987650012' });
    await scene.waiting(scene.callId(later));
    scene.movidesk.setOnline('1002', true);
    const talk = await scene.talk(first, second);
    await scene.waiting(scene.callId(later));
    await second.hangUp(talk);
    expect((await scene.ended(scene.callId(first))).extension).toBe('1002');
  });

  test('who hangs up while the phone rings is canceled, and the phone rings no more', async () => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1001', { does: 'ring' });
    const caller = await scene.lab.caller('support');
    await phone.reached();
    await waitFor('a phone that rings', async () => (await phone.state()) === 'RINGING');
    await caller.hangUp();
    expect((await scene.ended(scene.callId(caller))).ending).toBe('canceled');
    await waitFor('a phone at rest', async () => (await phone.state()) === 'NOT_INUSE');
  });
});

const failedOffer = (scene: Scene, uniqueid: string, agent: string): Promise<unknown> =>
  scene.lab.pbx.manager.event('UserEvent', { UserEvent: 'MovideskDial', Uniqueid: uniqueid, Agent: agent });

test('two callers at once for one agent are never on their phone together', async () => {
  // Movidesk names the same agent to both, as it may.
  const scene = await pbx.open({ serving: ['1001'], reserveNamed: false, firstInFirstOut: false });
  // The phone looks free until it is answered: only the daemon's own reservation knows better.
  const phone = await scene.lab.phone('1001', { does: 'answer-when-told', saysThatItRings: false });
  const callers = await Promise.all([scene.lab.caller('support'), scene.lab.caller('support')]);
  const reached = await phone.reached();
  expect(await phone.state()).toBe('NOT_INUSE');
  const named = () => scene.movidesk.ledger.filter(({ body }) => body === '"1001"');
  await waitFor('1001 to be named to both', () => new Set(named().map(({ callId }) => callId)).size === 2);
  await phone.answer(reached);
  await scene.movidesk.waitFor(({ operation }) => operation === 'asterisk_transferedCall', 10_000);
  const [talking] = scene.movidesk.calls().filter(({ phase }) => phase === 'talking');
  const first = callers.find((caller) => scene.callId(caller) === talking?.callId);
  const second = callers.find((caller) => caller !== first);
  if (first === undefined || second === undefined) throw new Error('Nobody talks.');
  await scene.recorded(first);
  await scene.waiting(scene.callId(second));
  await first.hangUp();
  await phone.answer(await phone.reached());
  await scene.talk(second, phone);
  const offers = scene.lab.pbx.manager.events('DialBegin', { DialString: '1001' });
  expect(offers.map((packet) => header(packet, 'Uniqueid'))).toEqual([first.uniqueid, second.uniqueid]);
});
