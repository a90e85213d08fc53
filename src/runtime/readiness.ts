import { degraded, down, type PartReadiness, READY, type Readiness } from '../ports/readiness.ts';
import type { HelpDeskLane } from './help-desk-lane.ts';
import type { PbxLink } from './pbx-link.ts';
import type { RelayLanes } from './relays/relay-lanes.ts';

interface Seen {
  readonly isStopping: boolean;
  readonly link: Pick<PbxLink, 'isReconciled'>;
  readonly lane: Pick<HelpDeskLane, 'isSilent' | 'isStarving' | 'isUnauthorized' | 'parkedCount'>;
  readonly lanes: Pick<RelayLanes, 'readiness'>;
}

/** How each part is, for whoever asks whether callers will be served. */
export function readinessOf({ isStopping, link, lane, lanes }: Seen): Readiness {
  return {
    daemon: isStopping ? down('it is stopping') : READY,
    pbx: link.isReconciled ? READY : down('not connected to the PBX, or not yet reconciled with it'),
    helpDesk: helpDeskReadiness(lane),
    ...lanes.readiness,
  };
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
