import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { SoakDaemon } from './soak-daemon.ts';
import { REQUESTS_PER_MINUTE, SoakDay } from './soak-day.ts';
import { StoreWatch } from './soak-store.ts';
import { barsOf, bytesPerCall, type Sample, type Soaked } from './soak-verdict.ts';

/**
 * The real daemon, as a process of its own, through a long and busy day: does its memory stay flat, does the store grow by
 * its rows alone, does every call get its one ending? `npm run soak -- --minutes 30 --calls-per-minute 50`; `--as-is`
 * leaves V8 to itself, see `soak-daemon.ts`.
 */
const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '30' },
    'calls-per-minute': { type: 'string', default: '50' },
    'as-is': { type: 'boolean', default: false },
  },
});
const minutes = Number(values.minutes);
const callsPerMinute = Number(values['calls-per-minute']);
if (!(minutes > 0) || !(callsPerMinute > 0)) throw new Error('both numbers must be above 0');

const SAMPLE_MS = 10_000;
const SAMPLES_A_LINE = 60_000 / SAMPLE_MS;
const SETTLE_MS = 120_000;

const folder = mkdtempSync(join(tmpdir(), 'asterisk-movidesk-soak-'));
const day = await SoakDay.begin();
const daemon = new SoakDaemon(day.daemonSettings(folder), { asIs: values['as-is'] });
await day.open(callsPerMinute);
console.log(`${minutes} minutes at ${callsPerMinute} calls a minute, Node ${process.version}`);
const bars = barsOf(await soak());
await day.end();
rmSync(folder, { recursive: true });

console.table(
  Object.fromEntries(
    bars.map(({ what, measured, bar, isHeld }) => [
      what,
      { measured, bar, verdict: isHeld ? 'ok' : 'FAILED' },
    ]),
  ),
);
const isHeld = bars.every((bar) => bar.isHeld);
console.log(isHeld ? 'flat' : 'NOT flat');
process.exit(isHeld ? 0 : 1);

async function soak(): Promise<Soaked> {
  using store = new StoreWatch(join(folder, 'bridge.db'));
  const samples: Sample[] = [];
  const endAt = Date.now() + minutes * 60_000;
  while (Date.now() < endAt && daemon.isRunning) {
    await pause(Math.min(SAMPLE_MS, Math.max(0, endAt - Date.now())));
    samples.push(sample(store));
    if (samples.length % SAMPLES_A_LINE === 0) tell(samples);
  }
  day.close();
  const last = await settled(store);
  const calls = day.movidesk.calls();
  return {
    samples,
    collections: daemon.collections,
    last,
    exitCode: await daemon.stop(),
    errors: daemon.errors,
    violations: day.movidesk.violations(),
    calls: calls.length,
    unended: calls.filter(({ phase }) => phase !== 'ended').length,
    visits: day.visits,
    linkTroubles: day.troubles['link drops'] + day.troubles['link freezes'],
    requestsPerMinute: REQUESTS_PER_MINUTE,
  };
}

function sample(store: StoreWatch): Sample {
  if (!daemon.isRunning) throw new Error(`the daemon ended:\n${daemon.errors.join('\n')}`);
  return { at: Date.now(), rssMb: daemon.rssMb, openFiles: daemon.openFiles, store: store.size() };
}

/** Everybody has hung up: until all is told, or for so long that it will not be. */
async function settled(store: StoreWatch): Promise<Sample> {
  const giveUpAt = Date.now() + SETTLE_MS;
  for (;;) {
    const now = sample(store);
    if (now.store.openCalls + now.store.due === 0 || Date.now() > giveUpAt) return now;
    await pause(1_000);
  }
}

function tell(samples: readonly Sample[]): void {
  const now = samples.at(-1);
  if (now === undefined) return;
  const { store } = now;
  const heap = daemon.collections.at(-1)?.heapMb ?? Number.NaN;
  const parts = [
    `${String(samples.length / SAMPLES_A_LINE).padStart(3)} min`,
    `rss ${now.rssMb.toFixed(1)} MB`,
    `heap ${heap.toFixed(1)} MB (${daemon.collections.length} collections)`,
    `files ${now.openFiles}`,
    `calls ${store.calls}, open ${store.openCalls}, due ${store.due}`,
    `store ${(store.dbBytes / 1_048_576).toFixed(2)} MB, ${bytesPerCall(samples[0], now).toFixed(0)} B/call, wal ${(store.walBytes / 1_048_576).toFixed(2)} MB`,
    `rows ${store.timeline}/${store.outbox}/${store.requests}`,
    `warnings ${daemon.warnings}, errors ${daemon.errorCount}`,
    `broken rules ${day.movidesk.violations().length}`,
  ];
  console.log(parts.join('  '));
}
