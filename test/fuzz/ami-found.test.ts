import { afterAll, beforeAll, expect, test } from 'vitest';
import { requiredOf } from '../../src/adapters/asterisk/packet-shapes.ts';
import { hangup, queueEntry, status } from '../adapters/asterisk/packets.ts';
import { type Action, BOOTED, listOf } from '../adapters/asterisk/scripted-pbx.ts';
import { ATTACKER, bytesOf, MOST_BYTES, VICTIMS, written } from './ami/attacker.ts';
import { ASTERISK_QUEUE, Listening } from './ami/listening.ts';

/** What the fuzzers found, each in its smallest form. */

let listening: Listening;
beforeAll(async () => {
  listening = await Listening.start();
});
afterAll(() => listening.close());

const [victim = ''] = VICTIMS;
const CRLF = '\r\n';

/** The attacker's own packet with these texts in it, none longer than Asterisk keeps. */
function ownHangup(texts: Readonly<Record<string, string>>): string {
  for (const text of Object.values(texts)) expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
  return bytesOf([written(hangup({ uniqueid: ATTACKER, queue: '' }), (place) => texts[place])]);
}

test.each(['\r', '\u2028', '\u2029', ' '])(
  'a forged endless answer with %j in it deafens nobody',
  async (gap) => {
    const heard = await listening.hear(ownHangup({ CallerIDNum: `5\r\n\r\nResponse:${gap}Follow\r\n` }));
    expect(heard.isDropped).toBe(false);
    expect(heard.malformed.get('endless response')).toBe(1);
  },
);

test('an agent’s device cannot be made busy by a caller, in the rest of a packet of their own', async () => {
  const number = '5\r\n\r\nEvent: DeviceStateChange\r\nPrivilege\r\nDevice: PJSIP/1001\r\nState: BUSY';
  const heard = await listening.hear(ownHangup({ CallerIDNum: number }));
  expect(heard.events).toEqual([]);
  expect([...heard.malformed.values()]).toEqual([1]);
});

test('nor in a packet of its own, the last line of which is the true packet’s', async () => {
  const number = '\r\n\r\nEvent: DeviceStateChange\r\nPrivilege\r\nDevice: SIP/1001\r\nState: BUSY\r\n';
  const heard = await listening.hear(ownHangup({ CallerIDNum: number }));
  expect(heard.events).toEqual([]);
  expect([...heard.malformed.values()]).toContain(1);
});

test('two lone line feeds end no packet', async () => {
  const begun = [
    '',
    '',
    'Event: Hangup',
    'Privilege',
    'Channel',
    'ChannelState',
    'ChannelStateDesc',
    'CallerIDNum',
  ];
  const own = written(hangup({ uniqueid: ATTACKER }), (place) =>
    place === 'CallerIDNum' ? begun.join('\n') : undefined,
  );
  const heard = await listening.hear(bytesOf([own]));
  expect(heard).toMatchObject({ counted: 1, events: [{ kind: 'hung-up', uniqueid: ATTACKER }] });
});

test('79 bytes in one place and 79 in another make no packet about somebody else', async () => {
  const begun = [
    '',
    '',
    'Event: UserEvent',
    'Privilege',
    'Channel',
    'ChannelState',
    'ChannelStateDesc',
    'CallerIDNum',
  ];
  const ended = [
    '',
    'Priority',
    `Uniqueid: ${victim}`,
    'Linkedid',
    'UserEvent: MovideskDial',
    'DialStatus: B',
  ];
  const [first, second] = [begun.join('\n'), ended.join('\n')];
  const heard = await listening.hear(
    ownHangup({ CallerIDNum: first, ConnectedLineNum: second, Exten: first }),
  );
  expect(heard.events).toEqual([]);
});

test('a caller in an Asterisk queue does not put somebody who talks on hold', async () => {
  const forged = [
    '',
    '',
    'Event: QueueEntry',
    'Queue',
    'Position',
    'Channel',
    `Uniqueid: ${victim}`,
    'CallerIDNum',
  ];
  const own = written(queueEntry(ATTACKER, ASTERISK_QUEUE, 1), (place) =>
    place === 'CallerIDNum' ? forged.join('\n') : undefined,
  );
  const talking = status({ uniqueid: victim, context: 'movidesk-agent', agent: '1001', bridge: 'b' });
  listening.asterisk.answer('queuestatus', (action) => listOf(action, 'QueueStatus', [own]));
  listening.asterisk.answer('status', (action) => listOf(action, 'Status', [talking]));
  const { snapshot } = await listening.relinked();
  expect(snapshot.callers.map(({ uniqueid, place }) => [uniqueid, place.at])).toEqual([[victim, 'agent']]);
});

test.each(['9', 'x', '99999999999999', '-1'])(
  'a caller does not say that the PBX is up, nor since %s seconds',
  async (uptime) => {
    const number = `\r\n\r\nEvent: FullyBooted\r\nPrivilege\r\nUptime: ${uptime}\r\nLastReload\r\nStatus\r\n`;
    listening.asterisk.answer('login', ({ actionid }: Action) => [
      ['Response: Success', `ActionID: ${actionid}`],
      ownHangup({ CallerIDNum: number }).split(CRLF).slice(0, -2),
      BOOTED,
    ]);
    const { snapshot } = await listening.relinked();
    expect(snapshot.pbxStartedAt).toBe(listening.now - 60_000);
  },
);

test('a megabyte of short lines costs the link, not a minute', async () => {
  const startedAt = performance.now();
  const heard = await listening.hear(`Event: Hangup\r\n${'a\r\n'.repeat(300_000)}`);
  expect(heard.isDropped).toBe(true);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});

test('reasons are few, whatever a caller calls a header', async () => {
  for (let count = 0; count < 20; count += 1) {
    const own = written(status({ uniqueid: ATTACKER }), (place) =>
      place === 'CallerIDNum'
        ? `5\r\n\r\nEvent: StatusComplete\r\nEventList: Complete\r\nListItems: 0\r\nx${count}`
        : undefined,
    );
    listening.asterisk.answer('status', (action) => listOf(action, 'Status', [own]));
    await listening.relinked();
  }
  expect(listening.observed.pbx.counters.malformedByReason.size).toBeLessThan(15);
});

const NUMBER_STANDS_AFTER = ['Privilege', 'Channel', 'ChannelState', 'ChannelStateDesc', 'CallerIDNum'];
const SHORTEST_FIRST = ['', '1', 'BUSY', 'call,all', 'user,all', 'agent,all', 'system,all', 'Fully Booted'];
// Names that mean something have a length of their own.
const SHORTEST_NAMES: Readonly<Record<string, string>> = { Device: 'PJSIP/10', Uniqueid: '1795361570.1' };

/** The fewest bytes in which these headers can be written so that they pass. */
function leastBytes(event: string, headers: readonly string[]): number {
  const lines = headers.map((header) => {
    const shape = requiredOf(event).get(header.toLowerCase());
    const value = SHORTEST_NAMES[header] ?? SHORTEST_FIRST.find((text) => shape?.test(text));
    if (value === undefined) throw new Error(`what does ${header} of ${event} look like?`);
    return value === '' ? header : `${header}: ${value}`;
  });
  return ['', '', `Event: ${event}`, ...lines].join(CRLF).length;
}

// Up to the place where the number stands: what comes after it is the true packet's.
test.each([
  ['Hangup', 101, NUMBER_STANDS_AFTER],
  ['UserEvent', 104, NUMBER_STANDS_AFTER],
  ['DialEnd', 102, NUMBER_STANDS_AFTER],
  ['DialBegin', 104, NUMBER_STANDS_AFTER],
  ['QueueCallerJoin', 111, NUMBER_STANDS_AFTER],
  ['Hold', 99, NUMBER_STANDS_AFTER],
  ['Unhold', 101, NUMBER_STANDS_AFTER],
  ['QueueEntry', 93, ['Queue', 'Position', 'Channel', 'Uniqueid', 'CallerIDNum']],
])('to begin a %s takes %i bytes, more than a caller has', (event, least, headers) => {
  expect(leastBytes(event, headers)).toBe(least);
  expect(least).toBeGreaterThan(MOST_BYTES);
});

// Nothing else may stand there, so it takes its end as well, half of which is the true packet's; all of it, where the
// number is the last that stands there.
test.each([
  ['DeviceStateChange', 82, ['Privilege', 'Device', 'State']],
  ['FullyBooted', 95, ['Privilege', 'Uptime', 'LastReload', 'Status']],
])('a whole %s takes %i bytes, more than a caller has', (event, least, headers) => {
  expect(leastBytes(event, headers) + CRLF.length).toBe(least);
  expect(least - CRLF.length).toBeGreaterThan(MOST_BYTES);
});
