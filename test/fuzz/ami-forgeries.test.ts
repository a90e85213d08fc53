import fc from 'fast-check';
import { afterAll, beforeAll, expect } from 'vitest';
import { uniqueidFrom } from '../../src/domain/identity.ts';
import type { PbxEvent, SnapshotCaller } from '../../src/ports/pbx.ts';
import { queueEntry, status } from '../adapters/asterisk/packets.ts';
import { type Action, BOOTED, refusal } from '../adapters/asterisk/scripted-pbx.ts';
import { ATTACKER, bytesOf, number as numberText, ownPacket, VICTIMS, written } from './ami/attacker.ts';
import { ASTERISK_QUEUE, Listening } from './ami/listening.ts';
import { nothingIsPrinted } from './ami/silence.ts';
import { property } from './campaign.ts';

let listening: Listening;
beforeAll(async () => {
  listening = await Listening.start();
});
afterAll(() => listening.close());
nothingIsPrinted();

const ownPackets = fc.array(ownPacket, { minLength: 1, maxLength: 3 });

property('whatever a caller writes into their number, nothing is told of anybody else', {
  runs: 1_500,
  of: ownPackets,
  check: async (packets) => {
    const heard = await listening.hear(bytesOf(packets));
    expect(heard.isDropped).toBe(false);
    expect(heard.events.filter((event) => subjectOf(event) !== ATTACKER)).toEqual([]);
  },
});

property('whatever a caller writes, an action is answered by the PBX alone', {
  runs: 300,
  of: ownPackets,
  check: async (packets) => {
    listening.asterisk.answer('redirect', (action) => [
      ...packets,
      refusal(action, 'Channel does not exist: x'),
    ]);
    const moved = listening.observed.pbx.sendToHold(uniqueidFrom(VICTIMS[0] ?? ''));
    const heard = await listening.hear();
    expect(await moved).toMatchObject({ ok: false, problem: 'gone' });
    expect(heard.events.filter((event) => subjectOf(event) !== ATTACKER)).toEqual([]);
  },
});

property('whatever a caller writes, the PBX is up when it says so itself, and since when', {
  runs: 100,
  of: ownPackets,
  check: async (packets) => {
    listening.asterisk.answer('login', (action) => [accepted(action), ...packets, BOOTED]);
    const { snapshot } = await listening.relinked();
    expect(snapshot.pbxStartedAt).toBe(listening.now - 60_000);
  },
});

property('whatever a caller writes, everybody else is listed where they are', {
  runs: 200,
  of: fc.record({
    channels: fc.array(itemOf(status({ uniqueid: ATTACKER })), { maxLength: 3 }),
    entries: fc.array(itemOf(queueEntry(ATTACKER, ASTERISK_QUEUE, 1)), { maxLength: 3 }),
    between: fc.array(ownPacket, { maxLength: 2 }),
    at: fc.nat(5),
  }),
  check: async ({ channels, entries, between, at }) => {
    const { asterisk } = listening;
    asterisk.answer('login', (action) => [accepted(action), BOOTED]);
    asterisk.answer('status', listing('Status', HONEST_CHANNELS.toSpliced(at, 0, ...channels), between));
    asterisk.answer(
      'queuestatus',
      listing('QueueStatus', HONEST_ENTRIES.toSpliced(at, 0, ...entries), between),
    );
    const { snapshot } = await listening.relinked();
    const others = snapshot.callers.filter(({ uniqueid }) => uniqueid !== ATTACKER);
    expect(others.toSorted(byUniqueid)).toEqual(HONEST_CALLERS);
    expect(
      others.filter(({ via }) => via.entry === 'asterisk-queue').map(({ uniqueid }) => uniqueid),
    ).toEqual(QUEUED);
  },
});

const TALKING = { context: 'movidesk-agent', agent: '1001', bridge: 'b1', application: 'Dial' };
const [talking = '', waiting = '', queued = ''] = VICTIMS;
const QUEUED = [`${queued}1`, queued];
const HONEST_CHANNELS: readonly (readonly string[])[] = [
  status({ uniqueid: talking, ...TALKING }),
  status({ uniqueid: waiting }),
  ...QUEUED.map((uniqueid) =>
    status({ uniqueid, queue: '', application: 'Queue', data: `${ASTERISK_QUEUE},,` }),
  ),
];
const HONEST_ENTRIES: readonly (readonly string[])[] = QUEUED.map((uniqueid, index) =>
  queueEntry(uniqueid, ASTERISK_QUEUE, index + 1),
);

const byUniqueid = (one: SnapshotCaller, other: SnapshotCaller) => (one.uniqueid < other.uniqueid ? -1 : 1);
const dialled = { entry: 'dialplan', queue: 'support' };
const inQueue = { entry: 'asterisk-queue', asteriskQueue: ASTERISK_QUEUE };
const number = '5511987654321';
const HONEST_CALLERS = [
  { uniqueid: talking, number, via: dialled, place: { at: 'agent', extension: '1001', bridged: true } },
  { uniqueid: waiting, number, via: dialled, place: { at: 'hold' } },
  ...QUEUED.map((uniqueid) => ({ uniqueid, number, via: inQueue, place: { at: 'hold' } })),
].toSorted((one, other) => (one.uniqueid < other.uniqueid ? -1 : 1));

const accepted = (action: Action) => ['Response: Success', `ActionID: ${action['actionid']}`];

/** As Asterisk sends a list, with other packets in the midst of it. */
function listing(
  action: string,
  items: readonly (readonly string[])[],
  between: readonly (readonly string[])[],
) {
  return ({ actionid }: Action) => {
    const id = `ActionID: ${actionid}`;
    const middle = Math.floor(items.length / 2);
    return [
      ['Response: Success', id, 'EventList: start', 'Message: Channel status will follow'],
      ...items.map((item) => [...item, id]).toSpliced(middle, 0, ...between.map((packet) => [...packet])),
      [`Event: ${action}Complete`, id, 'EventList: Complete', `ListItems: ${items.length}`],
    ];
  };
}

/** The attacker's own item of a list. */
function itemOf(item: readonly string[]): fc.Arbitrary<readonly string[]> {
  return numberText.map((text) => written(item, (place) => (place === 'CallerIDNum' ? text : undefined)));
}

function subjectOf(event: PbxEvent): string {
  if (event.kind === 'caller-entered') return event.caller.uniqueid;
  return 'uniqueid' in event ? event.uniqueid : event.kind;
}
