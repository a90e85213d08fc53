import { expect, test } from 'vitest';
import { header } from './manager.ts';
import { aManager, aPbx } from './pbx-builder.ts';

const CALLER = { queue: 'support', number: '5511000000001' };

test('a phone says NOT_INUSE until it rings, and takes a second caller at once', async () => {
  const pbx = await aPbx({ timing: { ringingAfterMs: 4_000 } });
  const manager = await aManager(pbx);
  pbx.phone('1001').setBehaviour({ kind: 'rings-out' });
  const [first, second] = [pbx.callerArrives(CALLER), pbx.callerArrives(CALLER)];
  await manager.event('UserEvent', { Uniqueid: second.uniqueid });
  await manager.offer(first.uniqueid, '1001', 60);
  await manager.event('DialBegin', { Uniqueid: first.uniqueid });
  expect(await manager.getvar('DEVICE_STATE(PJSIP/1001)')).toBe('NOT_INUSE');
  await manager.offer(second.uniqueid, '1001', 60);
  await manager.event('DialBegin', { Uniqueid: second.uniqueid });
  await pbx.waitFor(() => pbx.variable('DEVICE_STATE(PJSIP/1001)') === 'RINGING');
  expect(pbx.stats.doubleOffers).toBe(1);
});

test('an agent in a call of their own is rung all the same, and does not drop it', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const phone = pbx.phone('1001');
  phone.dialOut();
  await manager.event('DialEnd', { DialStatus: 'ANSWER' });
  expect(await manager.getvar('DEVICE_STATE(PJSIP/1001)')).toBe('INUSE');
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent', { Uniqueid: caller.uniqueid });
  await manager.offer(caller.uniqueid, '1001', 5);
  await manager.event('DeviceStateChange', { Device: 'PJSIP/1001', State: 'RINGINUSE' });
  const failed = await manager.event('UserEvent', { UserEvent: 'MovideskDial' });
  expect(header(failed, 'DialStatus')).toBe('NOANSWER');
  expect(pbx.stats).toMatchObject({ offersToBusyPhones: 1, doubleOffers: 0 });
  phone.hangUp();
  await pbx.waitFor(() => pbx.variable('DEVICE_STATE(PJSIP/1001)') === 'NOT_INUSE');
});

test('while an agent holds the caller, the phone stays INUSE and the trunk is ONHOLD', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent');
  await manager.offer(caller.uniqueid, '1001');
  await manager.event('DialEnd', { DialStatus: 'ANSWER' });
  pbx.phone('1001').hold();
  await manager.event('DeviceStateChange', { Device: 'PJSIP/trunk', State: 'ONHOLD' });
  expect(await manager.getvar('DEVICE_STATE(PJSIP/1001)')).toBe('INUSE');
  pbx.phone('1001').unhold();
  expect(pbx.variable('DEVICE_STATE(PJSIP/trunk)')).toBe('INUSE');
});

test('do-not-disturb is a device of its own, unknown until somebody sets it', async () => {
  const pbx = await aPbx({ hintContext: 'movidesk-hints' });
  const manager = await aManager(pbx);
  expect(await manager.getvar('DEVICE_STATE(Custom:DND1001)')).toBe('UNKNOWN');
  expect(await manager.getvar('DEVICE_STATE(PJSIP/nobody)')).toBe('INVALID');
  pbx.phone('1001').dnd(true);
  await manager.event('DeviceStateChange', { Device: 'Custom:DND1001', State: 'BUSY' });
  expect(await manager.getvar('DEVICE_STATE(PJSIP/1001)')).toBe('NOT_INUSE');
  const hint = await manager.action('ExtensionState', { Context: 'movidesk-hints', Exten: '1001' });
  expect(header(hint, 'Status')).toBe('2');
  const none = await manager.action('ExtensionState', { Context: 'elsewhere', Exten: '1001' });
  expect(header(none, 'Status')).toBe('-1');
});

test('without a heartbeat a caller goes to the fallback, and the daemon never hears of them', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  pbx.setVariable('MOVIDESK_BRIDGE_ALIVE', '');
  const caller = pbx.callerArrives(CALLER);
  await pbx.waitFor(() => caller.place === 'fallback');
  caller.hangUp();
  await pbx.waitFor(() => caller.place === 'gone');
  await manager.getvar('EPOCH');
  expect(manager.story().filter((word) => !word.startsWith('DeviceStateChange'))).toEqual(['FullyBooted']);
});

test('a waiting caller leaves for the fallback when the heartbeat goes stale', async () => {
  const pbx = await aPbx();
  pbx.setHeartbeat(0);
  const caller = pbx.callerArrives(CALLER);
  await pbx.waitFor(() => caller.place === 'waiting');
  await pbx.waitFor(() => caller.place === 'fallback');
  caller.answeredInFallback('1002');
  await pbx.waitFor(() => caller.talkingTo === '1002');
});

test('the PBX remembers an answered call that nobody was connected to hear of', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent');
  const callId = `pbx1-${caller.uniqueid}`;
  await manager.offer(caller.uniqueid, '1001');
  pbx.dropConnections();
  await pbx.waitFor(() => caller.place === 'talking');
  expect(pbx.diary(callId)).toMatch(new RegExp(`^1001:\\d+::${callId}-1001-\\d+\\.wav$`));
  caller.hangUp();
  await pbx.waitFor(() => caller.place === 'gone');
  const later = await aManager(pbx);
  const note = await later.getvar(`DB_KEYS(movidesk/${callId})`);
  expect(note).toMatch(/^1001:\d+:\d+:/);
  await later.setvar(`DB_DELETE(movidesk/${callId}/${note})`, '');
  expect(pbx.diary(callId)).toBe('');
});

test('a number that carries a forged packet is cleaned before anybody hears of it', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  pbx.callerArrives({ ...CALLER, number: '55\r\nEvent: Hangup\r\n\r\nEvent: Fake', name: 'a "b" \\ c' });
  const entered = await manager.event('UserEvent');
  expect(header(entered, 'CallerIDNum')).toBe('55');
  expect(header(entered, 'CallerIDName')).toBe('a \\"b\\" \\\\ c');
  expect(manager.story()).not.toContain('Hangup');
});

test('a redirect without effect says Success, and the caller stays', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent');
  await pbx.waitFor(() => caller.place === 'waiting');
  pbx.faults.nextRedirectDoesNothing();
  expect(header(await manager.offer(caller.uniqueid, '1001'), 'Message')).toBe('Redirect successful');
  expect(caller.place).toBe('waiting');
  await manager.offer(caller.uniqueid, '1001');
  await manager.event('DialBegin');
});

test('a half-open link hears nothing and a new one works', async () => {
  const pbx = await aPbx();
  const deaf = await aManager(pbx);
  pbx.freezeConnections();
  const hearing = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await hearing.event('UserEvent', { Uniqueid: caller.uniqueid });
  expect(deaf.isClosed).toBe(false);
  expect(deaf.story()).toEqual(['FullyBooted']);
});

test('a restart hangs everybody up, says so, and comes back empty with names used again', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent');
  const { port } = pbx;
  await pbx.restart();
  await manager.until(() => manager.isClosed);
  const story = manager.story().filter((word) => !word.startsWith('DeviceStateChange'));
  expect(story).toEqual(['FullyBooted', 'UserEvent MovideskCall', 'Hangup 0', 'Shutdown']);
  expect(pbx.port).toBe(port);
  const later = await aManager(pbx);
  expect(await later.getvar('MOVIDESK_BRIDGE_ALIVE')).toBe('');
  pbx.setHeartbeat();
  const next = pbx.callerArrives(CALLER);
  expect(next.channelName).toBe(caller.channelName);
  expect(next.uniqueid).not.toBe(caller.uniqueid);
  await later.event('UserEvent', { Uniqueid: next.uniqueid });
});

test('a killed PBX tells nobody anything', async () => {
  const pbx = await aPbx();
  const manager = await aManager(pbx);
  const caller = pbx.callerArrives(CALLER);
  await manager.event('UserEvent');
  await pbx.crash();
  await manager.until(() => manager.isClosed);
  expect(manager.story().filter((word) => !word.startsWith('DeviceStateChange'))).toEqual([
    'FullyBooted',
    'UserEvent MovideskCall',
  ]);
  expect(caller.place).toBe('gone');
});
