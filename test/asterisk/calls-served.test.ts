import { describe, expect, test } from 'vitest';
import { header } from './lab/manager-client.ts';
import type { Phone } from './lab/phone.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

test('a caller reaches the agent whom Movidesk names, and Movidesk hears how it ended', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('support', { number: '5511987650001', name: 'Ana' });
  const callId = scene.callId(caller);
  await scene.talk(caller, phone);
  await caller.hangUp();
  const call = await scene.ended(callId);
  expect(call).toMatchObject({
    ending: 'completed',
    queueId: 1,
    clientNumber: '5511987650001',
    extension: '1001',
  });
  expect(call.link).toContain(`${callId}-1001-`);
});

test('the log shows the last four digits of who called, and nothing secret', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const caller = await scene.lab.caller('support', { number: '5511987654321' });
  await scene.talk(caller, phone);
  await caller.hangUp();
  await scene.ended(scene.callId(caller));
  expect(scene.bridge.output).toContain('"*********4321"');
  // That the whole number, the token and the secret stand nowhere is asked at the end of every test.
});

describe('callers who wait in an Asterisk queue without members', () => {
  test('are taken out of it to the agent whom Movidesk names', async () => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
    scene.movidesk.setOnline('1001', false);
    const caller = await scene.lab.caller('q_sales', { number: '5511987650002' });
    const talk = await scene.talk(caller, phone);
    await phone.hangUp(talk);
    expect(await scene.ended(scene.callId(caller))).toMatchObject({
      ending: 'completed',
      queueId: 2,
      extension: '1002',
      clientNumber: '5511987650002',
    });
  });

  test('keep their place after an offer that failed', async () => {
    const scene = await pbx.open();
    await scene.lab.phone('1001', { does: 'refuse', status: '486 Busy Here' });
    const second = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
    scene.movidesk.setOnline('1002', false);
    const first = await scene.lab.caller('q_sales');
    await scene.isIn(first, 'movidesk-hold');
    const later = await scene.lab.caller('q_sales');
    await scene.waiting(scene.callId(later));
    scene.movidesk.setOnline('1002', true);
    await scene.talk(first, second);
    await scene.waiting(scene.callId(later));
  });

  test('are canceled when they give up', async () => {
    const scene = await pbx.open();
    scene.movidesk.setOnPhone('1001', false);
    scene.movidesk.setOnPhone('1002', false);
    const caller = await scene.lab.caller('q_sales');
    await scene.waiting(scene.callId(caller));
    await caller.hangUp();
    expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'canceled', queueId: 2 });
  });
});

describe('a caller for whom Movidesk has nobody at the moment waits, and is asked about until it has', () => {
  test('no agent is on the phone (code 3)', async () => {
    const scene = await pbx.open({ serving: ['1001'] });
    scene.movidesk.setOnPhone('1001', false);
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const caller = await scene.lab.caller('support');
    await scene.waiting(scene.callId(caller), 4);
    await scene.isIn(caller, 'movidesk-hold');
    scene.movidesk.setOnPhone('1001', true);
    await scene.talk(caller, phone);
  });

  test('all agents talk (code 4)', async () => {
    const scene = await pbx.open({ serving: ['1001'] });
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const first = await scene.lab.caller('support');
    const talk = await scene.talk(first, phone);
    const second = await scene.lab.caller('support');
    await scene.waiting(scene.callId(second));
    await phone.hangUp(talk);
    await scene.talk(second, phone);
    expect(scene.call(scene.callId(first))?.ending).toBe('completed');
  });
});

/** What Movidesk cannot know of 1001, which it names first. */
const hindrances: Record<string, (scene: Scene) => Promise<void>> = {
  'whose phone is not registered': async () => undefined,
  'who is in a call of their own': async (scene) => {
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    await phone.dial('7000');
    await deviceIs(scene, 'PJSIP/1001', 'INUSE');
  },
  'who does not want to be disturbed': async (scene) => {
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    await phone.dial('*78');
    await deviceIs(scene, 'Custom:DND1001', 'BUSY');
    // The phone itself is free again, once it has heard the confirmation.
    await deviceIs(scene, 'PJSIP/1001', 'NOT_INUSE');
  },
};

async function deviceIs(scene: Scene, device: string, state: string): Promise<void> {
  const read = () => scene.lab.pbx.manager.getvar(`DEVICE_STATE(${device})`);
  await waitFor(`${device} to be ${state}`, async () => (await read()) === state);
}

/** Movidesk named the first, was asked again, and named the second. */
async function passesOver(scene: Scene, named: string, second: Phone): Promise<void> {
  const caller = await scene.lab.caller('support');
  await scene.talk(caller, second);
  const answers = scene.movidesk.ledger
    .filter(({ operation }) => operation === 'asterisk_receivedCall')
    .map(({ body }) => body);
  expect(answers).toEqual([`"${named}"`, `"${second.extension}"`]);
  const dialled = scene.lab.pbx.manager
    .events('DialBegin', { Uniqueid: caller.uniqueid })
    .map((packet) => header(packet, 'DialString'));
  expect(dialled).toEqual([second.extension]);
}

describe('a caller is not offered to an agent', () => {
  test.each(Object.keys(hindrances))('%s, and reaches the next', async (name) => {
    const scene = await pbx.open();
    await hindrances[name]?.(scene);
    const second = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
    await passesOver(scene, '1001', second);
    await scene.lab.pbx.console('devstate change Custom:DND1001 NOT_INUSE');
  });

  test('whose hint says no, where hints are asked, and reaches the next', async () => {
    // Only the hint knows of the do-not-disturb here.
    const scene = await pbx.open({ agents: { dndDeviceState: '', hintContext: 'movidesk-hints' } });
    await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const second = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
    await scene.lab.pbx.console('devstate change Custom:DND1001 BUSY');
    await passesOver(scene, '1001', second);
    await scene.lab.pbx.console('devstate change Custom:DND1001 NOT_INUSE');
  });
});

describe('who calls', () => {
  test('a withheld number is told as anonymous', async () => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const caller = await scene.lab.caller('support', { number: 'anonymous', name: 'Anonymous' });
    await scene.talk(caller, phone);
    expect(scene.call(scene.callId(caller))?.clientNumber).toBe('anonymous');
  });

  test('a name with quotes, commas and line ends in it changes nothing', async () => {
    const scene = await pbx.open();
    const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
    const name = 'José \\"Zé\\", Queue: 99,Uniqueid: 1.1%0d%0aEvent: Hangup 日本';
    const caller = await scene.lab.caller('support', { number: '5511987650003', name });
    await scene.talk(caller, phone);
    expect(scene.movidesk.calls()).toMatchObject([{ queueId: 1, clientNumber: '5511987650003' }]);
  });
});
