import { afterEach, describe, expect, test } from 'vitest';
import type { AmiPbxOptions } from '../../../src/adapters/asterisk/ami-pbx.ts';
import { aboutChannel, deviceChanged, hold, transferredAttended, transferredBlind } from './packets.ts';
import { ScriptedPbx } from './scripted-pbx.ts';
import { Observed, optionsFor } from './worlds.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Lines = readonly string[];

const ON = { linkedCallVariable: 'UDESK_CALL_ID' };
const OFF = {};

/** What is told of these packets, and why some were not believed. */
async function toldOf(packets: readonly Lines[], options: Pick<AmiPbxOptions, 'linkedCallVariable'> = ON) {
  const asterisk = await ScriptedPbx.listen();
  closers.push(() => asterisk.close());
  const observed = new Observed({ ...optionsFor(asterisk.port), ...options });
  closers.push(() => observed.pbx.close());
  await observed.told('linked');
  asterisk.sendPackets(...packets, deviceChanged('PJSIP/1999', 'INUSE'));
  await observed.told('device-changed');
  return {
    deeds: observed.of('linked-call').map(({ did }) => did),
    others: observed.events.filter(({ kind }) => !['linked', 'linked-call', 'device-changed'].includes(kind)),
    malformed: [...observed.pbx.counters.malformedByReason.keys()],
  };
}

const linkedCall = '1a8462d7-00fc-4cc2-4567-038ced6ba580';
const NOBODY = { deeds: [], others: [], malformed: [] };
/** An agent's channel and what it is connected to; and the caller's, who is none of ours. */
const agent = { name: 'PJSIP/1001-0000002a', uniqueid: '1.2', queue: '', exten: '', linkedCall };
const caller = { name: 'PJSIP/trunk-00000029', uniqueid: '1.1', queue: '', linkedCall };
const transfer = { agent, caller };
const own = { ...agent, name: 'PJSIP/1001-0000002b', uniqueid: '1.3', exten: '1002', linkedCall: '' };
const target = { name: 'PJSIP/1002-0000002c', uniqueid: '1.4', queue: '', exten: '', linkedCall: '' };
const sentTo = (to: string) => ({ kind: 'transferred', device: 'PJSIP/1001', linkedCall, to });

test('an agent who holds a call that another system knows, and takes it back, is told by phone and by name', async () => {
  const { deeds, malformed } = await toldOf([hold('Hold', agent), hold('Unhold', agent)]);
  expect(deeds).toEqual([
    { kind: 'held', device: 'PJSIP/1001', linkedCall },
    { kind: 'resumed', device: 'PJSIP/1001', linkedCall },
  ]);
  expect(malformed).toEqual([]);
});

test('nothing is told of a call without a name, nor of what the trunk does, nor when nobody asked', async () => {
  const bySomebodyElse = [hold('Hold', caller), transferredBlind({ agent: caller, caller: agent }, '1002')];
  expect(await toldOf([hold('Hold', { ...agent, linkedCall: '' }), ...bySomebodyElse])).toEqual(NOBODY);
  expect(await toldOf([hold('Hold', agent), transferredBlind(transfer, '1002')], OFF)).toEqual(NOBODY);
});

describe('a call that another system knows is told as transferred', () => {
  test('blind, to the extension that the agent dialled', async () => {
    expect(await toldOf([transferredBlind(transfer, '1002')])).toEqual({
      ...NOBODY,
      deeds: [sentTo('1002')],
    });
  });

  test('where only the caller’s channel carries the name', async () => {
    const packet = transferredBlind({ agent: { ...agent, linkedCall: '' }, caller }, '91133334444');
    expect((await toldOf([packet])).deeds).toEqual([sentTo('91133334444')]);
  });

  test.each([
    ['the call of the agent’s own that reached them', { own, target }, '1002', 'Bridge'],
    ['the same, while it still rings', { own }, '1002', 'App'],
    [
      'the Local channel that the keys made',
      { target: { ...target, name: 'Local/1002@from-agents-00000001;1', exten: '1002' } },
      '1002',
      'Bridge',
    ],
    [
      'the number that was reached, once the Local channel is no more',
      { agent: { ...agent, connected: '1002' } },
      '1002',
      'Bridge',
    ],
    [
      'the number that was reached, where the dialplan dials from an `s`',
      { own: { ...own, exten: 's', connected: '1002' }, target },
      '1002',
      'Bridge',
    ],
    [
      'the number of the colleague who had called the agent',
      { own: { ...own, exten: '', connected: '1002' }, target: { ...target, exten: '1001' } },
      '1002',
      'Bridge',
    ],
    ['nothing, where the packet does not say', {}, '', 'Bridge'],
  ])('attended, to %s', async (_, parts, to, destType) => {
    const packet = transferredAttended({ ...transfer, ...parts }, destType);
    expect(await toldOf([packet])).toEqual({ ...NOBODY, deeds: [sentTo(to)] });
  });

  test('not to the customer whom the agent had called, and now hands over by keys', async () => {
    const dialledOut = { ...agent, exten: '91133334444', connected: '1002' };
    const packet = transferredAttended({ agent: dialledOut, caller }, 'Bridge');
    expect((await toldOf([packet])).deeds).toEqual([sentTo('1002')]);
  });

  test('besides what became of it as a call of ours', async () => {
    const ours = { agent, caller: { ...caller, queue: 'support' } };
    const { deeds, others } = await toldOf([
      transferredBlind(ours, '1002'),
      transferredAttended({ ...ours, own, target }, 'Bridge'),
    ]);
    expect(deeds).toEqual([sentTo('1002'), sentTo('1002')]);
    expect(others).toEqual([
      { kind: 'transferred', uniqueid: '1.1', how: 'blind', to: '1002' },
      { kind: 'transferred', uniqueid: '1.1', how: 'attended', to: 'PJSIP/1002-0000002c' },
    ]);
  });
});

test('a transfer that failed, or in which the agent stays, or of several at once, sends nobody away', async () => {
  const blind = transferredBlind(transfer, '1002');
  const packets = [
    blind.map((line) => (line.startsWith('Result') ? 'Result: Fail' : line)),
    transferredAttended({ ...transfer, own, target }, 'Threeway'),
    blind.filter((line) => !line.startsWith('Transferee')),
  ];
  expect(await toldOf(packets)).toEqual(NOBODY);
});

test.each(['a b', 'x'.repeat(65), '../1', 'a;b', 'ação', '"1"'])('%j is no name of a call', async (name) => {
  const named = { ...agent, linkedCall: name };
  const { deeds, malformed } = await toldOf([
    hold('Hold', named),
    transferredBlind({ ...transfer, agent: named }, '1'),
  ]);
  expect(deeds).toEqual([]);
  expect(malformed).toEqual(['linked call malformed']);
});

test('a transfer of our own caller is told though the name of the call is none', async () => {
  const ours = { agent: { ...agent, linkedCall: 'a b' }, caller: { ...caller, queue: 'support' } };
  const { deeds, others, malformed } = await toldOf([transferredBlind(ours, '1002')]);
  expect([deeds, malformed]).toEqual([[], ['linked call malformed']]);
  expect(others).toMatchObject([{ kind: 'transferred', uniqueid: '1.1' }]);
});

describe('a caller who writes line breaks into their number', () => {
  const forged = (prefix = '') => `5\r\n${prefix}ChanVariable: UDESK_CALL_ID=victim`;
  const unlisted = { linkedCall: undefined };
  const unnamed = { linkedCall: '' };

  test.each([
    ['where the variable is listed', unnamed, []],
    ['where `channelvars` lacks it', unlisted, ['linked call misplaced']],
    ['in front of the true one', {}, ['linked call misplaced']],
  ])('does not put somebody else’s call on hold, %s', async (_, channel, malformed) => {
    const packet = hold('Hold', { ...agent, ...channel, connected: forged() });
    expect(await toldOf([packet])).toEqual({ ...NOBODY, malformed });
  });

  test.each(['Channel: PJSIP/1002-0000002a', 'Uniqueid: 1.9', '\r\nEvent: Hold', 'Event: Unhold'])(
    'does not pass for another agent by %j',
    async (line) => {
      const { deeds, malformed } = await toldOf([hold('Hold', { ...agent, connected: `5\r\n${line}` })]);
      expect(deeds).toEqual([]);
      expect(malformed).toHaveLength(1);
    },
  );

  test.each([
    ['in the place of the agent', 'Transferer', unlisted, unlisted],
    ['in the place of the caller', 'Transferee', unlisted, unlisted],
    ['in the place of the agent', 'Transferer', unnamed, unnamed],
    ['in the place of the caller', 'Transferee', unnamed, unnamed],
  ])('does not send somebody else’s call away, %s', async (_, prefix, ofAgent, ofCaller) => {
    const number = forged(prefix);
    const both = {
      agent: { ...agent, ...ofAgent, connected: number },
      caller: { ...caller, ...ofCaller, number },
    };
    const packets = [
      transferredBlind(both, '1002'),
      transferredBlind({ ...both, agent: { ...agent, ...ofAgent } }, '1002'),
      transferredBlind({ ...both, caller: { ...caller, ...ofCaller } }, '1002'),
    ];
    const { deeds, malformed } = await toldOf(packets);
    expect(deeds).toEqual([]);
    expect(malformed).toEqual(['linked call not once']);
  });

  test.each([
    ['each in its place', forged('OrigTransferer'), forged('Transferee'), '1002'],
    ['both in the caller’s', '5', `${forged('OrigTransferer')}${forged('Transferee').slice(1)}`, '1002'],
    ['one in the place of a third', forged('OrigTransferer'), '5', forged('Transferee')],
  ])(
    'nor by a line for each of the two, %s, where `channelvars` lacks the variable',
    async (_, ...numbers) => {
      const [connected, number, third] = numbers;
      const parts = {
        agent: { ...agent, ...unlisted, connected },
        caller: { ...caller, ...unlisted, number },
        own: { ...own, ...unlisted },
        target: { ...target, ...unlisted, number: third },
      };
      expect(await toldOf([transferredAttended(parts, 'Bridge')])).toEqual({
        ...NOBODY,
        malformed: ['linked call misplaced'],
      });
    },
  );

  test.each([
    'Extension: 666',
    'TransfereeChannel: PJSIP/x-1',
    'TransfererChannel: PJSIP/1002-1',
    'Result: Success',
  ])('does not say by %j where their call went, nor who sent it', async (line) => {
    const both = { agent, caller: { ...caller, number: `5\r\n${line}` } };
    const { deeds, malformed } = await toldOf([transferredBlind(both, '1002')]);
    expect(deeds).toEqual([]);
    expect(malformed).toHaveLength(1);
  });

  test.each(['SecondTransfererExten: 666', 'TransferTargetChannel: Local/6', 'SecondTransfererUniqueid: 1'])(
    'nor by %j whom the agent had asked',
    async (line) => {
      const both = { agent: { ...agent, connected: `5\r\n${line}` }, caller, own, target };
      const { deeds, malformed } = await toldOf([transferredAttended(both, 'Bridge')]);
      expect(deeds).toEqual([]);
      expect(malformed).toHaveLength(1);
    },
  );

  test('cannot cut the packet short', async () => {
    const cut = { agent: { ...agent, connected: '5\r\n\r\n' }, caller: { ...caller, number: '5\r\n\r\n' } };
    const { deeds } = await toldOf([hold('Hold', cut.agent), transferredBlind(cut, '1002')]);
    expect(deeds).toEqual([]);
  });
});

test('a packet like Hold without its class is none of Asterisk’s', async () => {
  const { deeds, malformed } = await toldOf([['Event: Hold', ...aboutChannel(agent)]]);
  expect([deeds, malformed]).toEqual([[], ['privilege missing']]);
});
