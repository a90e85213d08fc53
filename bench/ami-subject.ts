import { fork } from 'node:child_process';
import { once } from 'node:events';
import AsteriskManager from 'asterisk-manager';
import { AmiPbx } from '../src/adapters/asterisk/ami-pbx.ts';
import { systemClock } from '../src/adapters/system/system-clock.ts';
import { systemRandom } from '../src/adapters/system/system-random.ts';
import { AMI_OPTIONS } from './ami-options.ts';
import { deciding } from './deciding.ts';
import { type Listener, remembering } from './listener.ts';

/** One measurement in a process of its own: `node --expose-gc bench/ami-subject.ts <kind> <events>`, JSON on stdout. */
interface Played {
  readonly port: number;
  readonly events: number;
  readonly ours: number;
  readonly endings: number;
}

export interface Measured {
  readonly eventsPerSecond: number;
  readonly cpuSeconds: number;
  readonly rssStartMb: number;
  readonly rssMiddleMb: number;
  readonly rssEndMb: number;
  /** What is left after a collection: the memory that something holds on to. */
  readonly heapStartMb: number;
  readonly heapEndMb: number;
  readonly events: number;
  readonly told: number;
}

const heapMb = () => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1_048_576;
};
const rssMb = () => process.memoryUsage.rss() / 1_048_576;

/** Counts to `total`, looking at the memory on half the way; resolves at the last one. */
function counterTo(total: number) {
  const done = Promise.withResolvers<void>();
  let count = 0;
  let rssMiddleMb = 0;
  const onOne = () => {
    count += 1;
    if (count === Math.floor(total / 2)) rssMiddleMb = rssMb();
    if (count === total) done.resolve();
  };
  return { onOne, done: done.promise, result: () => ({ count, rssMiddleMb }) };
}

type Subject = (played: Played, onOne: () => void) => Promise<{ close: () => unknown }>;

/** Socket to delivered event. */
const adapter =
  (listener: Listener): Subject =>
  async ({ port }, onOne) => {
    const pbx = new AmiPbx({
      ...AMI_OPTIONS,
      asterisk: { host: '127.0.0.1', port, username: 'bench', secret: 'bench' },
      clock: systemClock,
      random: systemRandom,
    });
    const linked = Promise.withResolvers<void>();
    pbx.start((event) => {
      listener(event);
      if (event.kind === 'linked') linked.resolve();
      else onOne();
    });
    await linked.promise;
    return { close: () => pbx.close() };
  };

/** The library as its README uses it, with a listener that does nothing. */
const library: Subject = async ({ port }, onOne) => {
  const manager = new AsteriskManager(undefined, undefined, 'bench', 'bench', true);
  const booted = Promise.withResolvers<void>();
  manager.connect({ host: '127.0.0.1', port }, undefined, () => manager.login(() => {}));
  // Typed for the daemon's only use of it; here the library's own dispatcher is at work.
  Reflect.apply(manager.on, manager, [
    'managerevent',
    (event: { event: string }) => (event.event === 'FullyBooted' ? booted.resolve() : onOne()),
  ]);
  await booted.promise;
  return { close: () => manager.disconnect() };
};

/** What is counted, and how often it must come. */
const SUBJECTS: Record<string, { subject: Subject; expected: (played: Played) => number }> = {
  daemon: { subject: ({ port }, onOne) => deciding(port, onOne), expected: ({ endings }) => endings },
  adapter: { subject: adapter(remembering()), expected: ({ ours }) => ours },
  library: { subject: library, expected: ({ events }) => events },
};

async function measure(kind: string, events: number): Promise<Measured> {
  const player = fork(new URL('busy-pbx.ts', import.meta.url), [String(events)]);
  const [played] = (await once(player, 'message')) as [Played];
  const measured = SUBJECTS[kind];
  if (measured === undefined) throw new Error(`no such subject: ${kind}`);
  const counter = counterTo(measured.expected(played));
  const subject = await measured.subject(played, counter.onOne);
  const heapStartMb = heapMb();
  const rssStartMb = rssMb();
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  player.send('play');
  await counter.done;
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpu = process.cpuUsage(cpuBefore);
  const rssEndMb = rssMb();
  const heapEndMb = heapMb();
  await subject.close();
  player.disconnect();
  const { count, rssMiddleMb } = counter.result();
  return {
    eventsPerSecond: played.events / seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    rssStartMb,
    rssMiddleMb,
    rssEndMb,
    heapStartMb,
    heapEndMb,
    events: played.events,
    told: count,
  };
}

console.log(JSON.stringify(await measure(process.argv[2] ?? 'adapter', Number(process.argv[3] ?? 200_000))));
process.exit(0);
