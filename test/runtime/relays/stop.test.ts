import { expect, test } from 'vitest';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { Daemon } from '../../../src/runtime/daemon.ts';
import { unreachable } from '../../fakes/failures.ts';
import { ManualClock, settled } from '../../fakes/manual-clock.ts';
import { ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { RelayStage } from './relay-stage.ts';

test('a stop does not wait for a relay that is on its way', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.holdsBack();
  stage.shows('1001', 'INUSE');
  await stage.pass(1);
  const before = stage.clock.monotonic();
  expect(await stage.stop()).toBe('stopped');
  expect(stage.clock.monotonic()).toBe(before);
  expect(await stage.owed()).toEqual(['agent 1001: due']);
});

test('a stop does not wait for what is asked of the PBX for a relay alone', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.pbx.readExtension = () => new Promise(() => {});
  stage.relay.knows('1001', '1002');
  await settled();
  const before = stage.clock.monotonic();
  expect(await stage.stop()).toBe('stopped');
  expect(stage.clock.monotonic()).toBe(before);
});

test('what agents do while the daemon stops is kept, and told by the next', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.helpDesk.holdsBack();
  stage.pbx.enters('a');
  await stage.pass(1);
  const stopped = stage.stop(15_000);
  stage.does('1001', 'held', 'udesk-1');
  await stage.pass(10);
  expect(stage.relay.told).toEqual(['1001 idle']);
  stage.helpDesk.letsGo();
  expect(await stopped).toBe('stopped');
  expect(await stage.owed()).toEqual(['call udesk-1: due']);
  await stage.start();
  await stage.pass(3);
  expect(stage.relay.told).toEqual(['1001 idle', '1001 holds udesk-1']);
});

test('a stop leaves nothing ticking, though a relay waits to be sent again', async () => {
  const stage = await RelayStage.knowing('1001');
  stage.relay.failure = unreachable;
  stage.shows('1001', 'INUSE');
  await stage.pass(5);
  await stage.stop();
  expect(stage.clock.pending).toBe(0);
  const asked = stage.relay.asked.length;
  stage.relay.knows('1001', '1002');
  await stage.pass(120);
  expect(stage.relay.asked).toHaveLength(asked);
});

/** The whole daemon, told to stop; the store that it leaves. */
async function stopsWith(relays: readonly ScriptedRelay[], clock: ManualClock) {
  const { settings, pbx, helpDesk, log, meter } = new RelayStage();
  const store = new SqliteStore(':memory:', clock);
  const parts = { settings, pbx, helpDesk, log, meter, store, clock, relays, random: () => 0, keepDays: 30 };
  const daemon = await Daemon.start(parts);
  await clock.pass(1_000);
  const stopped = daemon.untilStopped(AbortSignal.abort());
  let isStopped = false;
  stopped.then(() => {
    isStopped = true;
  });
  return { pass: (ms: number) => clock.pass(ms), isStopped: () => isStopped, stopped, store, helpDesk };
}

test('a relay that does not say goodbye keeps the daemon for two seconds at most', async () => {
  const clock = new ManualClock();
  const [deaf, polite] = [new ScriptedRelay(clock), new ScriptedRelay(clock, { lane: 'ccai' })];
  deaf.close = () => new Promise(() => {});
  const { pass, isStopped, helpDesk, store } = await stopsWith([deaf, polite], clock);
  await pass(1_900);
  expect([isStopped(), helpDesk.isClosed, polite.isClosed]).toEqual([false, true, true]);
  await pass(200);
  expect(isStopped()).toBe(true);
  await expect(store.load()).rejects.toThrow();
  expect(clock.pending).toBe(0);
});

test('a relay that breaks off as it says goodbye does not keep the store from being closed', async () => {
  const clock = new ManualClock();
  const rude = new ScriptedRelay(clock);
  rude.close = () => Promise.reject(new TypeError('no such thing'));
  const { stopped, store } = await stopsWith([rude], clock);
  await stopped;
  await expect(store.load()).rejects.toThrow();
  expect(clock.pending).toBe(0);
});
