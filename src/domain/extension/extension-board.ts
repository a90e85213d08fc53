import type { Extension } from '../identity.ts';
import type { Verdict } from './availability.ts';
import { AVAILABLE, unavailable } from './availability.ts';

/**
 * The live board: the last word on each device, and the extensions that are out of turn. Whether one can take a call is
 * asked of the PBX afresh at each offer: a state that nobody corrects (a filter that lets no change through) would shut
 * an extension out for ever.
 *
 * Instants are of one clock that never jumps.
 */
export interface ExtensionBoard {
  readonly states: ReadonlyMap<string, string>;
  readonly setAside: ReadonlyMap<Extension, { readonly since: number; readonly why: string }>;
}

export const emptyBoard: ExtensionBoard = { states: new Map(), setAside: new Map() };

// An extension that did not take its call is passed over until its phone shows a change, or for this long: a phone
// that is registered and dead shows none, and the only agent of a queue may have been away from the desk for a minute.
export const SET_ASIDE_MS = 30_000;

/** Which devices tell about an extension. */
export interface DeviceNames {
  readonly phone: (extension: Extension) => string;
  readonly dnd: (extension: Extension) => string | undefined;
}

// A phone that rang and stopped, or stayed free, shows nothing new: that is how our own offer ended.
const NO_NEWS: ReadonlySet<string> = new Set(['NOT_INUSE', 'RINGING']);

/** A device has shown a new state. What was set aside for it is in turn again when it has become free. */
export function deviceChanged(
  board: ExtensionBoard,
  change: { device: string; state: string },
  names: DeviceNames,
): ExtensionBoard {
  const { device, state } = change;
  const before = board.states.get(device);
  const states = new Map(board.states).set(device, state);
  // The first word on a device is news: the PBX tells changes, and what was set aside for a state read before is free.
  const isNews = state === 'NOT_INUSE' && (before === undefined || !NO_NEWS.has(before));
  if (!isNews) return { ...board, states };
  const setAside = new Map(board.setAside);
  for (const extension of board.setAside.keys()) {
    if (names.phone(extension) === device || names.dnd(extension) === device) setAside.delete(extension);
  }
  return { states, setAside };
}

export function putAside(
  board: ExtensionBoard,
  extension: Extension,
  why: string,
  now: number,
): ExtensionBoard {
  return { ...board, setAside: new Map(board.setAside).set(extension, { since: now, why }) };
}

/** What is known against offering this extension now. */
export function firstVerdict(
  board: ExtensionBoard,
  extension: Extension,
  { now, isReserved }: { now: number; isReserved: boolean },
): Verdict {
  if (isReserved) return unavailable('reserved for another call');
  const aside = board.setAside.get(extension);
  if (aside !== undefined && now - aside.since < SET_ASIDE_MS) return unavailable(`set aside: ${aside.why}`);
  return AVAILABLE;
}
