import type { AmiPbx } from './adapters/asterisk/ami-pbx.ts';
import { storeRoom } from './adapters/sqlite/store-room.ts';
import type { Metrics } from './observe/metrics.ts';
import type { Readiness } from './ports/readiness.ts';

/** Shows in the metrics what the daemon itself does not count: how it is, what the wire brought, and the room it has. */
export function watchPlace(
  metrics: Metrics,
  { readiness, pbx, storePath }: { readiness: () => Readiness; pbx: AmiPbx; storePath: string },
): void {
  metrics.watchPlace({
    readiness,
    wire: () => ({
      isLinked: pbx.isLinked,
      eventCount: pbx.counters.eventCount,
      malformedCount: pbx.malformedCount,
    }),
    store: () => storeRoom(storePath),
  });
}
