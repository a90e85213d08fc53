import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { Lab } from './lab/lab.ts';
import { header } from './lab/manager-client.ts';
import { StrictManager } from './lab/strict-manager.ts';
import { waitFor } from './lab/wait-for.ts';

let lab: Lab;
let bridge: StrictManager;

beforeAll(async () => {
  lab = await Lab.start();
  bridge = await StrictManager.login(lab);
});
afterEach(() => lab.clear());
afterAll(async () => {
  bridge.close();
  await lab.close();
});

async function enteredCaller(): Promise<Caller> {
  const caller = await lab.caller('support', { name: 'Ana' });
  await bridge.entered(caller);
  return caller;
}

const backOnHold = (caller: Caller): Promise<true> =>
  waitFor('the caller to be back on hold', async () => {
    const status = await bridge.status(caller);
    return status !== undefined && header(status, 'Context') === 'movidesk-hold' ? true : undefined;
  });

describe('an offer that nobody takes is told by MovideskDial, and the caller waits on', () => {
  test('the phone is busy', async () => {
    await lab.phone('1001', { does: 'refuse', status: '486 Busy Here' });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    expect(header(await bridge.offerFailed(caller, '1001'), 'DialStatus')).toBe('BUSY');
    await backOnHold(caller);
  });

  test('the agent declines', async () => {
    await lab.phone('1001', { does: 'refuse', status: '603 Decline' });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    expect(header(await bridge.offerFailed(caller, '1001'), 'DialStatus')).toBe('CHANUNAVAIL');
    await backOnHold(caller);
  });

  test('nobody picks up within MOVIDESK_RING_SECONDS', async () => {
    await lab.phone('1001', { does: 'ring' });
    const caller = await enteredCaller();
    const from = Date.now();
    await bridge.offer(caller, '1001', { ringSeconds: 2 });
    expect(header(await bridge.offerFailed(caller, '1001'), 'DialStatus')).toBe('NOANSWER');
    expect(Date.now() - from).toBeGreaterThan(1_900);
    await backOnHold(caller);
  });

  test('the phone is not registered', async () => {
    const caller = await enteredCaller();
    await bridge.offer(caller, '1002');
    expect(header(await bridge.offerFailed(caller, '1002'), 'DialStatus')).toBe('CHANUNAVAIL');
    await backOnHold(caller);
  });

  test.each(['9999', '12345678', '10'])('there is no phone %s', async (extension) => {
    const caller = await enteredCaller();
    await bridge.offer(caller, extension);
    expect(header(await bridge.offerFailed(caller, extension), 'DialStatus')).toBe('INVALIDEXTEN');
    await backOnHold(caller);
  });

  test.each(['1', 'abc', 's'])('the extension "%s" cannot be one', async (extension) => {
    const caller = await enteredCaller();
    await bridge.offer(caller, extension);
    const agent = extension === '1' ? '1' : '';
    expect(header(await bridge.offerFailed(caller, agent), 'DialStatus')).toBe('INVALIDEXTEN');
    await backOnHold(caller);
  });
});

test('a caller who hangs up while a phone rings leaves no word in the diary', async () => {
  await lab.phone('1001', { does: 'ring' });
  const caller = await enteredCaller();
  await bridge.offer(caller, '1001', { ringSeconds: 20 });
  await waitFor(
    '1001 to ring',
    async () => (await bridge.client.getvar('DEVICE_STATE(PJSIP/1001)')) === 'RINGING',
  );
  await caller.hangUp();
  await bridge.hungUp(caller);
  expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toBe('');
});

test('the diary tells who answered, when, the recording and the end, and the strict user can remove it', async () => {
  const phone = await lab.phone('1001', { does: 'answer', afterMs: 100 });
  const caller = await enteredCaller();
  const callId = `pbx1-${caller.uniqueid}`;
  await bridge.offer(caller, '1001');
  await bridge.answered(caller);
  const talk = await phone.talking();
  expect(await bridge.diary(callId)).toMatch(new RegExp(`^1001:\\d+::${callId}-1001-\\d+\\.wav$`));
  await phone.hangUp(talk);
  await caller.ended();
  const hangup = await bridge.hungUp(caller);
  const told = await bridge.diary(callId);
  const [by, answeredAt, endedAt, recording] = told.split(':');
  expect(by).toBe('1001');
  expect(Number(endedAt)).toBeGreaterThanOrEqual(Number(answeredAt));
  expect(hangup).toContainEqual(['ChanVariable', `MOVIDESK_RECORDING=${recording}`]);
  expect(readdirSync(join(lab.pbx.home.outside, 'spool', 'movidesk'))).toContain(recording);
  await bridge.client.setvar(`DB_DELETE(movidesk/${callId}/${told})`, '1');
  expect(await bridge.diary(callId)).toBe('');
});

describe('a talk ends for the diary when the caller is gone, not when the first agent is', () => {
  test('blind transfer to another agent', async () => {
    const first = await lab.phone('1001', { does: 'answer', afterMs: 100 });
    const second = await lab.phone('1002', { does: 'answer', afterMs: 100 });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    await bridge.answered(caller);
    await first.transferBlind(await first.talking(), '1002');
    const talk = await second.talking();
    expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toMatch(/^1001:\d+::/);
    await second.hangUp(talk);
    await caller.ended();
    await bridge.hungUp(caller);
    expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toMatch(/^1001:\d+:\d+:/);
  });

  test('attended transfer to another agent', async () => {
    const first = await lab.phone('1001', { does: 'answer', afterMs: 100 });
    const second = await lab.phone('1002', { does: 'answer', afterMs: 100 });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    await bridge.answered(caller);
    const talk = await first.talking();
    const own = await first.dial('1002');
    await second.talking();
    await first.transferAttended(talk, '1002', await first.ownDialog(own.callId));
    await bridge.client.event('AttendedTransfer', { TransfereeUniqueid: caller.uniqueid });
    expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toMatch(/^1001:\d+::/);
    await caller.hangUp();
    await bridge.hungUp(caller);
    expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toMatch(/^1001:\d+:\d+:/);
  });
});

describe('a caller sent back to the queue enters again, as new', () => {
  test('by blind transfer', async () => {
    const phone = await lab.phone('1001', { does: 'answer', afterMs: 100 });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    await bridge.answered(caller);
    const talk = await phone.talking();
    bridge.client.packets.length = 0;
    await phone.transferBlind(talk, '8000');
    expect(await bridge.entered(caller)).toContainEqual(['ChanVariable', 'MOVIDESK_CALL_ID=']);
    expect(await bridge.diary(`pbx1-${caller.uniqueid}`)).toMatch(/^1001:\d+:\d+:/);
    await bridge.offer(caller, '1001', { callId: `pbx1-${caller.uniqueid}-2` });
    await bridge.answered(caller);
    await waitFor('the second diary', async () =>
      /^1001:/.test(await bridge.diary(`pbx1-${caller.uniqueid}-2`)),
    );
  });

  test('by attended transfer, where they take the place of the agent who announced them', async () => {
    const phone = await lab.phone('1001', { does: 'answer', afterMs: 100 });
    const caller = await enteredCaller();
    await bridge.offer(caller, '1001');
    await bridge.answered(caller);
    const talk = await phone.talking();
    const own = await phone.dial('8000');
    const announcement = await phone.ownDialog(own.callId);
    bridge.client.packets.length = 0;
    await phone.transferAttended(talk, '8000', announcement);
    // Told at the next turn of music.
    await waitFor(
      'the caller to enter again',
      () => bridge.client.events('UserEvent', { UserEvent: 'MovideskCall', Uniqueid: caller.uniqueid })[0],
      15_000,
    );
  });
});
