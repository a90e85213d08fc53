import { describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import type { Dialog } from './lab/channels.ts';
import type { Habit, Phone } from './lab/phone.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const ANSWER = { does: 'answer', afterMs: 200 } as const;
const WHEN_TOLD = { does: 'answer-when-told', saysThatItRings: true } as const;

interface Talk {
  readonly scene: Scene;
  readonly first: Phone;
  readonly second: Phone;
  readonly caller: Caller;
  readonly dialog: Dialog;
}

/** A caller talks with 1001. 1002 is there, but not for Movidesk. */
async function talkWith1001(habit: Habit): Promise<Talk> {
  const scene = await pbx.open();
  scene.movidesk.setOnline('1002', false);
  const first = await scene.lab.phone('1001', ANSWER);
  const second = await scene.lab.phone('1002', habit);
  const caller = await scene.lab.caller('support');
  return { scene, first, second, caller, dialog: await scene.talk(caller, first) };
}

/** The keys of a feature of the PBX, and of where the caller shall go. They hear music meanwhile. */
async function presses(
  { scene, first, caller, dialog }: Talk,
  feature: string,
  target: string,
): Promise<void> {
  const held = () => scene.lab.pbx.manager.events('MusicOnHoldStart', { Uniqueid: caller.uniqueid }).length;
  const before = held();
  await first.press(dialog, feature);
  await waitFor('the caller to be held', () => held() > before);
  await first.press(dialog, target);
}

/** The talk, as Movidesk knows it, has gone on all the time, and ends when the caller's call does. */
async function endsOnce({ scene, caller }: Talk, hangUp: () => Promise<void>): Promise<void> {
  const callId = scene.callId(caller);
  expect(scene.call(callId)?.phase).toBe('talking');
  await hangUp();
  await caller.ended();
  expect(await scene.ended(callId)).toMatchObject({ ending: 'completed', extension: '1001' });
  expect(scene.movidesk.calls()).toHaveLength(1);
}

const handedOver = ({ scene, caller }: Talk) =>
  scene.lab.pbx.manager.event('AttendedTransfer', { TransfereeUniqueid: caller.uniqueid });

describe('a caller who is transferred by keys goes on talking', () => {
  test('blind', async () => {
    const talk = await talkWith1001(ANSWER);
    await presses(talk, '#1', '1002');
    const onward = await talk.second.talking();
    await endsOnce(talk, () => talk.second.hangUp(onward));
  });

  test('attended', async () => {
    const talk = await talkWith1001(ANSWER);
    await presses(talk, '*2', '1002');
    await talk.second.talking();
    await talk.first.hangUp(talk.dialog);
    await handedOver(talk);
    await endsOnce(talk, () => talk.caller.hangUp());
  });

  test('attended, where the agent leaves while the colleague’s phone still rings', async () => {
    const talk = await talkWith1001(WHEN_TOLD);
    await presses(talk, '*2', '1002');
    const rings = await talk.second.reached();
    await talk.first.hangUp(talk.dialog);
    await handedOver(talk);
    await talk.second.answer(rings);
    const onward = await talk.second.talking();
    await endsOnce(talk, () => talk.second.hangUp(onward));
  });

  test('attended, where the agent leaves, the colleague does not answer, and the PBX calls the agent back', async () => {
    const talk = await talkWith1001({ does: 'ring' });
    await presses(talk, '*2', '1002');
    await talk.second.reached();
    await talk.first.hangUp(talk.dialog);
    await handedOver(talk);
    const again = await waitFor('1001 to be called back', async () => {
      const dialog = await talk.first.talking();
      return dialog.channel === talk.dialog.channel ? undefined : dialog;
    });
    await endsOnce(talk, () => talk.first.hangUp(again));
  });
});

describe('a caller who is transferred by the phone while the colleague’s phone still rings', () => {
  test('goes on talking when it is answered', async () => {
    const talk = await talkWith1001(WHEN_TOLD);
    const own = await talk.first.dial('1002');
    const rings = await talk.second.reached();
    await talk.first.transferAttended(talk.dialog, '1002', await talk.first.ownDialog(own.callId, 'Ring'));
    await handedOver(talk);
    await talk.second.answer(rings);
    const onward = await talk.second.talking();
    await endsOnce(talk, () => talk.second.hangUp(onward));
  });

  test('and never answers, has talked with the first agent alone', { timeout: 90_000 }, async () => {
    const talk = await talkWith1001({ does: 'ring' });
    const own = await talk.first.dial('1002');
    await talk.second.reached();
    await talk.first.transferAttended(talk.dialog, '1002', await talk.first.ownDialog(own.callId, 'Ring'));
    await handedOver(talk);
    await endsOnce(talk, () => talk.caller.ended(30_000));
  });
});

describe('a caller who is parked goes on talking', () => {
  test('with whoever takes them out', async () => {
    const talk = await talkWith1001(ANSWER);
    const { scene, first, second, caller, dialog } = talk;
    await first.transferBlind(dialog, '700');
    await scene.lab.pbx.manager.event('ParkedCall', { ParkeeUniqueid: caller.uniqueid });
    await waitFor('1001 to be free', async () => (await first.state()) === 'NOT_INUSE');
    const own = await second.dial('701');
    await scene.lab.pbx.manager.event('UnParkedCall', { ParkeeUniqueid: caller.uniqueid });
    await endsOnce(talk, () => own.hangUp());
  });

  test('and is not forgotten by a daemon that is started again meanwhile', async () => {
    const talk = await talkWith1001(ANSWER);
    const { scene, first, second, caller, dialog } = talk;
    await first.transferBlind(dialog, '700');
    await scene.lab.pbx.manager.event('ParkedCall', { ParkeeUniqueid: caller.uniqueid });
    expect(await scene.bridge.stop()).toBe(0);
    await scene.bridge.start();
    const own = await second.dial('701');
    await scene.lab.pbx.manager.event('UnParkedCall', { ParkeeUniqueid: caller.uniqueid });
    await endsOnce(talk, () => own.hangUp());
  });

  test('and with the agent again, when nobody takes them out', async () => {
    const talk = await talkWith1001(ANSWER);
    const { scene, first, caller, dialog } = talk;
    await first.transferBlind(dialog, '700');
    await scene.lab.pbx.manager.event('ParkedCallTimeOut', { ParkeeUniqueid: caller.uniqueid }, 30_000);
    const again = await first.talking();
    await endsOnce(talk, () => first.hangUp(again));
  });
});

test('a caller whom the queue’s next agent takes while still being announced was one talk, and the announcement none', async () => {
  const talk = await talkWith1001(WHEN_TOLD);
  const { scene, first, second, caller, dialog } = talk;
  scene.movidesk.setOnline('1002', true);
  const own = await first.dial('8000');
  const announcement = await first.ownDialog(own.callId);
  const rings = await second.reached();
  await first.transferAttended(dialog, '8000', announcement);
  await handedOver(talk);
  const { callId: announced } = await waitFor('the announcement to be asked about', () =>
    scene.movidesk.calls().find(({ callId }) => callId !== scene.callId(caller)),
  );
  expect(await scene.ended(announced)).toMatchObject({ ending: 'canceled', clientNumber: '1001' });
  await second.answer(rings);
  await second.talking();
  await caller.hangUp();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'completed', extension: '1001' });
  expect(scene.call(announced)).toMatchObject({ ending: 'canceled' });
  // The answer was written into the diary of a call that was over: it is found at the next look round.
  expect(await scene.bridge.stop()).toBe(0);
  await scene.bridge.start();
});
