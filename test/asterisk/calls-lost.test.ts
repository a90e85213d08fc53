import { describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { header } from './lab/manager-client.ts';
import { hasSound, linkedFile } from './lab/recordings.ts';
import { type Scene, usePbx } from './lab/scene.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

/** What Movidesk says of a queue for which there is no agent, and the voice that tells it to the caller. */
const closures: Record<string, { exten: string; close: (scene: Scene) => void }> = {
  'on a holiday (code 0)': { exten: 'holiday', close: ({ movidesk }) => movidesk.setCalendar(1, 'holiday') },
  'out of hours (code 1)': { exten: 'closed', close: ({ movidesk }) => movidesk.setCalendar(1, 'closed') },
  'when nobody is online (code 2)': {
    exten: 'nobody',
    close: ({ movidesk }) => {
      for (const extension of ['1001', '1002']) movidesk.setOnline(extension, false);
    },
  },
};

const saw = (scene: Scene, { uniqueid }: Caller, exten: string): Promise<unknown> =>
  scene.lab.pbx.manager.event('Newexten', { Uniqueid: uniqueid, Context: 'movidesk-lost', Extension: exten });

/** They speak after the tone until some of it is on the disk. */
async function leavesMessage(scene: Scene, caller: Caller): Promise<void> {
  await scene.lab.pbx.manager.event(
    'Newexten',
    { Uniqueid: caller.uniqueid, Context: 'movidesk-lost', Application: 'Record' },
    20_000,
  );
  await scene.recorded(caller);
  await caller.hangUp();
}

/** Whether the daemon's log says that the call came into that phase. */
function logged({ bridge }: Scene, callId: string, phase: string): boolean {
  return bridge.output
    .split('\n')
    .some((line) => line.includes(`"${callId}"`) && line.includes(`"to":"${phase}"`));
}

async function lostWithMessage(scene: Scene, caller: Caller): Promise<void> {
  const call = await scene.ended(scene.callId(caller));
  expect(call.ending).toBe('lost');
  expect(call.link).toContain(`/${call.callId}-message-`);
  expect(hasSound(linkedFile(scene.lab, call.link ?? ''))).toBe(true);
}

describe('a caller whom nobody can take hears why, and Movidesk gets the link to their message', () => {
  test.each(Object.keys(closures))('%s', async (when) => {
    const scene = await pbx.open();
    const closure = closures[when];
    if (closure === undefined) throw new Error(`No closure ${when}.`);
    closure.close(scene);
    const caller = await scene.lab.caller('support');
    await saw(scene, caller, closure.exten);
    await leavesMessage(scene, caller);
    await lostWithMessage(scene, caller);
    expect(scene.call(scene.callId(caller))?.asks).toBe(1);
  });

  test('after waiting for longer than maxWaitSeconds', async () => {
    const scene = await pbx.open({ maxWaitSeconds: 2 });
    for (const extension of ['1001', '1002']) scene.movidesk.setOnPhone(extension, false);
    const caller = await scene.lab.caller('support');
    await scene.waiting(scene.callId(caller), 2);
    await saw(scene, caller, 'waited');
    await leavesMessage(scene, caller);
    await lostWithMessage(scene, caller);
  });
});

test('a caller who hangs up instead of leaving a message is lost, without a link', async () => {
  const scene = await pbx.open();
  scene.movidesk.setCalendar(1, 'closed');
  const caller = await scene.lab.caller('support');
  await saw(scene, caller, 'closed');
  await caller.hangUp();
  expect(await scene.ended(scene.callId(caller))).toMatchObject({ ending: 'lost', link: undefined });
});

test('a caller who gives up while waiting is canceled', async () => {
  const scene = await pbx.open();
  for (const extension of ['1001', '1002']) scene.movidesk.setOnPhone(extension, false);
  const caller = await scene.lab.caller('support');
  await scene.waiting(scene.callId(caller), 2);
  const before = Date.now();
  await caller.hangUp();
  const call = await scene.ended(scene.callId(caller));
  expect(call.ending).toBe('canceled');
  // Movidesk's dates are whole seconds.
  expect(call.endDate).toBeGreaterThan(before - 1_000);
});

test('a caller whom Movidesk was never asked about is registered and canceled in one go', async () => {
  const scene = await pbx.open();
  // While a question about the head is on its way, nobody behind them is asked about.
  scene.movidesk.failNext('asterisk_receivedCall', { silence: 'hang', times: 1 });
  const head = await scene.lab.caller('support', { number: '5511987650031' });
  await scene.movidesk.waitFor(({ status }) => status === 'hang', 10_000);
  const caller = await scene.lab.caller('support', { number: '5511987650034' });
  const callId = scene.callId(caller);
  await waitFor('the caller to wait', () => logged(scene, callId, 'waiting'));
  const leftAt = Date.now();
  await caller.hangUp();
  expect(await scene.ended(callId)).toMatchObject({ ending: 'canceled', asks: 1 });
  const heard = scene.movidesk.ledger.filter((entry) => entry.callId === callId);
  expect(heard.map(({ operation }) => operation)).toEqual(['asterisk_receivedCall', 'asterisk_canceledCall']);
  expect(heard[0]?.at).toBeGreaterThanOrEqual(leftAt);
  await head.hangUp();
  await scene.ended(scene.callId(head));
});

test('a caller who hangs up before Movidesk answers at all is registered and canceled in one go', async () => {
  const scene = await pbx.open();
  scene.movidesk.failNext('any', { silence: 'hang', heard: false });
  const caller = await scene.lab.caller('support', { number: '5511987650021' });
  await scene.movidesk.waitFor(({ status }) => status === 'hang', 10_000);
  await caller.hangUp();
  const callId = scene.callId(caller);
  expect(await scene.ended(callId)).toMatchObject({
    ending: 'canceled',
    clientNumber: '5511987650021',
    asks: 1,
  });
  const heard = scene.movidesk.ledger.filter(({ status }) => status === 200);
  expect(heard.map(({ operation }) => operation)).toEqual(['asterisk_receivedCall', 'asterisk_canceledCall']);
  const told = scene.lab.pbx.manager.events('DialBegin').map((packet) => header(packet, 'Uniqueid'));
  expect(told).toEqual([]);
});
