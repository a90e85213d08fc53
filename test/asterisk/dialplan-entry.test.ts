import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Caller } from './lab/caller.ts';
import { channels } from './lab/channels.ts';
import { Lab } from './lab/lab.ts';
import { header, headers } from './lab/manager-client.ts';
import { StrictManager } from './lab/strict-manager.ts';
import { waitFor } from './lab/wait-for.ts';

let lab: Lab;
let bridge: StrictManager;

beforeAll(async () => {
  lab = await Lab.start();
  bridge = await StrictManager.login(lab);
});
beforeEach(() => bridge.live());
afterEach(() => lab.clear());
afterAll(async () => {
  bridge.close();
  await lab.close();
});

const isIn = (caller: Caller, context: string, timeoutMs = 10_000): Promise<true> =>
  waitFor(
    `the caller to be in ${context}`,
    async () =>
      (await channels(lab.pbx)).some((one) => one.uniqueid === caller.uniqueid && one.context === context) ||
      undefined,
    timeoutMs,
  );

const spool = (): string => join(lab.pbx.home.outside, 'spool', 'movidesk');

const messageSizes = (): number[] =>
  existsSync(spool()) ? readdirSync(spool()).map((name) => statSync(join(spool(), name)).size) : [];

describe('a bridge that is not there', () => {
  test('a caller goes to the fallback at once, and is not announced', async () => {
    await bridge.die(16);
    const caller = await lab.caller('support');
    await isIn(caller, 'movidesk-fallback');
    expect(bridge.client.events('UserEvent', { Uniqueid: caller.uniqueid })).toEqual([]);
  });

  test('a caller on hold goes to the fallback within a turn of music once the beat is 30 seconds old', async () => {
    const caller = await lab.caller('support');
    await bridge.entered(caller);
    await bridge.die(29);
    await isIn(caller, 'movidesk-fallback', 15_000);
  });

  test('a caller on hold waits on while the beat is younger', async () => {
    const caller = await lab.caller('support');
    await bridge.entered(caller);
    await bridge.die(14);
    // The first look comes after ten seconds; at the second, the beat is 34 seconds old.
    await isIn(caller, 'movidesk-fallback', 25_000);
    const seconds = Number(await lab.pbx.manager.getvar('CDR(duration)', caller.channel.name));
    expect(seconds).toBeGreaterThanOrEqual(19);
  });
});

describe('a message for those whom nobody can take', () => {
  test('a caller who speaks and hangs up has left a message', async () => {
    const caller = await lab.caller('support');
    await bridge.entered(caller);
    await bridge.client.setvar('MOVIDESK_CALL_ID', 'pbx1-message', caller.uniqueid);
    await bridge.redirect(caller, 'movidesk-lost', 'nobody');
    await waitFor('some words on the disk', () => messageSizes().some((size) => size > 1_000), 20_000);
    await caller.hangUp();
    const told = await bridge.client.event('UserEvent', {
      UserEvent: 'MovideskMessage',
      Uniqueid: caller.uniqueid,
    });
    expect(header(told, 'File')).toMatch(/^pbx1-message-message-\d+\.wav$/);
    const { size } = statSync(join(spool(), header(told, 'File')));
    expect(header(told, 'Size')).toBe(`${size}`);
    // For a bridge that was away.
    expect(await bridge.diary('pbx1-message')).toMatch(new RegExp(`^::\\d+:${header(told, 'File')}$`));
  });

  test.each(['holiday', 'closed', 'nobody', 'waited', 'no-such-reason'])(
    'a caller who hangs up while hearing why (%s) has left none',
    async (reason) => {
      const caller = await lab.caller('support');
      await bridge.entered(caller);
      await bridge.client.setvar('MOVIDESK_CALL_ID', `pbx1-${reason}`, caller.uniqueid);
      await bridge.redirect(caller, 'movidesk-lost', reason);
      await waitFor('the voice', async () =>
        (await channels(lab.pbx)).some(({ application }) => application === 'Playback'),
      );
      await caller.hangUp();
      const told = await bridge.client.event('UserEvent', {
        UserEvent: 'MovideskMessage',
        Uniqueid: caller.uniqueid,
      });
      expect([header(told, 'File'), header(told, 'Size')]).toEqual(['', '0']);
      expect(await bridge.diary(`pbx1-${reason}`)).toMatch(/^::\d+:$/);
    },
  );
});

describe('an Asterisk queue without members', () => {
  test('tells who joins, lists who waits, and lets the bridge take them out', async () => {
    await lab.phone('1001', { does: 'answer', afterMs: 100 });
    const caller = await lab.caller('q_sales');
    const joined = await bridge.client.event('QueueCallerJoin', { Uniqueid: caller.uniqueid });
    expect(header(joined, 'Queue')).toBe('sales');
    const waiting = await bridge.client.list('QueueStatus', { Queue: 'sales' });
    expect(waiting.some((item) => header(item, 'Uniqueid') === caller.uniqueid)).toBe(true);
    await bridge.client.setvar('MOVIDESK_QUEUE', 'sales', caller.uniqueid);
    await bridge.offer(caller, '1001');
    await bridge.answered(caller);
  });

  test('a caller who hangs up is told, once marked', async () => {
    const caller = await lab.caller('q_sales');
    await bridge.client.event('QueueCallerJoin', { Uniqueid: caller.uniqueid });
    await bridge.client.setvar('MOVIDESK_QUEUE', 'sales', caller.uniqueid);
    await caller.hangUp();
    await bridge.hungUp(caller);
  });
});

describe('a caller who writes line breaks into their number', () => {
  const FORGED = '55%0d%0aEvent%3a%20Hangup%0d%0aUniqueid%3a%201.1%0d%0a%0d%0aEvent%3a%20Fake';

  test('has a clean number in everything the bridge sees', async () => {
    bridge.client.packets.length = 0;
    const caller = await lab.rawCaller('support', FORGED);
    const entered = await bridge.client.event('UserEvent', { UserEvent: 'MovideskCall' });
    await caller.hangUp();
    await bridge.client.event('Hangup', { Uniqueid: header(entered, 'Uniqueid') });
    expect(header(entered, 'CallerIDNum')).toMatch(/^[0-9]+$/);
    expect(bridge.client.events('Fake')).toEqual([]);
    expect(bridge.client.events('Hangup', { Uniqueid: '1.1' })).toEqual([]);
  });

  test('is not heard at all from a number of the PBX that has nothing to do with the bridge', async () => {
    bridge.client.packets.length = 0;
    const from = lab.pbx.manager.packets.length;
    const caller = await lab.rawCaller('raw', FORGED);
    await caller.hangUp();
    // The all-seeing user of the lab is fooled: so the attack itself is real.
    await waitFor('the forged event', () =>
      lab.pbx.manager.packets.slice(from).some((packet) => header(packet, 'Event') === 'Fake'),
    );
    await bridge.client.action('Ping');
    expect(bridge.client.packets.flatMap((packet) => headers(packet, 'Event'))).not.toContain('Fake');
    expect(bridge.client.events('Hangup')).toEqual([]);
  });
});

test('a forged Hangup that carries our mark passes the filter, but lacks what Asterisk always sends', async () => {
  const victim = await lab.caller('support');
  await bridge.entered(victim);
  bridge.client.packets.length = 0;
  const forged = ['5', `Uniqueid: ${victim.uniqueid}`, 'ChanVariable: MOVIDESK_QUEUE=a', '', 'X'].join(
    '\r\n',
  );
  const caller = await lab.rawCaller('raw', encodeURIComponent(forged));
  await caller.hangUp();
  const packet = await bridge.client.event('Hangup', { Uniqueid: victim.uniqueid });
  expect([headers(packet, 'Linkedid'), headers(packet, 'Cause')]).toEqual([[], []]);
  expect(await bridge.status(victim)).toBeDefined();
});

test('a phone that sets do-not-disturb is told to the bridge', async () => {
  const phone = await lab.phone('1003', { does: 'ring' });
  await phone.dial('*78');
  await bridge.client.event('DeviceStateChange', { Device: 'Custom:DND1003', State: 'BUSY' });
  expect(await bridge.client.getvar('DEVICE_STATE(Custom:DND1003)')).toBe('BUSY');
});
