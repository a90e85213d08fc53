import { createConnection, createServer } from 'node:net';
import { performance } from 'node:perf_hooks';
import { startMovideskSimulator } from '../src/simulators/movidesk/simulator.ts';
import { startPbxSimulator } from '../src/simulators/pbx/pbx-simulator.ts';

/**
 * The PBX and Movidesk, in a process of their own, and a wire between the PBX and the daemon on which the times are
 * taken. Callers come one after the other, are answered at once and hang up.
 */
const CALLS = Number(process.argv[2]);

const pbx = await startPbxSimulator({ username: 'bench', secret: 'bench-secret', phones: ['1001'] });
const movidesk = await startMovideskSimulator({
  token: 'bench-token',
  requestsPerMinute: 6_000,
  queues: [{ id: 1, agents: ['1001'] }],
});
pbx.phone('1001').setBehaviour({ kind: 'answers', afterMs: 20 });

let enteredAt = 0;
let askedAt = 0;
const toRequestMs: number[] = [];
const toRedirectMs: number[] = [];

// The simulator answers in the same tick, so the arrival of the question is the leaving of the answer.
movidesk.onRequest(({ operation }) => {
  if (operation !== 'asterisk_receivedCall' || enteredAt === 0) return;
  askedAt = performance.now();
  toRequestMs.push(askedAt - enteredAt);
  enteredAt = 0;
});

const wire = createServer((daemon) => {
  const asterisk = createConnection(pbx.port, '127.0.0.1');
  // The wire must not hold small packets back, as neither end does.
  for (const end of [daemon, asterisk]) end.setNoDelay(true);
  asterisk.on('data', (bytes) => {
    if (bytes.includes('UserEvent: MovideskCall')) enteredAt = performance.now();
    daemon.write(bytes);
  });
  daemon.on('data', (bytes) => {
    if (bytes.includes('Action: Redirect') && askedAt !== 0) {
      toRedirectMs.push(performance.now() - askedAt);
      askedAt = 0;
    }
    asterisk.write(bytes);
  });
  daemon.on('close', () => asterisk.destroy());
  daemon.on('error', () => asterisk.destroy());
});

wire.listen(0, '127.0.0.1', () => {
  const address = wire.address();
  const amiPort = typeof address === 'object' && address !== null ? address.port : 0;
  process.send?.({ amiPort, movideskUrl: movidesk.url });
});
process.on('disconnect', () => process.exit());

await pbx.waitFor(() => pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
for (let call = 0; call < CALLS; call += 1) {
  const caller = pbx.callerArrives({ queue: 'support', number: '5511999990000' });
  await pbx.waitFor(() => caller.place === 'talking');
  caller.hangUp();
  await movidesk.waitFor(
    ({ operation, callId }) =>
      operation === 'asterisk_completedCall' && callId?.endsWith(caller.uniqueid) === true,
    10_000,
  );
}
process.send?.({ toRequestMs, toRedirectMs });
