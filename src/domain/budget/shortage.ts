/**
 * How long callers have lately waited for the limit of requests, and not for agents: a head for whom an agent was free, by
 * all signs, could not be asked about. An operator is told when it becomes too much. Instants are of one clock that never
 * jumps, in milliseconds.
 */
export interface Shortage {
  /** Since when somebody waits for a permit. */
  readonly since: number | undefined;
  /** Spells of it that are over, the latest last. */
  readonly spells: readonly { readonly from: number; readonly to: number }[];
  readonly toldAt: number;
}

export const noShortage: Shortage = { since: undefined, spells: [], toldAt: -Infinity };

// Our choice: a minute in ten is more than a burst of callers, and one line in ten minutes is enough to be seen.
const LOOKED_BACK_MS = 600_000;
const TOO_MUCH_MS = 60_000;

/** Whether somebody waits for a permit from now on. */
export function shortageNow(before: Shortage, isShort: boolean, now: number): Shortage {
  if (isShort === (before.since !== undefined)) return before;
  if (before.since === undefined) return { ...before, since: now };
  const spells = [...before.spells, { from: before.since, to: now }];
  return { ...before, since: undefined, spells: spells.filter(({ to }) => to > now - LOOKED_BACK_MS) };
}

/** Within the last ten minutes. */
export function lostToLimitMs({ since, spells }: Shortage, now: number): number {
  const from = now - LOOKED_BACK_MS;
  const open = since === undefined ? [] : [{ from: since, to: now }];
  return [...spells, ...open].reduce(
    (sum, spell) => sum + Math.max(0, spell.to - Math.max(from, spell.from)),
    0,
  );
}

/** It is worth a line now. */
export function isWorthTelling(shortage: Shortage, now: number): boolean {
  return now - shortage.toldAt >= LOOKED_BACK_MS && lostToLimitMs(shortage, now) >= TOO_MUCH_MS;
}

export function shortageTold(shortage: Shortage, now: number): Shortage {
  return { ...shortage, toldAt: now };
}
