import type { Jump, Visit } from './journal.ts';
import { type LostBy, mapLosses } from './lost-seconds.ts';
import type { DayPlayed } from './play-day.ts';

const HOUR_MS = 3_600_000;

/** What a contender made of the days of a setting, pooled. Times in seconds. */
export interface Figures {
  readonly contender: string;
  readonly callers: number;
  readonly answeredShare: number;
  readonly meanWait: number;
  /** What the same callers waited longer than with each clairvoyant. */
  readonly overNoLimit: Excess;
  readonly overSameLimit: Excess;
  readonly requestsPerAnswered: number;
  readonly wastedPollsPerAnswered: number;
  /** Of callers of whom Movidesk knew when they left. */
  readonly endingDelayP95: number;
  /** Who left before anything was asked about them, and how late that was told. */
  readonly unheardShare: number;
  readonly unheardDelayP95: number;
  /** Of all together. */
  readonly anyEndingDelayP95: number;
  /** Shares of the callers who were offered to an agent before somebody of their queue who had waited longer. */
  readonly jumps: Readonly<Record<Jump, number>>;
  readonly beyondLimit: number;
  /** Seconds for each answered call, of the daemon alone. */
  readonly lost: LostBy;
}

export interface Excess {
  readonly mean: number;
  /** Standard error of the mean; what happens to callers of the same hour hangs together, and counts as one. */
  readonly error: number;
  readonly p95: number;
}

/** The same days, in the same order. */
export interface Clairvoyants {
  readonly noLimit: readonly DayPlayed[];
  readonly sameLimit: readonly DayPlayed[];
}

export function figuresOf(
  contender: string,
  days: readonly DayPlayed[],
  { noLimit, sameLimit }: Clairvoyants,
): Figures {
  const visits = days.flatMap((day) => day.visits);
  const answered = visits.filter(({ fate }) => fate === 'answered').length;
  const sum = (of: (day: DayPlayed) => number) => days.reduce((total, day) => total + of(day), 0);
  const jumps = (by: Jump) => visits.filter(({ jumpedBy }) => jumpedBy === by).length / visits.length;
  return {
    contender,
    callers: visits.length,
    answeredShare: answered / visits.length,
    meanWait: meanOf(visits.map(({ waitMs }) => waitMs / 1_000)),
    overNoLimit: excessOf(days, noLimit),
    overSameLimit: excessOf(days, sameLimit),
    requestsPerAnswered: sum(({ requests }) => requests) / answered,
    wastedPollsPerAnswered: sum(({ polls, offers }) => polls - offers) / answered,
    endingDelayP95: p95Of(visits.filter(isHeard).map(endingDelay)),
    unheardShare: visits.filter((visit) => !isHeard(visit)).length / visits.length,
    unheardDelayP95: p95Of(visits.filter((visit) => !isHeard(visit)).map(endingDelay)),
    jumps: {
      'first poll': jumps('first poll'),
      'later poll': jumps('later poll'),
      return: jumps('return'),
    },
    anyEndingDelayP95: p95Of(visits.map(endingDelay)),
    beyondLimit: sum((day) => day.beyondLimit),
    lost: mapLosses((loss) => sum(({ lost }) => lost[loss]) / answered),
  };
}

const isHeard = ({ polls }: Visit): boolean => polls > 0;

function excessOf(days: readonly DayPlayed[], best: readonly DayPlayed[]): Excess {
  const all = days.flatMap(({ visits }, day) =>
    visits.map(({ waitMs, caller: { arrivesAt } }, index) => ({
      hour: `${day} ${Math.floor(arrivesAt / HOUR_MS)}`,
      excess: (waitMs - (best[day]?.visits[index]?.waitMs ?? Number.NaN)) / 1_000,
    })),
  );
  const excesses = all.map(({ excess }) => excess);
  const mean = meanOf(excesses);
  const hours = [...Map.groupBy(all, ({ hour }) => hour).values()];
  const strays = hours.map((hour) => hour.reduce((sum, { excess }) => sum + excess - mean, 0));
  return { mean, error: Math.hypot(...strays) / all.length, p95: p95Of(excesses) };
}

/** An ending that was never heard is as late as can be. */
function endingDelay({ goneAt = 0, endingHeardAt = Infinity }: Visit): number {
  return (endingHeardAt - goneAt) / 1_000;
}

function meanOf(all: readonly number[]): number {
  return all.reduce((total, one) => total + one, 0) / all.length;
}

function p95Of(all: readonly number[]): number {
  return all.toSorted((one, other) => one - other)[Math.floor(all.length * 0.95)] ?? Number.NaN;
}
