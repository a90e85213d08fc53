import type { Extension } from '../identity.ts';
import type { Verdict } from './availability.ts';
import { AVAILABLE, unavailable, verdictOf } from './availability.ts';

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

/** A device shows that it is free, and was not before: the first word on it is news, too, for the PBX tells changes. */
export function isFreeAgain(
  board: ExtensionBoard,
  { device, state }: { device: string; state: string },
): boolean {
  const before = board.states.get(device);
  return state === 'NOT_INUSE' && (before === undefined || !NO_NEWS.has(before));
}

/** A device has shown a new state. What was set aside for it is in turn again when it has become free. */
export function deviceChanged(
  board: ExtensionBoard,
  change: { device: string; state: string },
  names: DeviceNames,
): ExtensionBoard {
  const { device, state } = change;
  const states = new Map(board.states).set(device, state);
  if (!isFreeAgain(board, change)) return { ...board, states };
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

/** An extension that could not take a call, by the last word on its devices. What nobody told of counts as free. */
export function isInUse(board: ExtensionBoard, extension: Extension, names: DeviceNames): boolean {
  const told = board.states.get(names.phone(extension));
  const phone = told === undefined || told === 'UNKNOWN' ? 'NOT_INUSE' : told;
  const dndDevice = names.dnd(extension);
  const dnd = dndDevice === undefined ? undefined : board.states.get(dndDevice);
  const reading = { device: phone, dnd, hint: undefined };
  return !verdictOf(reading).available;
}

/** When the next extension is in turn again though its phone shows no change. */
export function nextInTurnAt({ setAside }: ExtensionBoard, now: number): number | undefined {
  const ends = [...setAside.values()].map(({ since }) => since + SET_ASIDE_MS).filter((at) => at > now);
  return ends.length === 0 ? undefined : Math.min(...ends);
}

/** What is known against offering this extension now. */
export function firstVerdict(
  board: ExtensionBoard,
  extension: Extension,
  { now, isReserved }: { now: number; isReserved: boolean },
): Verdict {
  if (isReserved) return unavailable('reserved for another call');
  const aside = board.setAside.get(extension);
  return isSetAside(board, extension, now) ? unavailable(`set aside: ${aside?.why}`) : AVAILABLE;
}

export function isSetAside({ setAside }: ExtensionBoard, extension: Extension, now: number): boolean {
  const aside = setAside.get(extension);
  return aside !== undefined && now - aside.since < SET_ASIDE_MS;
}
