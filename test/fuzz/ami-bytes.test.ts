import { afterAll, beforeAll, expect, test } from 'vitest';
import { dial, entered, hangup } from '../adapters/asterisk/packets.ts';
import { bytesOf } from './ami/attacker.ts';
import { Listening } from './ami/listening.ts';
import { mutated, mutation } from './ami/mutations.ts';
import { type Recorded, recordedPackets } from './ami/recorded.ts';
import { nothingIsPrinted } from './ami/silence.ts';
import { breachesOf } from './ami/verdict.ts';
import { property } from './campaign.ts';

let sessions: readonly (readonly Recorded[])[];
let listening: Listening;

beforeAll(async () => {
  sessions = await recordedPackets();
  listening = await Listening.start();
});
afterAll(() => listening.close());
nothingIsPrinted();

property(
  'whatever befalls some packets, the others are told as if nothing had happened, and all are counted',
  {
    runs: 1_500,
    of: mutation,
    check: async (values) => {
      const pieces = mutated(sessions, values);
      const heard = await listening.hear(
        ...cutAt(Buffer.concat(pieces.map(({ bytes }) => bytes)), values.cuts),
      );
      expect(breachesOf(pieces, heard)).toEqual([]);
    },
  },
);

test('cut in two at any byte, a session tells the same', async () => {
  // With letters of two bytes in the names.
  const bytes = Buffer.from(bytesOf([entered(), dial('DialEnd', {}, 'DialStatus: ANSWER'), hangup()]));
  const told = (await listening.hear(bytes)).events;
  expect(told.map(({ kind }) => kind)).toEqual(['caller-entered', 'answered', 'hung-up']);
  for (let at = 1; at < bytes.length; at += 1) {
    const { events } = await listening.hear(bytes.subarray(0, at), bytes.subarray(at));
    expect(events, `cut at ${at}`).toEqual(told);
  }
});

function cutAt(bytes: Buffer, cuts: readonly number[]): Buffer[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  return places.slice(1).map((end, index) => bytes.subarray(places[index], end));
}
