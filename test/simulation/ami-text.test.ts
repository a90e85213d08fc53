import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { withoutUnread } from '../../src/adapters/asterisk/unread-events.ts';
import { FOLDER, packetsOf, recordings } from '../adapters/asterisk/recordings.ts';
import { packetsIn } from './ami-text.ts';

test.each(recordings)('the simulated wire makes of %s what the library makes of it', async (recording) => {
  const packets = packetsIn(withoutUnread(readFileSync(new URL(recording, FOLDER), 'utf8')).text).filter(
    isRead,
  );
  expect(packets).toEqual((await packetsOf(recording)).filter(isRead));
  expect(packets.length).toBeGreaterThan(3);
});

/** What stands between whole packets (stray line breaks, the greeting) is nobody's. */
const isRead = (packet: object): boolean => 'event' in packet || 'response' in packet;
