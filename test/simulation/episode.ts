import { SqliteStore } from '../../src/adapters/sqlite/sqlite-store.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import type { Facts, Log } from '../../src/ports/log.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import { startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../../src/simulators/pbx/people.ts';
import { SimulatedDoor } from './ami-cable.ts';
import { Chance } from './chance.ts';
import { Checkers } from './checkers.ts';
import { Faults } from './faults.ts';
import { Lives } from './lives.ts';
import { Mischief } from './mischief.ts';
import { SimulatedMovidesk } from './simulated-movidesk.ts';
import { Truth, type Visit } from './truth.ts';
import { VirtualTime } from './virtual-time.ts';

export interface Episode {
  readonly seed: number;
  /** Simulated time during which callers come and things go wrong. */
  readonly hours: number;
  readonly agents: number;
  readonly callsPerHour: number;
  /** 0: nothing goes wrong; 1: a stormy hour. */
  readonly severity: number;
}

export interface Outcome {
  readonly episode: Episode;
  readonly breaches: readonly string[];
  readonly callers: number;
  readonly visits: number;
  readonly answers: number;
  readonly endings: number;
  readonly lives: number;
  readonly faults: number;
  readonly requests: number;
  readonly simulatedMs: number;
}

export type Trace = (at: number, text: string) => void;

const HOUR_MS = 3_600_000;
const LOOK_MS = 1_000;
// After the last fault: the longest wait, a talk, a message of three minutes, retries that have grown to a minute, and the
// budget's way through what has piled up.
const PROGRESS_MS = 3 * HOUR_MS;
// Somebody who comes in must be noticed where nothing was wrong from this long before to this long after.
const CALM_BEFORE_MS = 90_000;
const CALM_AFTER_MS = 15_000;

/** Plays one world from one seed to its end: first safety, with everything going wrong; then progress. */
export async function play(episode: Episode, trace: Trace = noTrace): Promise<Outcome> {
  const chance = new Chance(episode.seed);
  const time = new VirtualTime();
  const settings = someSettings(chance.streamOf('settings'));
  const extensions = Array.from({ length: episode.agents }, (_, index) => String(1_001 + index));
  const door = new SimulatedDoor(time, chance.streamOf('network'));
  const pbx = await startPbxSimulator({
    username: 'movidesk',
    secret: 'sesame',
    door,
    clock: time,
    random: chance.streamOf('pbx').next,
    phones: extensions,
    queues: ['sales'],
  });
  const { requestsPerMinute } = settings;
  const movidesk = new SimulatedMovidesk({
    time,
    chance: chance.streamOf('movidesk'),
    requestsPerMinute,
    queues: [
      { id: 1, agents: extensions.filter((_, index) => index % 3 !== 0) },
      { id: 2, agents: extensions.filter((_, index) => index % 3 !== 1) },
    ],
  });
  const nowMs = () => time.passedMs;
  const truth = new Truth(nowMs, new Map([['sales', 'sales']]));
  pbx.onEvent(truth.hear);
  const longestWaitMs = Math.max(...settings.queues.map(({ rules }) => rules.maxWaitMs));
  const checkers = new Checkers({ pbx, movidesk, truth, nowMs, longestWaitMs });
  const note = (text: string) => trace(time.passedMs, text);
  const store: SqliteStore = new SqliteStore(':memory:', () => Math.round(time.now() + lives.wallAheadMs));
  const lives: Lives = new Lives({
    time,
    chance,
    door,
    movidesk,
    settings,
    store,
    log: tracedLog(note),
    onCommitted: (step) => checkers.committed(step),
    onDeath: (death) => {
      mischief.disturbed();
      note(`the process ends: ${typeof death === 'object' ? String(death.brokenBy) : death}`);
    },
    onBroken: (cause) =>
      checkers.breach(`the process broke: ${cause instanceof Error ? cause.stack : String(cause)}`),
  });
  const mischief = new Mischief({
    time,
    chance: chance.streamOf('mischief'),
    door,
    pbx,
    movidesk,
    truth,
    lives,
    extensions,
  });
  movidesk.reception.ledger.onRequest(({ operation, callId, status, body, query }) =>
    note(`Movidesk hears ${operation} ${callId} ${query['branchLine'] ?? ''} → ${status} ${body}`),
  );
  if (trace !== noTrace)
    pbx.onEvent((event) =>
      note(
        `PBX ${event.name} ${event.headers
          .filter(([name]) => TOLD.has(name))
          .map(([name, value]) => `${name}=${value}`)
          .join(' ')}`,
      ),
    );
  truth.onEntered = (visit: Visit) => {
    time.after(CALM_AFTER_MS, () => {
      if (mischief.lastDisturbedMs < visit.enteredAt - CALM_BEFORE_MS && visit.enteredAt > CALM_BEFORE_MS)
        checkers.isKnown(visit);
    });
  };
  lives.start();
  const faults = new Faults(
    {
      time,
      chance: chance.streamOf('faults'),
      world: mischief,
      onFault: (name) => {
        mischief.disturbed();
        note(`FAULT ${name}`);
      },
    },
    episode.severity,
  );
  const people = startPeople(pbx, {
    clock: time,
    random: chance.streamOf('people').next,
    callsPerMinute: episode.callsPerHour / 60,
    calls: Math.round(episode.callsPerHour * episode.hours),
    queues: [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }],
    talkSeconds: 150,
    patienceSeconds: 240,
  });

  const watch = (): void => {
    checkers.look();
    time.after(LOOK_MS, watch);
  };
  const watchTheStarved = (): void => {
    checkers.lookForTheStarved();
    time.after(10 * LOOK_MS, watchTheStarved);
  };
  watch();
  watchTheStarved();
  const isBroken = () => checkers.breaches.length > 0;
  await time.passUntil(episode.hours * HOUR_MS, isBroken);
  note('the faults end');
  faults.stop();
  mischief.mend();
  let isDone = false;
  const seeWhetherDone = async (): Promise<void> => {
    const kept = await store.load();
    isDone =
      [...truth.open].length === 0 &&
      pbx.isUp &&
      kept.openCalls.length === 0 &&
      kept.entries.length === 0 &&
      lives.current !== undefined &&
      pbx.callers.every(({ place }) => place === 'gone');
    if (!isDone) time.after(10 * LOOK_MS, () => void seeWhetherDone());
  };
  time.after(60_000, () => void seeWhetherDone());
  await time.passUntil(time.passedMs + PROGRESS_MS, () => isDone || isBroken());
  people.stop();
  await time.passUntil(time.passedMs + 30_000, isBroken);
  if (!isBroken()) {
    if (!isDone) checkers.breach('not everything has come to its end');
    checkers.conclude(await store.load());
  }
  const ending = lives.end();
  await time.passUntil(time.passedMs + 60_000, () => false);
  await ending;
  await store.close();
  return {
    episode,
    breaches: checkers.breaches,
    callers: pbx.stats.callers,
    visits: truth.visits,
    answers: truth.allAnswered.size,
    endings: checkers.endings,
    lives: lives.count,
    faults: faults.count,
    requests: movidesk.reception.ledger.entries.length,
    simulatedMs: time.passedMs,
  };
}

const noTrace: Trace = () => {};
const TOLD: ReadonlySet<string> = new Set([
  'Uniqueid',
  'UserEvent',
  'DialStatus',
  'Context',
  'Exten',
  'Device',
  'State',
  'Queue',
  'DestCallerIDNum',
]);

function tracedLog(note: (text: string) => void): Log {
  const at = (level: string) => (facts: Facts, message: string) =>
    note(`${level} ${message} ${JSON.stringify(facts)}`);
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

function someSettings(chance: Chance): BridgeSettings {
  const rules = () => ({
    maxWaitMs: chance.pick([90_000, 180_000, 600_000] as const),
    ringMs: chance.pick([8_000, 15_000, 25_000] as const),
    linkTemplate: 'https://pbx.example.com/recordings/{file}',
    reportUnheard: true,
  });
  return {
    pbxName: 'pbx1',
    anonymousNumber: 'anonymous',
    requestsPerMinute: chance.pick([8, 10, 10, 20, 60] as const),
    failOpenAfterMs: chance.pick([30_000, 60_000] as const),
    devices: { phone: (extension) => `PJSIP/${extension}`, dnd: (extension) => `Custom:DND${extension}` },
    queues: [
      { name: queueNameFrom('support'), asteriskQueue: undefined, rules: { helpDeskQueueId: 1, ...rules() } },
      { name: queueNameFrom('sales'), asteriskQueue: 'sales', rules: { helpDeskQueueId: 2, ...rules() } },
    ],
  };
}
