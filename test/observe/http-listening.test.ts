import { expect, test } from 'vitest';
import { authorityOf, ListenFault } from '../../src/observe/http/listen-fault.ts';
import type { Room } from '../../src/observe/http/room.ts';
import { serving, type Wish } from './serving.ts';

test('with port 0 the log says where to look', async () => {
  await using place = await serving();
  expect(place.url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  expect(place.log.lines).toEqual([
    { level: 'info', facts: { url: place.url }, message: 'status page, health and metrics are served' },
  ]);
});

test.each([
  [{ host: '::1', port: 9095 }, '[::1]:9095'],
  [{ host: 'localhost', port: 80 }, 'localhost:80'],
])('%o is written %s in an address', (place, written) => {
  expect(authorityOf(place)).toBe(written);
});

/** Why it could not be started. */
async function refusal(wish: Wish): Promise<ListenFault> {
  const fault = await serving(wish).then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(fault instanceof ListenFault)) throw new Error(`not a ListenFault: ${fault}`);
  return fault;
}

test('a port that another program has is told with who has it and which key to change', async () => {
  await using other = await serving();
  const port = Number(new URL(other.url).port);
  const { code, message, remedy, why } = await refusal({ port });
  expect(code).toBe('HTTP_PORT_TAKEN');
  expect(message).toContain(`127.0.0.1:${port}`);
  expect(remedy).toMatch(/ss -ltnp .*http\.port/);
  expect(why).toContain('EADDRINUSE');
  expect((await fetch(`${other.url}/healthz`)).status).toBe(200);
});

test.each(['192.0.2.1', 'nowhere.invalid'])(
  '%s, which is no address of this machine, is told with its key',
  async (host) => {
    const { code, message, remedy } = await refusal({ host });
    expect(code).toBe('HTTP_HOST_UNKNOWN');
    expect(message).toContain(host);
    expect(remedy).toContain('http.host');
  },
);

test.each([
  ['EACCES', 'HTTP_PORT_FORBIDDEN', 'above 1023'],
  ['EAFNOSUPPORT', 'HTTP_HOST_UNKNOWN', 'http.host'],
  ['ENOBUFS', 'HTTP_UNUSABLE', 'http.host and http.port'],
])('what the system calls %s is told as %s, with what to do', (systemCode, code, remedy) => {
  const cause = Object.assign(new Error(`listen ${systemCode}`), { code: systemCode });
  const fault = new ListenFault({ host: '127.0.0.1', port: 80 }, cause);
  expect(fault).toMatchObject({ code, remedy: expect.stringContaining(remedy), why: cause.message });
  expect(fault.message).toContain('127.0.0.1');
});

test('a room that cannot be furnished is our own mistake, and not told as one of host or port', async () => {
  const room: Room = () => {
    throw new Error('a slip');
  };
  await expect(serving({ rooms: [room] })).rejects.toThrow('a slip');
});
