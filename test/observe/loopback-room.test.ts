import { expect, test } from 'vitest';
import { healthRoom } from '../../src/observe/http/health-room.ts';
import { loopbackRoom } from '../../src/observe/http/loopback-room.ts';
import { RawClient } from './raw-client.ts';
import { serving } from './serving.ts';

/** The first line of the answer to somebody who calls us so. */
async function answerTo(host: string): Promise<string> {
  await using place = await serving({ rooms: [loopbackRoom(healthRoom)] });
  using client = await RawClient.connect(place.url);
  client.says(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  return (await client.sentAway()).split('\r\n')[0] ?? '';
}

test.each(['127.0.0.1', '127.0.0.1:9095', '[::1]:9095', 'localhost', 'localhost:9095', 'pbx:9095', ''])(
  'whoever is on this machine and asks for "%s" is answered',
  async (host) => {
    expect(await answerTo(host)).toBe('HTTP/1.1 200 OK');
  },
);

test.each(['evil.example.com', 'evil.example.com:9095', '127.0.0.1.evil.com', 'localhost.', 'evil.com.'])(
  'a web page that lets its name %s point to us reads nothing',
  async (host) => {
    expect(await answerTo(host)).toBe('HTTP/1.1 421 Misdirected Request');
  },
);
