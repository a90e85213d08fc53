import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDaemon } from '../src/app.ts';
import { loadConfig } from '../src/config/load.ts';

/**
 * How long the daemon takes, seen from outside, on the sockets: from the `UserEvent` that brings a caller to the arrival
 * of the request at Movidesk, and from its answer to the arrival of the `Redirect`. The whole daemon, AMI and HTTP over
 * loopback, every step committed to a file with synchronous=FULL; the far sides live in a process of their own.
 * `npm run bench:latency [calls]`.
 */
const CALLS = Number(process.argv[2] ?? 200);
// The aim of the project: both under 10 ms in the median.
const AIM_MS = 10;

interface FarSides {
  readonly amiPort: number;
  readonly movideskUrl: string;
}

export interface Latencies {
  readonly toRequestMs: readonly number[];
  readonly toRedirectMs: readonly number[];
}

const folder = mkdtempSync(join(tmpdir(), 'asterisk-movidesk-bench-'));
const far = fork(new URL('latency-far-sides.ts', import.meta.url), [String(CALLS)]);
const [sides] = (await once(far, 'message')) as [FarSides];
const stop = new AbortController();
const daemon = await startDaemon(configFor(sides), { debug() {}, info() {}, warn() {}, error() {} });
const stopped = daemon.untilStopped(stop.signal);
const [latencies] = (await once(far, 'message')) as [Latencies];
stop.abort();
await stopped;
far.disconnect();
rmSync(folder, { recursive: true });

console.log(
  `${latencies.toRequestMs.length} calls, one after the other, Node ${process.version}, milliseconds`,
);
console.table({
  'UserEvent to request': spread(latencies.toRequestMs),
  'answer to Redirect': spread(latencies.toRedirectMs),
});
const isReached = [latencies.toRequestMs, latencies.toRedirectMs].every((all) => spread(all).median < AIM_MS);
console.log(`aim, medians under ${AIM_MS} ms: ${isReached ? 'reached' : 'MISSED'}`);
process.exitCode = isReached ? 0 : 1;

function spread(all: readonly number[]) {
  const sorted = all.toSorted((one, other) => one - other);
  const at = (share: number) => Number((sorted[Math.floor(sorted.length * share)] ?? Number.NaN).toFixed(2));
  return { median: at(0.5), p95: at(0.95), longest: at(0.9999) };
}

function configFor({ amiPort, movideskUrl }: FarSides) {
  const loaded = loadConfig({
    env: {
      ASTERISK_MOVIDESK_ASTERISK_PORT: String(amiPort),
      ASTERISK_MOVIDESK_ASTERISK_USERNAME: 'bench',
      ASTERISK_MOVIDESK_ASTERISK_SECRET: 'bench-secret',
      ASTERISK_MOVIDESK_MOVIDESK_BASE_URL: movideskUrl,
      ASTERISK_MOVIDESK_MOVIDESK_TOKEN: 'bench-token',
      ASTERISK_MOVIDESK_MOVIDESK_REQUESTS_PER_MINUTE: '6000',
      ASTERISK_MOVIDESK_STORE_PATH: join(folder, 'bridge.db'),
      ASTERISK_MOVIDESK_HTTP_PORT: '0',
      ASTERISK_MOVIDESK_QUEUES: '[{ name: support, movideskQueueId: 1 }]',
    },
  });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.mistakes));
  return loaded.config;
}
