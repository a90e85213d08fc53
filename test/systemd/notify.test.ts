import { expect, test } from 'vitest';
import { startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import { startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { linesOf, Office } from '../cli/office.ts';
import { NotifySocket } from './notify-socket.ts';

const TOKEN = 'c0ffee00';
const SECRET = 'sesame';

const toldBy = (socket: NotifySocket, patienceMs: number) => ({
  PATH: process.env['PATH'] ?? '',
  NOTIFY_SOCKET: socket.path,
  WATCHDOG_USEC: String(patienceMs * 1_000),
});

test('systemd hears that the daemon is ready when the PBX is reconciled, signs of life, and the stop', async () => {
  await using socket = await NotifySocket.open();
  await using farSides = new AsyncDisposableStack();
  const pbx = await startPbxSimulator({ username: 'movidesk', secret: SECRET, phones: ['1001'] });
  farSides.defer(() => pbx.close());
  const queues = [{ id: 1, agents: ['1001'] }];
  const movidesk = await startMovideskSimulator({ token: TOKEN, requestsPerMinute: 600, queues });
  farSides.defer(() => movidesk.close());
  using office = new Office({ amiPort: pbx.port, movideskUrl: movidesk.url });
  const daemon = office.daemon({ env: toldBy(socket, 3_000) });
  await socket.hears('READY=1');
  await socket.hears('STATUS=Serving');
  await socket.hears('WATCHDOG=1', 3);
  daemon.signal('SIGTERM');
  await socket.hears('STOPPING=1');
  const sinceReady = socket.heard.slice(socket.heard.indexOf('READY=1'));
  expect(sinceReady.filter((line) => line.startsWith('EXTEND_TIMEOUT_USEC'))).toEqual([]);
  const ended = await daemon.ended;
  expect(ended.code).toBe(0);
  expect(socket.heard.filter((line) => line === 'READY=1')).toHaveLength(1);
});

test('while the PBX is away the start goes on, systemd is told why, and the daemon is alive', async () => {
  await using socket = await NotifySocket.open();
  using office = new Office();
  const daemon = office.daemon({ env: toldBy(socket, 1_500) });
  await socket.hears(/^STATUS=Not serving; pbx: not connected/);
  await socket.hears('WATCHDOG=1', 3);
  expect(socket.heard).not.toContain('READY=1');
  // Each sign of life gives the start as much time as there may be until the next.
  expect(socket.heard.filter((line) => line === 'EXTEND_TIMEOUT_USEC=1500000')).toHaveLength(
    socket.heard.filter((line) => line === 'WATCHDOG=1').length,
  );
  daemon.signal('SIGTERM');
  expect((await daemon.ended).code).toBe(0);
});

test('a systemd that cannot be told is no reason to fail, and said once', async () => {
  using office = new Office();
  const daemon = office.daemon({ env: { PATH: '', NOTIFY_SOCKET: '/nowhere', WATCHDOG_USEC: '1500000' } });
  await daemon.says('systemd could not be told');
  await daemon.says('PBX not connected');
  daemon.signal('SIGTERM');
  const ended = await daemon.ended;
  expect(ended.code).toBe(0);
  const deaf = linesOf(ended).filter(({ msg }) => String(msg).startsWith('systemd could not be told'));
  expect(deaf).toHaveLength(1);
});
