import { expect, test } from 'vitest';
import { whyRefused } from '../../../src/adapters/asterisk/hostile.ts';
import { callersOf } from '../../../src/adapters/asterisk/snapshot.ts';
import { translate } from '../../../src/adapters/asterisk/translate.ts';
import { translateLinkedCall } from '../../../src/adapters/asterisk/translate-linked-call.ts';
import { FOLDER, HOSTILE, LINKED_CALLS, OPTIONS, packetsOf, recordings } from './recordings.ts';
import { optionsFor } from './worlds.ts';

test.each(recordings.filter((name) => name !== HOSTILE))(
  'no true packet of %s is refused',
  async (recording) => {
    const packets = await packetsOf(recording);
    // A call that Asterisk places by itself (a transfer by keys) is of no channel, and none of ours.
    const events = packets.filter(
      (packet) =>
        packet['event'] !== undefined && (packet['event'] !== 'DialEnd' || packet['channel'] !== undefined),
    );
    expect(events.length).toBeGreaterThan(2);
    expect(events.flatMap((packet) => whyRefused(packet) ?? [])).toEqual([]);
  },
);

test.each(recordings)('what %s tells has not changed', async (recording) => {
  const lines = (await packetsOf(recording)).flatMap((packet) =>
    [translate(packet, OPTIONS), translateLinkedCall(packet, LINKED_CALLS)].flatMap((translated) => {
      if (translated.kind === 'ignored') return [];
      return [translated.kind === 'event' ? readable(translated.event) : `malformed: ${translated.why}`];
    }),
  );
  const golden = new URL(recording.replace(/\.ami$/, '.events.txt'), FOLDER);
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(golden.pathname);
});

test('the recorded lists yield the four callers in their four places', async () => {
  const packets = await packetsOf('17-core-show-channels.fresh.ami');
  const { dialplan } = optionsFor(0);
  const callers = callersOf(
    {
      waiting: packets.filter((packet) => packet['event'] === 'QueueEntry'),
      channels: packets.filter((packet) => packet['event'] === 'Status'),
    },
    { dialplan, asteriskQueues: new Set(['support']) },
  );
  expect(callers.map(({ number, place, via }) => [number, place, via.entry])).toEqual([
    ['5511911110004', { at: 'hold' }, 'asterisk-queue'],
    ['5511987654321', { at: 'agent', extension: '1001', bridged: true }, 'dialplan'],
    ['5511911110002', { at: 'agent', extension: '1002', bridged: false }, 'dialplan'],
    ['5511911110003', { at: 'hold' }, 'dialplan'],
  ]);
});

/** `kind field=value …`, one event a line, so that a change reads as one. */
function readable(event: object): string {
  const { kind, ...rest } = event as { kind: string };
  const flat = (value: unknown): string =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .filter(([, inner]) => inner !== undefined)
          .map(([name, inner]) => (typeof inner === 'object' ? flat(inner) : `${name}=${inner}`))
          .join(' ')
      : String(value);
  return `${kind} ${flat(rest)}`.trimEnd();
}
