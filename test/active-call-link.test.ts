import { expect, test } from 'vitest';
import { activeCallRooms } from '../src/active-call-link.ts';
import { configOf, fileWith, load } from './config/config-builder.ts';
import { FakePbx } from './fakes/fake-pbx.ts';
import { ManualClock } from './fakes/manual-clock.ts';
import { MemoryLog } from './fakes/memory-log.ts';
import { RawClient } from './observe/raw-client.ts';
import { serving } from './observe/serving.ts';

const ENABLED = { enabled: true, extensions: ['1001'], dialContext: 'from-internal' };
const TOKEN = 'a-token-of-twenty-letters';

/** The first line of the answer to whoever calls us so. */
async function answerTo(host: string, activeCall: object): Promise<string> {
  const config = configOf(load({ yaml: fileWith({ activeCall: { ...ENABLED, ...activeCall } }) }));
  const parts = { pbx: new FakePbx(new ManualClock()), daemon: () => undefined, log: new MemoryLog() };
  await using place = await serving({ rooms: activeCallRooms(config, parts) });
  using client = await RawClient.connect(place.url);
  const line = `GET /movidesk/call?source=1001&destination=190&token=${TOKEN} HTTP/1.1`;
  client.says(`${line}\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return (await client.sentAway()).split('\r\n')[0] ?? '';
}

// The daemon is yet to start: 503 is the answer to whoever was let in.
test.each([
  ['evil.example.com', { auth: 'none' }, 421],
  ['127.0.0.1:9095', { auth: 'none' }, 503],
  ['pbx.example.com', { token: TOKEN }, 503],
])('%s with %j is answered with %i', async (host, activeCall, status) => {
  expect(await answerTo(host, activeCall)).toContain(` ${status} `);
});
