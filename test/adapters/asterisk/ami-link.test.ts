import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { uniqueidFrom } from '../../../src/domain/identity.ts';
import { deviceChanged, entered, hangup } from './packets.ts';
import { type Answerer, BOOTED, refusal, ScriptedPbx } from './scripted-pbx.ts';
import { HandClock, keepingLog, type LogLine, Observed, optionsFor } from './worlds.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function start(answerers: Record<string, Answerer> = {}) {
  const asterisk = await ScriptedPbx.listen(answerers);
  closers.push(() => asterisk.close());
  const lines: LogLine[] = [];
  const clock = new HandClock();
  const observed = new Observed({ ...optionsFor(asterisk.port), clock, log: keepingLog(lines) });
  closers.push(() => observed.pbx.close());
  return { asterisk, observed, pbx: observed.pbx, clock, lines };
}

const until = (isSo: () => boolean) => vi.waitUntil(isSo, { timeout: 10_000, interval: 2 });

/** The answer to the login has been read, so that its own deadline is over; what comes next is the boot's. */
async function loggedIn(asterisk: ScriptedPbx, observed: Observed): Promise<void> {
  await until(() => asterisk.logins === 1);
  asterisk.sendPackets(deviceChanged('PJSIP/1001', 'NOT_INUSE'));
  await observed.told('device-changed');
  await new Promise(setImmediate);
}

/** The link was lost, and is back after the pause. */
async function back(clock: HandClock, observed: Observed): Promise<void> {
  await until(() => {
    clock.skipPause();
    return observed.of('linked').length >= 2;
  });
}

const uniqueid = uniqueidFrom('1795361570.0');

test('a lost link is told at once, and found again', async () => {
  const { asterisk, observed, clock } = await start();
  await observed.told('linked');
  asterisk.hangUp();
  await observed.told('unlinked');
  expect(observed.of('linked')).toHaveLength(1);
  await back(clock, observed);
  expect(asterisk.logins).toBe(2);
});

test('a half-open link is noticed within fifteen seconds', async () => {
  const { asterisk, observed, clock } = await start();
  await observed.told('linked');
  asterisk.answer('ping', () => []);
  clock.pass(10_000);
  await until(() => asterisk.of('ping').length === 1);
  clock.pass(5_000);
  expect((await observed.told('unlinked')).why).toContain('ping');
});

test('a link that answers its pings is left alone', async () => {
  const { asterisk, observed, clock } = await start();
  await observed.told('linked');
  for (const count of [1, 2, 3]) {
    clock.pass(10_000);
    await until(() => asterisk.of('ping').length === count);
    await observed.pbx.sendToHold(uniqueid);
  }
  expect(observed.of('unlinked')).toEqual([]);
});

test('an action that nobody answers ends at its deadline', async () => {
  const { asterisk, observed, pbx, clock } = await start({ redirect: () => [] });
  await observed.told('linked');
  const moved = pbx.sendToHold(uniqueid);
  await until(() => asterisk.of('redirect').length === 1);
  clock.pass(5_000);
  expect(await moved).toMatchObject({ ok: false, problem: 'unlinked', cause: 'no answer within 5000 ms' });
});

test('actions in flight fail when the link is lost, and later ones until it is back', async () => {
  const { asterisk, observed, pbx } = await start({ redirect: () => [] });
  await observed.told('linked');
  const moved = pbx.sendToHold(uniqueid);
  await until(() => asterisk.of('redirect').length === 1);
  asterisk.hangUp();
  expect(await moved).toMatchObject({ ok: false, problem: 'unlinked' });
  expect(await pbx.sendToHold(uniqueid)).toMatchObject({ ok: false, problem: 'unlinked' });
  expect(await pbx.locate(uniqueid)).toMatchObject({ kind: 'unknown' });
  expect(await pbx.beat()).toBe(false);
});

test('a refused login is told loud, once, and tried again until somebody mends manager.conf', async () => {
  const accepted: Answerer = (action) => [['Response: Success', `ActionID: ${action['actionid']}`], BOOTED];
  const { asterisk, observed, clock, lines } = await start({
    login: (action) => [refusal(action, 'Authentication failed')],
  });
  expect((await observed.told('unlinked')).why).toBe('login refused as movidesk');
  const tried = (isSo: () => boolean) =>
    until(() => {
      clock.skipPause();
      return isSo();
    });
  await tried(() => asterisk.logins >= 3);
  asterisk.answer('login', accepted);
  await tried(() => observed.of('linked').length === 1);
  const loud = lines.filter(({ level }) => level === 'error');
  expect(loud).toHaveLength(1);
  expect(loud[0]?.facts).toMatchObject({ code: 'AMI_LOGIN_REFUSED', username: 'movidesk' });
  expect(JSON.stringify(lines)).not.toContain('sesame');
});

test('a PBX that goes down lets nobody in, and nobody is told to look at manager.conf', async () => {
  const { observed, lines } = await start({
    login: (action) => [refusal(action, 'Asterisk is shutting down')],
  });
  expect((await observed.told('unlinked')).why).toBe('Asterisk is shutting down');
  expect(lines.filter(({ level }) => level === 'error')).toEqual([]);
  expect(lines.find(({ level }) => level === 'warn')?.facts).toMatchObject({ code: 'AMI_UNREACHABLE' });
});

test('a PBX that is still booting is not asked before it says it is ready', async () => {
  const { asterisk, observed, clock } = await start({
    login: (action) => [['Response: Success', `ActionID: ${action['actionid']}`]],
  });
  await loggedIn(asterisk, observed);
  clock.pass(30_000);
  expect(asterisk.of('status')).toEqual([]);
  asterisk.sendPackets(BOOTED);
  await observed.told('linked');
  expect(observed.events.map(({ kind }) => kind)).toEqual(['device-changed', 'linked']);
});

test('a PBX that never says it is ready is left, and the log says what may be wrong', async () => {
  const { asterisk, observed, clock, lines } = await start({
    login: (action) => [['Response: Success', `ActionID: ${action['actionid']}`]],
  });
  await loggedIn(asterisk, observed);
  clock.pass(60_000);
  expect((await observed.told('unlinked')).why).toContain('read=system');
  expect(lines[0]?.facts).toMatchObject({ code: 'AMI_NOT_BOOTED' });
});

test('fifty megabytes without a line end cost the link, not the memory', async () => {
  const { asterisk, observed, clock } = await start();
  await observed.told('linked');
  const before = process.memoryUsage().rss;
  asterisk.send(Buffer.alloc(50_000_000, 'x'));
  expect((await observed.told('unlinked')).why).toContain('endless line');
  expect(observed.pbx.malformedCount).toBe(1);
  await back(clock, observed);
  // The sender's own fifty are in this process, too.
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000);
});

test('the same events come in the same order, wherever the network cuts them', async () => {
  const { asterisk, observed } = await start();
  await observed.told('linked');
  const packets = [
    entered(),
    deviceChanged('PJSIP/1001', 'INUSE'),
    hangup(),
    deviceChanged('PJSIP/1002', 'BUSY'),
  ];
  const bytes = Buffer.from(packets.map((lines) => `${lines.join('\r\n')}\r\n\r\n`).join(''));
  const kinds = ['caller-entered', 'device-changed', 'hung-up', 'device-changed'];
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat(bytes.length), { maxLength: 40 }), async (cuts) => {
      const told = observed.events.length;
      const places = [...new Set([0, ...cuts, bytes.length])].toSorted((a, b) => a - b);
      for (const [index, place] of places.entries()) {
        asterisk.send(bytes.subarray(place, places[index + 1] ?? place));
        await new Promise(setImmediate);
      }
      await observed.until(() => observed.events.length >= told + kinds.length);
      expect(observed.events.slice(told).map(({ kind }) => kind)).toEqual(kinds);
      expect(observed.events.slice(told)[0]).toMatchObject({ caller: { number: '5511987654321' } });
    }),
    { numRuns: 60 },
  );
});

test('close ends the connection, and nothing is told any more', async () => {
  const { asterisk, observed, pbx } = await start();
  await observed.told('linked');
  await pbx.close();
  await pbx.close();
  await until(() => asterisk.sending.destroyed);
  expect(observed.events.map(({ kind }) => kind)).toEqual(['linked']);
});

test('a PBX that is not there is told once and waited for', async () => {
  const asterisk = await ScriptedPbx.listen();
  const { port } = asterisk;
  await asterisk.close();
  const lines: LogLine[] = [];
  const observed = new Observed(optionsFor(port, lines));
  closers.push(() => observed.pbx.close());
  await observed.told('unlinked');
  expect(lines[0]?.facts).toMatchObject({ code: 'AMI_UNREACHABLE', host: '127.0.0.1' });
  await new Promise((resolve) => process.nextTick(resolve));
  expect(observed.events).toHaveLength(1);
});
