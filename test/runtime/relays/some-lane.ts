import type { RelayEntry } from '../../../src/domain/relay/relay.ts';
import { type Failure, success } from '../../../src/ports/failure.ts';
import { RelayLane } from '../../../src/runtime/relays/relay-lane.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

export const done = success(undefined);
export const fails = (failure: Failure) => ({ ok: false, failure }) as const;

/** A lane on a clock that a test moves. */
export function aLane(kept: readonly RelayEntry[] = [], mostInFlight = 4) {
  const clock = new ManualClock();
  const lane = new RelayLane({ clock, random: () => 0, mostInFlight }, kept);
  /** All that may be sent now. */
  const sends = (): readonly RelayEntry[] => {
    const sent: RelayEntry[] = [];
    for (let entry = lane.startNext(); entry !== undefined; entry = lane.startNext()) sent.push(entry);
    return sent;
  };
  const starts = () => sends().map(({ seq }) => seq);
  return { clock, lane, sends, starts };
}
