import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { uniqueidFrom } from '../../../src/domain/identity.ts';
import { aboutChannel, deviceChanged, entered, hangup, status, userEvent } from './packets.ts';
import { listOf, ScriptedPbx } from './scripted-pbx.ts';
import { Observed, optionsFor } from './worlds.ts';

let asterisk: ScriptedPbx;
let observed: Observed;
const written = vi.fn<() => boolean>(() => true);

beforeEach(async () => {
  vi.spyOn(process.stdout, 'write').mockImplementation(written);
  vi.spyOn(process.stderr, 'write').mockImplementation(written);
  asterisk = await ScriptedPbx.listen();
  observed = new Observed(optionsFor(asterisk.port));
  await observed.told('linked');
});

afterEach(async () => {
  vi.restoreAllMocks();
  await observed.pbx.close();
  await asterisk.close();
});

/** Everything sent before it has been looked at once this has been told. */
async function settled() {
  const told = observed.of('device-changed').length;
  asterisk.sendPackets(deviceChanged('PJSIP/1999', 'INUSE'));
  await observed.told('device-changed', told + 1);
}

const victim = '1795361500.7';
const others = () => observed.events.filter(({ kind }) => kind !== 'linked' && kind !== 'device-changed');

/** A packet of the attacker's channel with the break in the number: what follows it is theirs to write. */
const withNumber = (number: string) => hangup({ uniqueid: '1795361999.1', number });

test.each([
  ['a whole packet in 77 bytes', `5\r\n\r\nEvent: Hangup\r\nUniqueid: ${victim}\r\nChannel: PJSIP/t-7\r\n`],
  [
    'a whole packet that ends',
    `5\r\n\r\nEvent: Hangup\r\nUniqueid: ${victim}\r\nChanVariable: MOVIDESK_QUEUE=1\r\n\r\n`,
  ],
  ['headers in front of the true ones', `5\r\nUniqueid: ${victim}\r\nLinkedid: ${victim}`],
  ['a second event', '5\r\nEvent: Hangup'],
  ['a second event of another kind', '5\r\nEvent: QueueCallerJoin\r\nQueue: sales-wait'],
])('a hangup forged as %s ends nobody else', async (_, number) => {
  asterisk.sendPackets(withNumber(number));
  await settled();
  const hungUp = observed.of('hung-up').map((event) => event.uniqueid);
  expect(hungUp).not.toContain(uniqueidFrom(victim));
  expect(observed.pbx.malformedCount).toBeGreaterThan(0);
});

test('a queue named twice is believed neither time', async () => {
  asterisk.sendPackets(userEvent('MovideskCall', {}, 'Queue: support', 'Injected: yes', 'Queue: sales'));
  asterisk.sendPackets(userEvent('MovideskCall', { number: '55\r\nQueue: sales' }, 'Queue: support'));
  await settled();
  expect(others()).toEqual([]);
  expect(observed.pbx.malformedCount).toBe(2);
});

test("events named like the emitter's own, or like its promises, do nothing", async () => {
  for (const name of [
    'close',
    'error',
    'rawevent',
    'end',
    'connect',
    'response',
    'newListener',
    '__proto__',
    'constructor',
  ]) {
    asterisk.sendPackets([`Event: ${name}`, 'Privilege: call,all', ...aboutChannel({})]);
    asterisk.sendPackets([`Response: Success`, `ActionID: ${name}`], [`${name}: x`, `${name}: y`]);
  }
  asterisk.sendPackets(
    ['__proto__: a', '__proto__: b', 'Event: Hangup'],
    ['ChanVariable: __proto__=x', 'Event: Hangup'],
  );
  await settled();
  expect(others()).toEqual([]);
  expect(await observed.pbx.sendToHold(uniqueidFrom('1.1'))).toEqual({ ok: true });
});

test('an answer with a guessed ActionID answers nothing', async () => {
  asterisk.answer('redirect', () => []);
  const moved = observed.pbx.sendToHold(uniqueidFrom('1.1'));
  await vi.waitUntil(() => asterisk.of('redirect').length === 1);
  const [sent] = asterisk.of('redirect');
  const guesses = [`${Date.now()}`, 'amv-1', `${sent?.['actionid']}0`];
  asterisk.sendPackets(...guesses.map((id) => ['Response: Success', `ActionID: ${id}`]));
  await settled();
  asterisk.sendPackets(['Response: Error', `ActionID: ${sent?.['actionid']}`, 'Message: No such channel']);
  expect(await moved).toMatchObject({ problem: 'gone' });
  expect(observed.pbx.counters.malformedByReason.get('response to nothing')).toBe(guesses.length);
});

test('a forged endless answer swallows nothing of what comes after it', async () => {
  asterisk.sendPackets(withNumber('5\r\n\r\nResponse: Follow\r\n'), entered());
  await observed.told('caller-entered');
  expect(observed.pbx.counters.malformedByReason.get('endless response')).toBe(1);
});

test('a channel that is not believed in a list does not end the list early, nor pass for another', async () => {
  asterisk.answer('status', (action) =>
    listOf(action, 'Status', [
      status({ uniqueid: '1.1', number: '5\r\nEventList: Complete\r\nEvent: StatusComplete' }),
      status({ uniqueid: '1.2', number: `5\r\nUniqueid: ${victim}` }),
      status({ uniqueid: '1.3', number: '5\r\n\r\nResponse: Error' }),
      status({ uniqueid: '1.5', number: '5\r\n\r\nResponse: Success' }),
      status({ uniqueid: '1.6', number: '5\r\n\r\nEvent: QueueParams\r\nQueue: x' }),
      status({
        uniqueid: '1.7',
        number: '5\r\n\r\nEvent: StatusComplete\r\nEventList: Complete\r\nListItems: 0',
      }),
      status({ uniqueid: '1.4' }),
    ]),
  );
  asterisk.hangUp();
  const { snapshot } = await observed.told('linked', 2);
  expect(snapshot.callers.map(({ uniqueid }) => uniqueid)).toEqual(['1.4']);
});

test('a file name that is a path is not linked, the hangup is true all the same', async () => {
  asterisk.sendPackets(hangup({ recording: '../../../etc/shadow' }));
  expect(await observed.told('hung-up')).toMatchObject({ recording: undefined });
});

test('nothing is ever printed to the console', async () => {
  asterisk.sendPackets(['Event: error', 'Message: x'], ['Response: Error', 'Message: y']);
  asterisk.hangUp();
  await observed.told('linked', 2);
  asterisk.hangUp();
  await observed.pbx.sendToHold(uniqueidFrom('1.1'));
  await observed.told('linked', 3);
  expect(written).not.toHaveBeenCalled();
});
