import { describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import type { Phone } from './lab/phone.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();
const ANSWER = { does: 'answer', afterMs: 200 } as const;

interface Talk {
  readonly scene: Scene;
  readonly first: Phone;
  readonly second: Phone;
  readonly caller: Caller;
  readonly callId: string;
  readonly dialog: Awaited<ReturnType<Phone['talking']>>;
}

/** A caller talks with 1001. 1002 is there, but not for Movidesk. */
async function talkWith1001(): Promise<Talk> {
  const scene = await pbx.open();
  scene.movidesk.setOnline('1002', false);
  const first = await scene.lab.phone('1001', ANSWER);
  const second = await scene.lab.phone('1002', ANSWER);
  const caller = await scene.lab.caller('support');
  const dialog = await scene.talk(caller, first);
  return { scene, first, second, caller, callId: scene.callId(caller), dialog };
}

/** Movidesk's dates are whole seconds: a new one begins, so that before and after differ. */
async function nextSecond(): Promise<void> {
  const second = Math.floor(Date.now() / 1_000);
  await waitFor('the next second', () => Math.floor(Date.now() / 1_000) > second);
}

/** The end is told as of the moment when `hangUp` happened, not when the first agent left. */
async function endsWith({ scene, callId }: Talk, hangUp: () => Promise<void>): Promise<void> {
  await nextSecond();
  expect(scene.call(callId)?.phase).toBe('talking');
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  await hangUp();
  const call = await scene.ended(callId);
  expect(call).toMatchObject({ ending: 'completed', extension: '1001' });
  expect(call.endDate).toBeGreaterThanOrEqual(from);
  expect(call.endDate).toBeLessThanOrEqual(Date.now());
}

describe('a talk is completed when it ends', () => {
  test('by the caller', async () => {
    const talk = await talkWith1001();
    await endsWith(talk, () => talk.caller.hangUp());
  });

  test('by the agent', async () => {
    const talk = await talkWith1001();
    await endsWith(talk, () => talk.first.hangUp(talk.dialog));
    await talk.caller.ended();
  });

  test('and not when the agent puts the caller on hold and takes them back', async () => {
    const talk = await talkWith1001();
    const { scene, first, dialog, caller } = talk;
    await first.hold(dialog);
    await scene.lab.pbx.manager.event('Hold', { Channel: dialog.channel });
    await nextSecond();
    await first.unhold(dialog);
    await scene.lab.pbx.manager.event('Unhold', { Channel: dialog.channel });
    await endsWith(talk, () => caller.hangUp());
  });
});

describe('a caller who is transferred to another agent goes on talking, and the end is the real one', () => {
  test('by blind transfer', async () => {
    const talk = await talkWith1001();
    await talk.first.transferBlind(talk.dialog, '1002');
    const onward = await talk.second.talking();
    await endsWith(talk, () => talk.second.hangUp(onward));
    await talk.caller.ended();
  });

  test('by attended transfer', async () => {
    const talk = await talkWith1001();
    const { scene, first, caller, dialog } = talk;
    const own = await first.dial('1002');
    await talk.second.talking();
    await first.transferAttended(dialog, '1002', await first.ownDialog(own.callId));
    await scene.lab.pbx.manager.event('AttendedTransfer', { TransfereeUniqueid: caller.uniqueid });
    await waitFor('1001 to be free', async () => (await first.state()) === 'NOT_INUSE');
    await endsWith(talk, () => caller.hangUp());
  });
});

describe('a caller who is sent back to the queue is a new call, and is served again', () => {
  test('by blind transfer', async () => {
    const talk = await talkWith1001();
    const { scene, first, second, caller, callId, dialog } = talk;
    scene.movidesk.setOnline('1001', false);
    scene.movidesk.setOnline('1002', true);
    await endsWith(talk, () => first.transferBlind(dialog, '8000'));
    await scene.talk(caller, second, { visit: 2 });
    await caller.hangUp();
    const again = await scene.ended(scene.callId(caller, 2));
    expect(again).toMatchObject({ ending: 'completed', extension: '1002' });
    expect(again.callId).toBe(`${callId}-2`);
    expect(again.link).not.toBe(scene.call(callId)?.link);
  });

  test('by attended transfer, where the agent announced them first', async () => {
    const talk = await talkWith1001();
    const { scene, first, second, caller, callId, dialog } = talk;
    const own = await first.dial('8000');
    const announcement = await first.ownDialog(own.callId);
    // The agent stands in the queue like anybody else.
    await waitFor('the agent to be in the queue', () => scene.movidesk.calls().length === 2);
    scene.movidesk.setOnPhone('1001', false);
    await first.transferAttended(dialog, '8000', announcement);
    // The music on hold has turns of ten seconds, and only between them the caller is looked at.
    const finished = await scene.ended(callId, 20_000);
    expect(finished).toMatchObject({ ending: 'completed', extension: '1001' });
    scene.movidesk.setOnline('1002', true);
    await scene.talk(caller, second, { visit: 2 });
    await caller.hangUp();
    await scene.ended(scene.callId(caller, 2));
    const endings = scene.movidesk.calls().map(({ ending }) => ending);
    expect(endings.toSorted()).toEqual(['canceled', 'completed', 'completed']);
  });
});
