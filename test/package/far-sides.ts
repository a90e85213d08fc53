import { startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import { startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';

/** A PBX and a Movidesk on the ports given, for a daemon on a machine that reaches nothing else. Runs until it is ended. */
const [amiPort, movideskPort] = process.argv.slice(2).map(Number);
await startPbxSimulator({
  username: 'movidesk',
  secret: 'sesame',
  phones: ['1001'],
  ...(amiPort && { port: amiPort }),
});
await startMovideskSimulator({
  token: 'c0ffee00',
  requestsPerMinute: 600,
  queues: [{ id: 1, agents: ['1001'] }],
  ...(movideskPort && { port: movideskPort }),
});
process.stdout.write('far sides are there\n');
