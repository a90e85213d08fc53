import { collectDefaultMetrics, Registry } from 'prom-client';
import { PREFIX } from './metrics-prefix.ts';

// A timer that wakes an idle process, 0.1 % of a processor at this pace; it is part of every lag that is shown. Twenty
// milliseconds are one packet of speech: whatever is shorter, no caller notices.
const LOOP_PRECISION_MS = 20;
// A collection of ours takes one to five milliseconds; from a tenth of a second on events lie waiting.
const COLLECTION_BUCKETS_SECONDS = [0.001, 0.005, 0.02, 0.1, 0.5];

let watched: Registry | undefined;

/**
 * Memory, processor, event loop, open files. There is one of each in a process, and prom-client cannot stop watching
 * them: they are watched once, however many daemons the tests start in it.
 */
export function processMetrics(): Registry {
  if (watched !== undefined) return watched;
  watched = new Registry();
  collectDefaultMetrics({
    register: watched,
    prefix: PREFIX,
    eventLoopMonitoringPrecision: LOOP_PRECISION_MS,
    gcDurationBuckets: COLLECTION_BUCKETS_SECONDS,
  });
  return watched;
}
