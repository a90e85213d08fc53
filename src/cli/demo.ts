import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../app.ts';
import type { Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import { formatMistakes } from '../config/mistake.ts';
import type { CcaiSimulator } from '../simulators/ccai/simulator.ts';
import type { MovideskSimulator } from '../simulators/movidesk/simulator.ts';
import { startMovideskSimulator } from '../simulators/movidesk/simulator.ts';
import type { PbxSimulator } from '../simulators/pbx/pbx-simulator.ts';
import { startPbxSimulator } from '../simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../simulators/pbx/people.ts';
import type { UdeskSimulator } from '../simulators/udesk/simulator.ts';
import {
  closeStoryQueues,
  STORY_PHONES,
  STORY_QUEUES,
  startStories,
  VERIFIED_CUSTOMERS,
} from './demo-callers.ts';
import {
  CCAI_SECRETS,
  CCAI_WELCOME,
  ccaiSummary,
  demoCcaiValues,
  startDemoCcai,
  watchDemoCcai,
} from './demo-ccai.ts';
import { demoEnd } from './demo-end.ts';
import { startOnFreePort } from './demo-port.ts';
import { movideskTally } from './demo-tally.ts';
import {
  demoUdeskValues,
  startDemoUdesk,
  UDESK_SECRETS,
  udeskSummary,
  watchDemoUdesk,
} from './demo-udesk.ts';
import { EXIT } from './exit-codes.ts';
import { openLog } from './open-log.ts';
import type { Surroundings } from './surroundings.ts';
import { version } from './version.ts';

// Two callers a minute and three agents who talk for a minute: somebody talks at any time, lines form now and then, and ten
// requests a minute carry it.
const CALLS_PER_MINUTE = 2;
const REQUESTS_PER_MINUTE = 10;
// With the callers whom nobody takes: six in a quarter of a minute, none of whom is to wait for the limit.
const STORY_REQUESTS_PER_MINUTE = 40;
const AGENTS = ['1001', '1002', '1003'] as const;
const TALK_SECONDS = 60;

const TOKEN = 'demo-token-of-nobody';
const SECRET = 'demo-secret-of-nobody';

interface DemoWish {
  readonly minutes: number | undefined;
  readonly withUdesk: boolean;
  readonly withCcai: boolean;
}

/** The real daemon, configured like any other, against a PBX and a Movidesk that live in this process. */
export async function demo(
  { minutes, withUdesk, withCcai }: DemoWish,
  surroundings: Surroundings,
): Promise<number> {
  await using far = await startFarSides({ withUdesk, withCcai });
  const folder = await mkdtemp(join(tmpdir(), 'asterisk-movidesk-demo-'));
  try {
    console.log(welcome(far));
    if (far.udesk !== undefined) watchDemoUdesk(far.udesk);
    if (far.ccai !== undefined) watchDemoCcai(far.ccai);
    const daemon = await startOnFreePort((httpPort) => {
      console.log(`Status page: http://127.0.0.1:${httpPort}/\n`);
      const config = demoConfig(far, { httpPort, storePath: join(folder, 'bridge.db') });
      const secrets = [TOKEN, SECRET, ...UDESK_SECRETS, ...CCAI_SECRETS];
      return startDaemon(config, openLog(config.log, secrets, surroundings), { version: version() });
    });
    await far.pbx.waitFor(() => far.pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
    const people = startPeople(far.pbx, {
      callsPerMinute: CALLS_PER_MINUTE,
      queues: ENTRANCES,
      talkSeconds: TALK_SECONDS,
      phones: AGENTS,
    });
    const stories = far.ccai === undefined ? undefined : startStories(far.pbx);
    await daemon.untilStopped(demoEnd(minutes, surroundings.stop));
    people.stop();
    stories?.stop();
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
  readonly ccai: CcaiSimulator | undefined;
  readonly requestsPerMinute: number;
}

async function startFarSides({
  withUdesk,
  withCcai,
}: Omit<DemoWish, 'minutes'>): Promise<FarSides & AsyncDisposable> {
  const phones = withCcai ? [...AGENTS, ...STORY_PHONES] : AGENTS;
  const requestsPerMinute = withCcai ? STORY_REQUESTS_PER_MINUTE : REQUESTS_PER_MINUTE;
  const pbx = await startPbxSimulator({
    username: 'movidesk',
    secret: SECRET,
    phones,
    queues: ['sales'],
  });
  const movidesk = await startMovideskSimulator({
    token: TOKEN,
    requestsPerMinute,
    queues: [
      { id: 1, agents: ['1001', '1002'] },
      { id: 2, agents: ['1003', '1002'] },
      ...(withCcai ? STORY_QUEUES : []),
    ],
  });
  if (withCcai) closeStoryQueues(movidesk);
  const udesk = withUdesk ? await startDemoUdesk(phones) : undefined;
  const ccai = withCcai ? await startDemoCcai() : undefined;
  return {
    pbx,
    movidesk,
    udesk,
    ccai,
    requestsPerMinute,
    [Symbol.asyncDispose]: async () => {
      await pbx.close();
      await movidesk.close();
      await udesk?.close();
      await ccai?.close();
    },
  };
}

const ENTRANCES = [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }] as const;

interface Places {
  /** Where the daemon serves: Udesk must know it before the daemon is there. */
  readonly httpPort: number;
  readonly storePath: string;
}

function demoConfig(far: FarSides, { httpPort, storePath }: Places): Config {
  const { pbx, movidesk, udesk, ccai, requestsPerMinute } = far;
  const queues = [
    { name: 'support', movideskQueueId: 1, maxWaitSeconds: 120, ringSeconds: 15 },
    {
      name: 'sales',
      movideskQueueId: 2,
      maxWaitSeconds: 120,
      ringSeconds: 15,
      asteriskQueue: 'sales',
    },
    ...(ccai === undefined ? [] : STORY_QUEUES.map(({ name, id }) => ({ name, movideskQueueId: id }))),
  ];
  const values: Record<string, string> = {
    ASTERISK_NAME: 'demo',
    ASTERISK_PORT: String(pbx.port),
    ASTERISK_USERNAME: 'movidesk',
    ASTERISK_SECRET: SECRET,
    MOVIDESK_BASE_URL: movidesk.url,
    MOVIDESK_TOKEN: TOKEN,
    MOVIDESK_REQUESTS_PER_MINUTE: String(requestsPerMinute),
    RECORDINGS_LINK_TEMPLATE: 'https://pbx.example.com/recordings/{file}',
    STORE_PATH: storePath,
    HTTP_PORT: String(httpPort),
    ...(udesk === undefined ? {} : demoUdeskValues(udesk, httpPort)),
    ...(ccai === undefined ? {} : demoCcaiValues(ccai, VERIFIED_CUSTOMERS)),
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

function welcome({ ccai, requestsPerMinute }: FarSides): string {
  return [
    'asterisk-movidesk demo: the whole daemon against a simulated PBX and a simulated Movidesk.',
    `Three agents (1001 to 1003), two queues, ${CALLS_PER_MINUTE} callers a minute, ${requestsPerMinute} requests a minute. Ctrl-C ends it.`,
    ...(ccai === undefined ? [] : [CCAI_WELCOME]),
  ].join('\n');
}

function summary({ movidesk, udesk, ccai }: FarSides): string {
  return [
    '',
    movideskTally(movidesk),
    ...(udesk === undefined ? [] : ['', udeskSummary(udesk)]),
    ...(ccai === undefined ? [] : ['', ccaiSummary(ccai)]),
  ].join('\n');
}
