import { expect, test } from 'vitest';
import { queueNameFrom } from '../../src/domain/identity.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import type { Present } from '../../src/ports/meter.ts';
import { degraded, down, READY, type Readiness } from '../../src/ports/readiness.ts';
import { readExposition, sampleValue } from './exposition.ts';

const SUPPORT = queueNameFrom('support');
const PREFIX = 'asterisk_movidesk_';

const shown = async (metrics: Metrics) => {
  const read = readExposition(await metrics.text());
  return (name: string, labels: Readonly<Record<string, string>> = {}) =>
    sampleValue(read, `${PREFIX}${name}`, labels);
};

test('calls are counted by queue and ending, from nought', async () => {
  const metrics = new Metrics([SUPPORT]);
  metrics.callEnded(SUPPORT, 'completed');
  metrics.callEnded(SUPPORT, 'completed');
  metrics.callEnded(queueNameFrom('of-last-year'), 'lost');
  const value = await shown(metrics);
  const ofSupport = (ending: string) => value('calls_total', { queue: 'support', ending });
  expect([ofSupport('completed'), ofSupport('lost'), ofSupport('canceled')]).toEqual([2, 0, 0]);
  expect(value('calls_total', { queue: 'forgotten', ending: 'lost' })).toBe(1);
});

test('waits are shown in seconds, by how they ended', async () => {
  const metrics = new Metrics([SUPPORT]);
  metrics.waitEnded(SUPPORT, 'answered', 4_000);
  metrics.waitEnded(SUPPORT, 'answered', 25_000);
  metrics.waitEnded(SUPPORT, 'gave-up', 5_400_000);
  const value = await shown(metrics);
  const upTo = (end: string, le: string) => value('queue_wait_seconds_bucket', { queue: 'support', end, le });
  expect([upTo('answered', '2'), upTo('answered', '5'), upTo('answered', '30')]).toEqual([0, 1, 2]);
  expect([upTo('gave-up', '3600'), upTo('gave-up', '+Inf')]).toEqual([0, 1]);
  expect(value('queue_wait_seconds_sum', { queue: 'support', end: 'answered' })).toBe(29);
  expect(value('queue_wait_seconds_count', { queue: 'support', end: 'sent-away' })).toBe(0);
});

test('what only a look at the PBX told is counted by what it was, from nought', async () => {
  const metrics = new Metrics([]);
  metrics.found('ended');
  const value = await shown(metrics);
  const changes = ['ended', 'moved', 'entered'].map((change) => value('reconciled_total', { change }));
  expect(changes).toEqual([1, 0, 0]);
});

test('open calls and outboxes are read at each look', async () => {
  const metrics = new Metrics([]);
  let present: Present = {
    openCalls: { waiting: 3, offered: 1, talking: 2, leaving: 0 },
    lanes: {
      movidesk: { depth: 4, parked: 1, oldestMs: 61_500 },
      udesk: { depth: 0, parked: 0, oldestMs: 0 },
    },
  };
  metrics.watch(() => present);
  const before = await shown(metrics);
  expect(before('calls_open', { phase: 'waiting' })).toBe(3);
  const ofMovidesk = ['outbox_depth', 'outbox_parked', 'outbox_oldest_seconds'].map((name) =>
    before(name, { lane: 'movidesk' }),
  );
  expect(ofMovidesk).toEqual([4, 1, 61.5]);
  expect(before('outbox_depth', { lane: 'udesk' })).toBe(0);
  present = { ...present, openCalls: { ...present.openCalls, waiting: 0 }, lanes: {} };
  const after = await shown(metrics);
  expect(after('calls_open', { phase: 'waiting' })).toBe(0);
  expect(after('outbox_depth', { lane: 'movidesk' })).toBeUndefined();
});

test('before the daemon is there nobody is served, nothing is connected, and nothing is owed', async () => {
  const value = await shown(new Metrics([SUPPORT]));
  expect([value('serving'), value('ami_connected'), value('ami_events_total')]).toEqual([0, 0, 0]);
  expect([value('part_health', { part: 'daemon' }), value('outbox_depth', { lane: 'movidesk' })]).toEqual([
    0, 0,
  ]);
  expect(value('store_bytes')).toBeUndefined();
});

test('whether callers are served, each part, the wire, and the disk are read at each look', async () => {
  const metrics = new Metrics([]);
  let parts: Readiness = { daemon: READY, pbx: READY, helpDesk: READY, udesk: degraded('3 refused') };
  let eventCount = 7;
  metrics.watchPlace({
    readiness: () => parts,
    wire: () => ({ isLinked: true, eventCount, malformedCount: 2 }),
    store: () => ({ bytes: 40_960, freeBytes: 5e9 }),
  });
  const before = await shown(metrics);
  expect([before('serving'), before('part_health', { part: 'udesk' })]).toEqual([1, 0.5]);
  expect([before('ami_connected'), before('ami_events_total'), before('ami_malformed_total')]).toEqual([
    1, 7, 2,
  ]);
  expect([before('store_bytes'), before('store_disk_free_bytes')]).toEqual([40_960, 5e9]);
  parts = { daemon: READY, pbx: down('not connected') };
  eventCount = 9;
  const after = await shown(metrics);
  expect([after('serving'), after('part_health', { part: 'pbx' }), after('ami_events_total')]).toEqual([
    0, 0, 9,
  ]);
  expect(after('part_health', { part: 'udesk' })).toBeUndefined();
});
