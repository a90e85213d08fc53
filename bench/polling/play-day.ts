import { MovideskClient } from '../../src/adapters/movidesk/client.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { invariant } from '../../src/domain/invariant.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Log } from '../../src/ports/log.ts';
import { Bridge } from '../../src/runtime/bridge.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import { Chance } from '../../test/simulation/chance.ts';
import { VirtualTime } from '../../test/simulation/virtual-time.ts';
import { DAY_MS, LIMIT_PER_MINUTE, LONGEST_WAIT_MS, RING_MS } from './assumptions.ts';
import { BenchPbx, deviceOf } from './bench-pbx.ts';
import { type Contender, OURS } from './contenders/contenders.ts';
import type { DayTrace } from './day-trace.ts';
import { FarMovidesk, PBX_NAME, TOKEN } from './far-movidesk.ts';
import { ForgetfulStore } from './forgetful-store.ts';
import { type Counts, Journal, type Visit } from './journal.ts';
import { type LostBy, LostSeconds } from './lost-seconds.ts';
import { Oracle } from './oracle.ts';

// The last caller may wait, talk and be reported when the day is over.
const LONGEST_EVENING_MS = 8 * 3_600_000;

/** What a day came to: plain data, for it may come from another thread. */
export interface DayPlayed extends Counts {
  /** In the order in which the callers came, the same for every contender. */
  readonly visits: readonly Visit[];
  readonly lost: LostBy;
}

const SILENT: Log = { debug() {}, info() {}, warn() {}, error() {} };

/** One day from its trace: the real runtime between a PBX and a Movidesk in memory, on virtual time. */
export async function playDay(trace: DayTrace, contender: Contender): Promise<DayPlayed> {
  const time = new VirtualTime();
  const journal = new Journal();
  const pbx = new BenchPbx(time, journal);
  const movidesk = new FarMovidesk(trace, { time, journal, hasLimit: contender.hasLimit });
  const { phones } = pbx;
  const oracle = new Oracle(trace, { time, movidesk, phones });
  const lost = new LostSeconds({ trace, time, phones, movidesk, oracle, journal });
  const bridge = await Bridge.open({
    ...partsOf(trace, { time, pbx, movidesk }),
    ...(contender.policy === undefined ? {} : { policy: contender.policy(oracle) }),
  });
  pbx.onTalkEnded = (uniqueid, extension) => lost.talkEnded(uniqueid, extension);
  movidesk.onEnding = (uniqueid) => {
    journal.endingHeard(uniqueid, time.passedMs);
    lost.endingHeard(uniqueid);
  };
  // It knows at once what Movidesk has heard, and not with the answer.
  if (contender.isClairvoyant) movidesk.onHeard = bridge.wake;
  if (contender === OURS) lost.start();
  schedule(trace, time, pbx);
  await run(bridge, pbx, time, () => time.passedMs > DAY_MS && journal.isQuiet);
  return { ...journal.counts, visits: [...journal.visits.values()], lost: lost.seconds };
}

function partsOf(
  trace: DayTrace,
  { time, pbx, movidesk }: { time: VirtualTime; pbx: BenchPbx; movidesk: FarMovidesk },
) {
  const clock: Clock = {
    now: () => time.now(),
    monotonic: () => time.passedMs,
    after: (ms, callback) => time.after(ms, callback),
  };
  const helpDesk = new MovideskClient({
    baseUrl: 'https://movidesk.example',
    token: TOKEN,
    dateFormat: 'seconds',
    timeoutMs: 10_000,
    now: () => time.now(),
    http: { send: (request) => movidesk.send(request), excerpt: (text) => text, close: async () => {} },
  });
  const random = new Chance(trace.seed).streamOf('daemon').next;
  return {
    settings: settingsOf(trace),
    pbx,
    helpDesk,
    store: new ForgetfulStore(),
    clock,
    random,
    log: SILENT,
  };
}

function settingsOf({ setting }: DayTrace): BridgeSettings {
  const rules = {
    maxWaitMs: LONGEST_WAIT_MS,
    ringMs: RING_MS,
    recordingLink: () => undefined,
    reportUnheard: true,
  };
  return {
    pbxName: PBX_NAME,
    anonymousNumber: 'anonymous',
    requestsPerMinute: LIMIT_PER_MINUTE,
    // Nobody is to be sent to the fallback: how long callers wait is what is measured.
    failOpenAfterMs: DAY_MS + LONGEST_EVENING_MS,
    devices: { phone: deviceOf, dnd: () => undefined },
    queues: setting.queues.map(({ name }, index) => ({
      name: queueNameFrom(name),
      asteriskQueue: undefined,
      rules: { ...rules, helpDeskQueueId: index + 1 },
    })),
  };
}

function schedule({ callers, ownCalls }: DayTrace, time: VirtualTime, pbx: BenchPbx): void {
  for (const caller of callers) time.after(caller.arrivesAt, () => pbx.enters(caller));
  for (const call of ownCalls) time.after(call.startsAt, () => pbx.dialsOut(call));
}

async function run(bridge: Bridge, pbx: BenchPbx, time: VirtualTime, isOver: () => boolean): Promise<void> {
  let end: { readonly brokenBy?: unknown } | undefined;
  pbx.start(bridge.hear);
  const running = bridge.run().then(
    () => {
      end = {};
    },
    (brokenBy: unknown) => {
      end = { brokenBy };
    },
  );
  const isDone = await time.passUntil(DAY_MS + LONGEST_EVENING_MS, () => end !== undefined || isOver());
  invariant(isDone, 'not everybody came to an end');
  void bridge.stop(1_000);
  await time.passUntil(time.passedMs + 2_000, () => end !== undefined);
  await running;
  if (end?.brokenBy !== undefined) throw end.brokenBy;
}
