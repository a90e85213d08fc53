import { expect, test } from 'vitest';
import { header, headers } from './lab/manager-client.ts';
import { usePbx } from './lab/scene.ts';
import { StrictManager } from './lab/strict-manager.ts';
import { waitFor } from './lab/wait-for.ts';

const pbx = usePbx();

/** As it stands in the user part of From: line breaks, and a packet that ends somebody else's call. */
const forgedHangup = (uniqueid: string): string =>
  encodeURIComponent(['5', `Uniqueid: ${uniqueid}`, 'ChanVariable: MOVIDESK_QUEUE=a', '', 'X'].join('\r\n'));

test('a caller who forges the end of another call through an unguarded number changes nothing for it', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const victim = await scene.lab.caller('support', { number: '5511987650061' });
  const talk = await scene.talk(victim, phone);
  // A second connection of the same manager user sees what the daemon sees.
  const wire = await StrictManager.watch(scene.lab);
  const attacker = await scene.lab.rawCaller('raw', forgedHangup(victim.uniqueid));
  await attacker.hangUp();
  await wire.hungUp(victim);
  wire.close();
  // Whoever comes later is heard later: by then the forged packet has been read.
  const later = await scene.lab.caller('q_sales', { number: '5511987650062' });
  await scene.waiting(scene.callId(later));
  expect(scene.call(scene.callId(victim))?.phase).toBe('talking');
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  await phone.hangUp(talk);
  const call = await scene.ended(scene.callId(victim));
  expect(call.ending).toBe('completed');
  expect(call.endDate).toBeGreaterThanOrEqual(from);
});

test('a caller who does it on the way into the queue is one caller with a number of digits', async () => {
  const scene = await pbx.open();
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  scene.movidesk.setOnPhone('1002', false);
  const victim = await scene.lab.caller('support', { number: '5511987650063' });
  const talk = await scene.talk(victim, phone);
  const attacker = await scene.lab.rawCaller('support', forgedHangup(victim.uniqueid));
  const calls = () => scene.movidesk.calls();
  await waitFor('the attacker to be in the queue', () => calls().length === 2);
  expect(calls()[1]?.clientNumber).toMatch(/^\d+$/);
  await attacker.hangUp();
  await scene.ended(calls()[1]?.callId ?? '');
  expect(calls().map(({ phase, ending }) => ending ?? phase)).toEqual(['talking', 'canceled']);
  await phone.hangUp(talk);
  expect((await scene.ended(scene.callId(victim))).ending).toBe('completed');
});

/** What a caller may write in the 79 bytes that Asterisk keeps of their number, and of a dialled leg's other end. */
const FORGERIES: readonly (readonly [
  about: string,
  text: (victim: string) => readonly string[],
  lineEnd?: string,
])[] = [
  ['a whole hangup', (victim) => ['', '', 'Event: Hangup', `Uniqueid: ${victim}`, 'Cause: 16', '', '']],
  ['a hangup with our mark', (victim) => ['', `Uniqueid: ${victim}`, 'ChanVariable: MOVIDESK_QUEUE=a']],
  [
    'an offer that failed',
    (victim) => ['', '', 'Event: UserEvent', `Uniqueid: ${victim}`, 'UserEvent: MovideskDial'],
  ],
  [
    'a message left',
    (victim) => ['', '', 'Event: UserEvent', `Uniqueid: ${victim}`, 'UserEvent: MovideskMessage'],
  ],
  [
    'a second entry',
    (victim) => ['', '', 'Event: UserEvent', `Uniqueid: ${victim}`, 'UserEvent: MovideskCall'],
  ],
  [
    'an event of another kind',
    (victim) => ['', 'Event: UserEvent', 'UserEvent: MovideskDial', `Uniqueid: ${victim}`],
  ],
  [
    'a busy phone',
    () => ['', '', 'Event: DeviceStateChange', 'Privilege', 'Device: PJSIP/1003', 'State: BUSY'],
  ],
  ['a boot', () => ['', '', 'Event: FullyBooted', 'Privilege', 'Uptime: 1', 'LastReload', 'Status', '']],
  ['an endless answer', () => ['', '', 'Response: Follow']],
  ['an endless answer that nobody would take for one', () => ['', '', 'Response:\rFollow', '']],
  [
    'a hangup in the fewest bytes',
    () => [
      '',
      '',
      'Event: Hangup',
      'Privilege',
      'Channel',
      'ChannelState',
      'ChannelStateDesc',
      'CallerIDNum',
    ],
    '\n',
  ],
];

test('whatever a caller writes into the packets of their own talk, nobody else’s talk, line or phone changes', async () => {
  const scene = await pbx.open({ serving: ['1001', '1003'] });
  const phone = await scene.lab.phone('1001', { does: 'answer', afterMs: 200 });
  const other = await scene.lab.phone('1003', { does: 'answer', afterMs: 200 });
  await scene.lab.phone('1002', { does: 'answer', afterMs: 20 });
  scene.movidesk.setOnPhone('1003', false);
  const victim = await scene.lab.caller('support', { number: '5511987650064' });
  const talk = await scene.talk(victim, phone);
  const waiting = await scene.lab.caller('support', { number: '5511987650065' });
  await scene.waiting(scene.callId(waiting));
  // A number of the PBX that has nothing to do with us, and at whose calls nobody looks: dials pass every filter of ours.
  await scene.lab.pbx.console('dialplan add extension direct,1,Dial,PJSIP/1002 into from-trunk');
  const wire = await StrictManager.watch(scene.lab);
  for (const [index, [about, text, lineEnd = '\r\n']] of FORGERIES.entries()) {
    const mark = `${70 + index}`;
    const user = encodeURIComponent(`${mark}${text(victim.uniqueid).join(lineEnd)}`);
    const attacker = await scene.lab.rawCaller('direct', user);
    await attacker.hangUp();
    await waitFor(`${about} to be in the stream`, () =>
      wire.client.packets.some((packet) => header(packet, 'CallerIDNum').startsWith(mark)),
    );
  }
  wire.close();
  // Whoever comes later is heard later.
  const later = await scene.lab.caller('q_sales', { number: '5511987650067' });
  await scene.waiting(scene.callId(later));
  await later.hangUp();
  await scene.ended(scene.callId(later));
  expect(scene.call(scene.callId(victim))?.phase).toBe('talking');
  expect(scene.call(scene.callId(waiting))?.phase).toBe('waiting');
  expect(scene.movidesk.calls()).toHaveLength(3);

  // The phone that was said to be busy is free, and the next in line reaches it, asked about when a talk has ended.
  scene.movidesk.setOnPhone('1003', true);
  const from = Math.floor(Date.now() / 1_000) * 1_000;
  await phone.hangUp(talk);
  const next = await scene.talk(waiting, other);
  await other.hangUp(next);
  for (const caller of [victim, waiting]) {
    const call = await scene.ended(scene.callId(caller));
    expect(call.ending).toBe('completed');
    expect(call.endDate).toBeGreaterThanOrEqual(from);
  }
});

// Setvar without a channel sets a global variable: whoever can have it sent can have anything sent.
const setsTaken = (lineEnd: string): string =>
  ['', 'Action: Setvar', 'Variable: TAKEN', 'Value: yes', '', ''].join(lineEnd);
const HOSTILE_ANSWERS = [
  // As it comes from a far side that was taken over: an extension of ours first, the rest of its own choosing.
  JSON.stringify(`1001\r\n${setsTaken('\r\n')}`),
  JSON.stringify({ ramal: `1003\n${setsTaken('\n')}` }),
  `1004${setsTaken('\n')}`,
  // And what must be no extension at all.
  JSON.stringify(`1001,1${setsTaken('\r\n')}`),
  JSON.stringify(`1001\0${setsTaken('\n')}`),
];

test('an answer of Movidesk with line breaks in it reaches no action, and the caller is served all the same', async () => {
  const scene = await pbx.open({ serving: ['1002'] });
  for (const extension of ['1001', '1003', '1004'])
    await scene.lab.phone(extension, { does: 'refuse', status: '486 Busy Here' });
  const phone = await scene.lab.phone('1002', { does: 'answer', afterMs: 200 });
  scene.movidesk.answerNext(1, HOSTILE_ANSWERS);
  const caller = await scene.lab.caller('support', { number: '5511987650066' });
  const talk = await scene.talk(caller, phone, { timeoutMs: 30_000 });
  const answers = scene.movidesk.ledger.map(({ body }) => body);
  expect(answers).toEqual(expect.arrayContaining(HOSTILE_ANSWERS));
  // Every variable that the daemon set, as the PBX saw it.
  const { manager } = scene.lab.pbx;
  const agents = manager.events('VarSet', { Variable: 'MOVIDESK_AGENT', Uniqueid: caller.uniqueid });
  // The dialplan empties it on the way in.
  const offered = agents.flatMap((packet) => headers(packet, 'Value')).filter((value) => value !== '');
  expect(new Set(offered)).toEqual(new Set(['1001', '1003', '1004', '1002']));
  expect(manager.events('VarSet', { Variable: 'TAKEN' })).toEqual([]);
  expect(await manager.getvar('TAKEN')).toBe('');
  await phone.hangUp(talk);
  expect((await scene.ended(scene.callId(caller))).ending).toBe('completed');
});
