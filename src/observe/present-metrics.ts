import type { Registry } from 'prom-client';
import type { LaneLoad, Present } from '../ports/meter.ts';
import { readGauges } from './read-metric.ts';

/** What there is before the daemon has read its store. */
export const NOTHING_YET: Present = {
  openCalls: { waiting: 0, offered: 0, talking: 0, leaving: 0 },
  lanes: { movidesk: { depth: 0, parked: 0, oldestMs: 0 } },
};

/** How many calls are open, and what was not told yet. */
export function showPresent(registry: Registry, present: () => Present): void {
  readGauges(
    registry,
    { name: 'calls_open', help: 'Calls that are not over, by phase.', label: 'phase' },
    () => Object.entries(present().openCalls).map(([phase, count]) => [{ phase }, count] as const),
  );
  const ofLanes = (name: string, help: string, read: (load: LaneLoad) => number): void =>
    readGauges(registry, { name, help, label: 'lane' }, () =>
      Object.entries(present().lanes).map(([lane, load]) => [{ lane }, read(load)] as const),
    );
  ofLanes('outbox_depth', 'What a far side was not told yet, without what is parked.', ({ depth }) => depth);
  ofLanes(
    'outbox_oldest_seconds',
    'How long the oldest of it has been owed that may be sent.',
    ({ oldestMs }) => oldestMs / 1_000,
  );
  ofLanes('outbox_parked', 'What a far side has refused, and a person must look at.', ({ parked }) => parked);
}
