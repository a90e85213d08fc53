import type { SimulatedCall } from '../../src/simulators/movidesk/call-book.ts';
import { type CallerTruth, knownAfterMs, type Truth, type VisitTruth } from './truth.ts';

type Sight = Pick<Truth, 'sight' | 'stallMs'>;

/** Whether the daemon must know of this visit: it stood before its eyes for long enough. */
function mustBeKnown({ enteredAt, end }: VisitTruth, truth: Sight): boolean {
  return truth.sight.some(
    ({ from, to }) => Math.min(to, end.at) - Math.max(from, enteredAt) >= knownAfterMs(truth),
  );
}

export interface Match {
  readonly visit: VisitTruth;
  /** Nothing: Movidesk never heard of it. */
  readonly call: SimulatedCall | undefined;
}

/** `pbx1-<uniqueid>`, `pbx1-<uniqueid>-2` … of one channel, in order. */
export function callsOf(
  { uniqueid }: CallerTruth,
  calls: readonly SimulatedCall[],
  pbxName: string,
): readonly SimulatedCall[] {
  const id = `${pbxName}-${uniqueid}`;
  const number = (call: SimulatedCall) => (call.callId === id ? 1 : Number(call.callId.slice(id.length + 1)));
  return calls
    .filter(({ callId }) => callId === id || callId.startsWith(`${id}-`))
    .toSorted((one, other) => number(one) - number(other));
}

/**
 * Every way to read Movidesk's calls of a channel as its visits, in order. Only a visit of which the daemon need not
 * know may go without; none where the numbers cannot be brought together.
 */
export function matchings(
  visits: readonly VisitTruth[],
  calls: readonly SimulatedCall[],
  truth: Sight,
): readonly (readonly Match[])[] {
  const [visit, ...later] = visits;
  if (visit === undefined) return calls.length === 0 ? [[]] : [];
  const [call, ...laterCalls] = calls;
  const told =
    call === undefined ? [] : matchings(later, laterCalls, truth).map((rest) => [{ visit, call }, ...rest]);
  const untold = mustBeKnown(visit, truth)
    ? []
    : matchings(later, calls, truth).map((rest) => [{ visit, call: undefined }, ...rest]);
  return [...told, ...untold];
}
