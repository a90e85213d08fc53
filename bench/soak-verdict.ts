import { type Slope, slopeOf } from './slope.ts';
import type { Collection } from './soak-daemon.ts';
import type { StoreSize } from './soak-store.ts';

export interface Sample {
  readonly at: number;
  readonly rssMb: number;
  readonly openFiles: number;
  readonly store: StoreSize;
}

export interface Soaked {
  readonly samples: readonly Sample[];
  readonly collections: readonly Collection[];
  /** After everybody has hung up. */
  readonly last: Sample;
  readonly exitCode: number | null;
  readonly errors: readonly string[];
  readonly violations: readonly string[];
  /** Movidesk's calls, and those of them without their one ending. */
  readonly calls: number;
  readonly unended: number;
  readonly visits: number;
  readonly linkTroubles: number;
  readonly requestsPerMinute: number;
}

interface Bar {
  readonly what: string;
  readonly measured: string;
  readonly bar: string;
  readonly isHeld: boolean;
}

// A megabyte an hour would be 24 a day, and noticed within a month.
const HEAP_MB_PER_HOUR = 1;
// Resident memory moves by pages and pools that the allocator keeps; a leak of the heap shows above.
const RSS_MB_PER_HOUR = 10;
const MOST_BYTES_MORE_A_CALL = 1.2;
// SQLite folds the log back at 1,000 pages of 4 kB; twice that leaves room for one large transaction.
const MOST_WAL_MB = 8;
// The window is a minute, and two are kept (sqlite-store).
const MINUTES_OF_REQUESTS_KEPT = 3;
const HOUR_MS = 3_600_000;

export function barsOf(soaked: Soaked): readonly Bar[] {
  return [...memoryBars(soaked), ...storeBars(soaked), ...promiseBars(soaked)];
}

/** Over the last two thirds: a daemon that has just started is still loading code. */
export function slopesOf({ samples, collections }: Soaked): { rss: Slope; heap: Slope } {
  const begin = samples[0]?.at ?? 0;
  const end = samples.at(-1)?.at ?? begin;
  const isLate = ({ at }: { at: number }) => at >= begin + (end - begin) / 3 && at <= end;
  const hours = (at: number) => (at - begin) / HOUR_MS;
  return {
    rss: slopeOf(samples.filter(isLate).map(({ at, rssMb }) => ({ hours: hours(at), value: rssMb }))),
    heap: slopeOf(collections.filter(isLate).map(({ at, heapMb }) => ({ hours: hours(at), value: heapMb }))),
  };
}

function memoryBars(soaked: Soaked): readonly Bar[] {
  const { rss, heap } = slopesOf(soaked);
  const files = soaked.samples.map(({ openFiles }) => openFiles);
  const late = files.slice(Math.floor(files.length / 3));
  const early = files.slice(0, Math.floor(files.length / 3));
  return [
    slopeBar('heap after a full collection', heap, HEAP_MB_PER_HOUR),
    slopeBar('resident memory', rss, RSS_MB_PER_HOUR),
    {
      what: 'open files',
      measured: `${Math.min(...files)} to ${Math.max(...files)}`,
      bar: 'no more in the last two thirds than in the first, but two connections',
      isHeld: Math.max(...late) <= Math.max(...early) + 2,
    },
  ];
}

function slopeBar(what: string, { perHour, margin }: Slope, limit: number): Bar {
  return {
    what: `${what}, slope`,
    measured: `${perHour.toFixed(2)} ± ${margin.toFixed(2)} MB/h`,
    bar: `under ${limit} MB/h, margin included`,
    isHeld: perHour + margin < limit,
  };
}

/** Bytes of the file for each ended call, between two samples. */
export function bytesPerCall(from: Sample | undefined, to: Sample | undefined): number {
  if (from === undefined || to === undefined) return Number.NaN;
  return (to.store.dbBytes - from.store.dbBytes) / Math.max(1, to.store.calls - from.store.calls);
}

function storeBars({ samples, last, requestsPerMinute }: Soaked): readonly Bar[] {
  const at = (share: number) => samples[Math.floor((samples.length - 1) * share)];
  const first = bytesPerCall(at(1 / 3), at(2 / 3));
  const second = bytesPerCall(at(2 / 3), at(1));
  const walMb = Math.max(...samples.map(({ store }) => store.walBytes)) / 1_048_576;
  const requests = Math.max(...samples.map(({ store }) => store.requests));
  return [
    {
      what: 'store, bytes a call',
      measured: `${first.toFixed(0)} in the second third, ${second.toFixed(0)} in the last`,
      bar: `at most ${MOST_BYTES_MORE_A_CALL} times as many`,
      isHeld: second <= MOST_BYTES_MORE_A_CALL * first,
    },
    most('write-ahead log, MB', Number(walMb.toFixed(2)), MOST_WAL_MB),
    most('rows of requests', requests, requestsPerMinute * MINUTES_OF_REQUESTS_KEPT),
    most('open calls at the end', last.store.openCalls, 0),
    most('reports undelivered at the end', last.store.due + last.store.parked, 0),
  ];
}

function promiseBars(soaked: Soaked): readonly Bar[] {
  const { violations, unended, calls, visits, linkTroubles, errors, exitCode } = soaked;
  return [
    most("rules of Movidesk's broken", violations.length, 0),
    most('calls without their one ending', unended, 0),
    // One who comes and goes while the link is down leaves no trace; a few may, at each trouble.
    most('visits of which Movidesk never heard', visits - calls, linkTroubles),
    most('errors in the log', errors.length, 0),
    { what: 'exit code', measured: String(exitCode), bar: '0', isHeld: exitCode === 0 },
  ];
}

function most(what: string, measured: number, limit: number): Bar {
  return { what, measured: String(measured), bar: `at most ${limit}`, isHeld: measured <= limit };
}
