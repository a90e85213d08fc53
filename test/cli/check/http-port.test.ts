import { once } from 'node:events';
import { createServer } from 'node:http';
import { expect, test, vi } from 'vitest';
import { httpFindings } from '../../../src/cli/check/http-port.ts';
import { aClosedPort, answering, aTcpServer } from '../../adapters/movidesk/far-side.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const at = (port: number, host = '127.0.0.1') => ({ host, port });

test('a port that is free, and any port', async () => {
  const port = await aClosedPort();
  expect(await httpFindings(at(port), false)).toMatchObject([{ state: 'ok', found: `${port} is free` }]);
  expect(await httpFindings(at(0), false)).toMatchObject([{ state: 'ok' }]);
  // It was given back.
  expect(await httpFindings(at(port), false)).toMatchObject([{ state: 'ok' }]);
});

test('a port that is free although a daemon runs is a warning, once it had time to take it', async () => {
  const clock = new ManualClock();
  const patience = { clock, everyMs: 1_000, forMs: 2_000 };
  const found = httpFindings(at(await aClosedPort()), true, patience);
  for (let passed = 0; passed < 3; passed += 1) {
    await vi.waitUntil(() => clock.pending === 1 || passed === 2);
    await clock.pass(1_000);
  }
  expect(await found).toMatchObject([
    { state: 'warn', remedy: expect.stringMatching(/just been started, run check again/) },
  ]);
});

test('a daemon that has just been started is waited for, and its port is left to it', async () => {
  const port = await aClosedPort();
  const clock = new ManualClock();
  const found = httpFindings(at(port), true, { clock, everyMs: 1_000, forMs: 2_000 });
  await vi.waitUntil(() => clock.pending === 1);
  const daemon = createServer((_request, response) => response.end('ok\n')).listen(port, '127.0.0.1');
  await once(daemon, 'listening');
  try {
    await clock.pass(1_000);
    expect(await found).toMatchObject([{ state: 'ok', found: expect.stringMatching(/running daemon/) }]);
  } finally {
    daemon.close();
    daemon.closeAllConnections();
  }
});

test('a daemon of ours that runs may have it', async () => {
  await using daemon = await answering(200, 'ok\n');
  expect(await httpFindings(at(daemon.port), true)).toMatchObject([
    { state: 'ok', found: expect.stringMatching(/running daemon answers/) },
  ]);
  expect(await httpFindings(at(daemon.port), undefined)).toMatchObject([{ state: 'ok' }]);
});

test('a daemon of ours with another store has it', async () => {
  await using daemon = await answering(200, 'ok\n');
  expect(await httpFindings(at(daemon.port), false)).toMatchObject([
    {
      state: 'FAIL',
      found: expect.stringMatching(/another asterisk-movidesk/),
      remedy: expect.stringContaining(`:${daemon.port}`),
    },
  ]);
});

test.each([
  [200, '<html>welcome</html>'],
  [404, 'ok\n'],
])('another program that answers %i %j has it', async (status, body) => {
  await using other = await answering(status, body);
  expect(await httpFindings(at(other.port), true)).toMatchObject([
    {
      state: 'FAIL',
      found: expect.stringMatching(/another program listens/),
      remedy: expect.stringMatching(/ss -ltnp/),
    },
  ]);
});

test('another program that speaks no HTTP has it', async () => {
  await using other = await aTcpServer((socket) => socket.end('hello\n'));
  expect(await httpFindings(at(other.port), false)).toMatchObject([{ state: 'FAIL' }]);
});

test('an address that is not of this machine', async () => {
  expect(await httpFindings(at(9_095, '192.0.2.1'), false)).toMatchObject([
    { state: 'FAIL', remedy: expect.stringMatching(/http\.host/) },
  ]);
});
