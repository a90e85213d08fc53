import { degraded, down, type PartReadiness, READY, type Readiness } from '../ports/readiness.ts';
import type { HelpDeskLane } from './help-desk-lane.ts';
import type { PbxLink } from './pbx-link.ts';
import type { RelayLanes } from './relays/relay-lanes.ts';

interface Seen {
  readonly isStopping: boolean;
  readonly link: Pick<PbxLink, 'isConnected' | 'isReconciled' | 'whyUnlinked'>;
  readonly lane: Pick<HelpDeskLane, 'isSilent' | 'isStarving' | 'isUnauthorized' | 'parkedCount'>;
  readonly lanes: Pick<RelayLanes, 'readiness'>;
}

/** How each part is, for whoever asks whether callers will be served. */
export function readinessOf({ isStopping, link, lane, lanes }: Seen): Readiness {
  return {
    daemon: isStopping ? down('it is stopping') : READY,
    pbx: pbxReadiness(link),
    helpDesk: helpDeskReadiness(lane),
    ...lanes.readiness,
  };
}

function pbxReadiness({ isConnected, isReconciled, whyUnlinked }: Seen['link']): PartReadiness {
  if (isReconciled) return READY;
  if (isConnected) return down('connected, reading what there is');
  return whyUnlinked === undefined ? down('not connected yet') : down(`not connected: ${whyUnlinked}`);
}

function helpDeskReadiness({
  isSilent,
  isStarving,
  isUnauthorized,
  parkedCount,
}: Seen['lane']): PartReadiness {
  if (isUnauthorized) return down('Movidesk refuses the token');
  if (isSilent) return down('nothing but faults from Movidesk for longer than failOpenAfterSeconds');
  if (isStarving) return down('the limit of requests leaves nothing for questions');
  return parkedCount > 0 ? degraded(`Movidesk has refused ${parkedCount}: see outbox`) : READY;
}
