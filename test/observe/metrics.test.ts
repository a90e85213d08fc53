import { expect, test } from 'vitest';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { NOTHING_YET } from '../../src/observe/present-metrics.ts';
import { processMetrics } from '../../src/observe/process-metrics.ts';
import { type Meter, silentMeter } from '../../src/ports/meter.ts';
import { readExposition, sampleValue } from './exposition.ts';

const SUPPORT = queueNameFrom('support');
const SALES = queueNameFrom('sales');

const shown = async (metrics: Metrics) => readExposition(await metrics.text());

test('every name is shown from the start, so that a panel or an alarm can be made before the first call', async () => {
  const metrics = await shown(new Metrics([SUPPORT, SALES]));
  for (const [name, type] of [
    ['asterisk_movidesk_excess_wait_seconds', 'histogram'],
    ['asterisk_movidesk_budget_used_ratio', 'gauge'],
    ['asterisk_movidesk_polls_total', 'counter'],
    ['asterisk_movidesk_requests_total', 'counter'],
    ['asterisk_movidesk_request_seconds', 'histogram'],
    ['asterisk_movidesk_calls_total', 'counter'],
    ['asterisk_movidesk_calls_open', 'gauge'],
    ['asterisk_movidesk_queue_wait_seconds', 'histogram'],
    ['asterisk_movidesk_outbox_depth', 'gauge'],
    ['asterisk_movidesk_outbox_oldest_seconds', 'gauge'],
    ['asterisk_movidesk_outbox_parked', 'gauge'],
    ['asterisk_movidesk_reconciled_total', 'counter'],
    ['asterisk_movidesk_serving', 'gauge'],
    ['asterisk_movidesk_part_health', 'gauge'],
    ['asterisk_movidesk_ami_connected', 'gauge'],
    ['asterisk_movidesk_ami_events_total', 'counter'],
    ['asterisk_movidesk_ami_malformed_total', 'counter'],
    ['asterisk_movidesk_store_bytes', 'gauge'],
    ['asterisk_movidesk_store_disk_free_bytes', 'gauge'],
  ] as const) {
    expect(metrics.get(name)?.type).toBe(type);
  }
  expect(sampleValue(metrics, 'asterisk_movidesk_budget_used_ratio')).toBe(0);
  for (const queue of [SUPPORT, SALES])
    expect(sampleValue(metrics, 'asterisk_movidesk_excess_wait_seconds_count', { queue })).toBe(0);
});

test('the memory, the processor and the event loop of the process are shown under our prefix, like all else', async () => {
  const metrics = await shown(new Metrics([]));
  expect([...metrics.keys()].filter((name) => !name.startsWith('asterisk_movidesk_'))).toEqual([]);
  expect(sampleValue(metrics, 'asterisk_movidesk_process_resident_memory_bytes')).toBeGreaterThan(1e6);
  expect(metrics.has('asterisk_movidesk_nodejs_eventloop_lag_p99_seconds')).toBe(true);
});

test('questions are counted by why they were asked and by what came of them', async () => {
  const metrics = new Metrics([SUPPORT]);
  metrics.polled('newcomer', 'all-busy');
  metrics.polled('blind', 'extension');
  metrics.polled('blind', 'extension');
  metrics.polled('blind', 'throttled');
  const name = 'asterisk_movidesk_polls_total';
  expect((await shown(metrics)).get(name)?.samples).toEqual([
    { name, labels: { reason: 'newcomer', result: 'all-busy' }, value: 1 },
    { name, labels: { reason: 'blind', result: 'extension' }, value: 2 },
    { name, labels: { reason: 'blind', result: 'throttled' }, value: 1 },
  ]);
});

test('what callers waited beside a free agent is shown in seconds, each queue for itself', async () => {
  const metrics = new Metrics([SUPPORT, SALES]);
  metrics.excessWaited(SUPPORT, 250);
  metrics.excessWaited(SUPPORT, 7_000);
  metrics.excessWaited(SALES, 400_000);
  const name = 'asterisk_movidesk_excess_wait_seconds';
  const read = await shown(metrics);
  const upTo = (queue: string, le: string) => sampleValue(read, `${name}_bucket`, { queue, le });
  expect(sampleValue(read, `${name}_sum`, { queue: SUPPORT })).toBe(7.25);
  expect([
    upTo('support', '0.1'),
    upTo('support', '0.25'),
    upTo('support', '6'),
    upTo('support', '9'),
  ]).toEqual([0, 1, 1, 2]);
  expect([upTo('sales', '300'), upTo('sales', '+Inf')]).toEqual([0, 1]);
});

test('queues that the configuration no longer names share one label', async () => {
  const metrics = new Metrics([SUPPORT]);
  metrics.excessWaited(queueNameFrom('of-last-year'), 1_000);
  metrics.excessWaited(queueNameFrom('older-still'), 1_000);
  const name = 'asterisk_movidesk_excess_wait_seconds_count';
  const read = await shown(metrics);
  expect(sampleValue(read, name, { queue: 'forgotten' })).toBe(2);
  expect(sampleValue(read, name, { queue: 'of-last-year' })).toBeUndefined();
});

test('how much of the limit is used is asked at each look, for it falls while nothing happens', async () => {
  const metrics = new Metrics([SUPPORT]);
  let used = 0.7;
  metrics.watchBudget(() => used);
  const name = 'asterisk_movidesk_budget_used_ratio';
  expect(sampleValue(await shown(metrics), name)).toBe(0.7);
  used = 0;
  expect(sampleValue(await shown(metrics), name)).toBe(0);
});

test('requests are counted by what came of them, and timed in seconds', async () => {
  const metrics = new Metrics([SUPPORT]);
  metrics.requestSettled('received', 'ok', 80);
  metrics.requestSettled('completed', 'ok', 120);
  metrics.requestSettled('completed', 'unknown-outcome', 10_000);
  const read = await shown(metrics);
  const counted = (operation: string, outcome: string) =>
    sampleValue(read, 'asterisk_movidesk_requests_total', { operation, outcome });
  expect([
    counted('received', 'ok'),
    counted('completed', 'ok'),
    counted('completed', 'unknown-outcome'),
  ]).toEqual([1, 1, 1]);
  expect(sampleValue(read, 'asterisk_movidesk_request_seconds_sum', { operation: 'completed' })).toBeCloseTo(
    10.12,
  );
  expect(
    sampleValue(read, 'asterisk_movidesk_request_seconds_bucket', { operation: 'received', le: '0.1' }),
  ).toBe(1);
});

test('two daemons in one process count for themselves', async () => {
  const [one, other] = [new Metrics([SUPPORT]), new Metrics([SUPPORT])];
  one.polled('newcomer', 'extension');
  const labels = { reason: 'newcomer', result: 'extension' };
  expect(sampleValue(await shown(one), 'asterisk_movidesk_polls_total', labels)).toBe(1);
  expect(sampleValue(await shown(other), 'asterisk_movidesk_polls_total', labels)).toBeUndefined();
});

test('the process is watched once, however many daemons are started in it', () => {
  expect(processMetrics()).toBe(processMetrics());
});

test.each<[string, Meter]>([
  ['nobody watches', silentMeter],
  ['somebody watches', new Metrics([])],
])('where %s, all may be told and nothing comes back', (_who, meter) => {
  expect([
    meter.polled('blind', 'all-busy'),
    meter.excessWaited(SUPPORT, 0),
    meter.requestSettled('made-call-link', 'refused', 0),
    meter.watchBudget(() => 1),
    meter.waitEnded(SUPPORT, 'answered', 0),
    meter.callEnded(SUPPORT, 'lost'),
    meter.found('moved'),
    meter.watch(() => NOTHING_YET),
  ]).toEqual(Array(8).fill(undefined));
});
