import type { Registry } from 'prom-client';
import { isReady, type PartReadiness, type Readiness } from '../ports/readiness.ts';
import { readCounter, readGauge, readGauges } from './read-metric.ts';

/** What the daemon stands between and upon, as whoever composes it can read it. */
export interface Place {
  readonly readiness: () => Readiness;
  readonly wire: () => WireCounts;
  /** Nothing where the store is no file. */
  readonly store: () => { readonly bytes: number; readonly freeBytes: number } | undefined;
}

export interface WireCounts {
  readonly isLinked: boolean;
  readonly eventCount: number;
  readonly malformedCount: number;
}

export const NOWHERE: Place = {
  readiness: () => ({ daemon: { state: 'down' } }),
  wire: () => ({ isLinked: false, eventCount: 0, malformedCount: 0 }),
  store: () => undefined,
};

const HEALTH: Readonly<Record<PartReadiness['state'], number>> = { ready: 1, degraded: 0.5, down: 0 };

/** Whether callers are served, the link to the PBX, and the store's disk. */
export function showPlace(registry: Registry, place: () => Place): void {
  readGauge(
    registry,
    'serving',
    'Whether callers who come in now are served (1) or go to the fallback (0).',
    () => (isReady(place().readiness()) ? 1 : 0),
  );
  readGauges(
    registry,
    { name: 'part_health', help: 'Each part: 1 ready, 0.5 degraded, 0 down.', label: 'part' },
    () => Object.entries(place().readiness()).map(([part, { state }]) => [{ part }, HEALTH[state]] as const),
  );
  readGauge(registry, 'ami_connected', 'Whether the PBX is connected over AMI.', () =>
    place().wire().isLinked ? 1 : 0,
  );
  readCounter(
    registry,
    'ami_events_total',
    'Events that came from the PBX.',
    () => place().wire().eventCount,
  );
  readCounter(
    registry,
    'ami_malformed_total',
    'Packets from the PBX that were not believed.',
    () => place().wire().malformedCount,
  );
  readGauge(registry, 'store_bytes', 'Size of the store and its journal.', () => place().store()?.bytes);
  readGauge(
    registry,
    'store_disk_free_bytes',
    'What is free on the disk of the store.',
    () => place().store()?.freeBytes,
  );
}
