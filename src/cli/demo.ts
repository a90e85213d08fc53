import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../app.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { formatMistakes } from '../config/mistake.ts';
import { invariant } from '../domain/invariant.ts';
import { createLogger } from '../observe/logger.ts';
import type { MovideskSimulator } from '../simulators/movidesk/simulator.ts';
import { startMovideskSimulator } from '../simulators/movidesk/simulator.ts';
import type { PbxSimulator } from '../simulators/pbx/pbx-simulator.ts';
import { startPbxSimulator } from '../simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../simulators/pbx/people.ts';
import type { UdeskSimulator } from '../simulators/udesk/simulator.ts';
import {
  demoUdeskValues,
  startDemoUdesk,
  UDESK_SECRETS,
  udeskSummary,
  watchDemoUdesk,
} from './demo-udesk.ts';
import { EXIT } from './exit-codes.ts';
import type { Surroundings } from './surroundings.ts';

// Two callers a minute and three agents: lines form now and then, and ten requests a minute carry it.
const CALLS_PER_MINUTE = 2;
const REQUESTS_PER_MINUTE = 10;
const AGENTS = ['1001', '1002', '1003'] as const;
const TALK_SECONDS = 25;

const TOKEN = 'demo-token-of-nobody';
const SECRET = 'demo-secret-of-nobody';

/** The real daemon, configured like any other, against a PBX and a Movidesk that live in this process. */
export async function demo(
  { minutes, withUdesk }: { minutes: string | undefined; withUdesk: boolean },
  { stop }: Surroundings,
): Promise<number> {
  const limit = minutes === undefined ? undefined : Number(minutes);
  if (limit !== undefined && !(limit > 0)) {
    console.error('asterisk-movidesk: --minutes takes a number above 0');
    return EXIT.USAGE;
  }
  await using far = await startFarSides({ withUdesk });
  const folder = await mkdtemp(join(tmpdir(), 'asterisk-movidesk-demo-'));
  try {
    const config = demoConfig(far, join(folder, 'bridge.db'));
    const log = createLogger({ ...config.log, secrets: [TOKEN, SECRET, ...UDESK_SECRETS] });
    console.log(WELCOME);
    if (far.udesk !== undefined) watchDemoUdesk(far.udesk);
    const daemon = await startDaemon(config, log);
    await far.pbx.waitFor(() => far.pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
    const people = startPeople(far.pbx, {
      callsPerMinute: CALLS_PER_MINUTE,
      queues: ENTRANCES,
      talkSeconds: TALK_SECONDS,
    });
    await daemon.untilStopped(
      limit === undefined ? stop : AbortSignal.any([stop, AbortSignal.timeout(limit * 60_000)]),
    );
    people.stop();
    console.log(summary(far));
    return EXIT.OK;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

interface FarSides {
  readonly pbx: PbxSimulator;
  readonly movidesk: MovideskSimulator;
  readonly udesk: UdeskSimulator | undefined;
  /** The one on which the daemon serves: Udesk must know it before the daemon is there. */
  readonly httpPort: number;
}

async function startFarSides({ withUdesk }: { withUdesk: boolean }): Promise<FarSides & AsyncDisposable> {
  const pbx = await startPbxSimulator({
    username: 'movidesk',
    secret: SECRET,
    phones: AGENTS,
    queues: ['sales'],
  });
  const movidesk = await startMovideskSimulator({
    token: TOKEN,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    queues: [
      { id: 1, agents: ['1001', '1002'] },
      { id: 2, agents: ['1003', '1002'] },
    ],
  });
  const udesk = withUdesk ? await startDemoUdesk(AGENTS) : undefined;
  return {
    pbx,
    movidesk,
    udesk,
    httpPort: withUdesk ? await freePort() : 0,
    [Symbol.asyncDispose]: async () => {
      await pbx.close();
      await movidesk.close();
      await udesk?.close();
    },
  };
}

/** One that nobody has at the moment; whoever takes it before the daemon does is told of by the daemon. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  invariant(typeof address === 'object' && address !== null, 'a server that listens on a port has one');
  return address.port;
}

const ENTRANCES = [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }] as const;

function demoConfig({ pbx, movidesk, udesk, httpPort }: FarSides, storePath: string): Config {
  const queues = [
    { name: 'support', movideskQueueId: 1, maxWaitSeconds: 120, ringSeconds: 15 },
    {
      name: 'sales',
      movideskQueueId: 2,
      maxWaitSeconds: 120,
      ringSeconds: 15,
      asteriskQueue: 'sales',
    },
  ];
  const values: Record<string, string> = {
    ASTERISK_NAME: 'demo',
    ASTERISK_PORT: String(pbx.port),
    ASTERISK_USERNAME: 'movidesk',
    ASTERISK_SECRET: SECRET,
    MOVIDESK_BASE_URL: movidesk.url,
    MOVIDESK_TOKEN: TOKEN,
    MOVIDESK_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
    RECORDINGS_LINK_TEMPLATE: 'https://pbx.example.com/recordings/{file}',
    STORE_PATH: storePath,
    // Any free one, named in the log: two demos may run beside each other, and beside a daemon.
    HTTP_PORT: String(httpPort),
    ...(udesk === undefined ? {} : demoUdeskValues(udesk, httpPort)),
    LOG_FORMAT: 'pretty',
    QUEUES: JSON.stringify(queues),
  };
  const env = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [`ASTERISK_MOVIDESK_${key}`, value]),
  );
  const loaded = loadConfig({ env });
  if (!loaded.ok) throw new Error(`the demo's configuration is wrong:\n${formatMistakes(loaded.mistakes)}`);
  return loaded.config;
}

const WELCOME = `asterisk-movidesk demo: the whole daemon against a simulated PBX and a simulated Movidesk.
Three agents (1001 to 1003), two queues, ${CALLS_PER_MINUTE} callers a minute, ${REQUESTS_PER_MINUTE} requests a minute. Ctrl-C ends it.
`;

function summary({ movidesk, udesk }: FarSides): string {
  const heard = new Map<string, number>();
  for (const { operation, status } of movidesk.ledger) {
    if (status === 200 && operation !== undefined) heard.set(operation, (heard.get(operation) ?? 0) + 1);
  }
  const counts = [...heard].map(([operation, count]) => `  ${operation}: ${count}`);
  const violations = movidesk.violations();
  return [
    '',
    'What the simulated Movidesk heard:',
    ...counts,
    violations.length === 0
      ? 'Rules of its page broken: none.'
      : `Rules of its page broken:\n  ${violations.join('\n  ')}`,
    ...(udesk === undefined ? [] : ['', udeskSummary(udesk)]),
  ].join('\n');
}
