import type { TracedCaller } from '../../bench/polling/day-trace.ts';
import type { Visit } from '../../bench/polling/journal.ts';
import { mapLosses } from '../../bench/polling/lost-seconds.ts';
import type { DayPlayed } from '../../bench/polling/play-day.ts';
import type { Setting } from '../../bench/polling/settings.ts';
import { uniqueidFrom } from '../../src/domain/identity.ts';

/** Somebody who comes in when the day begins, for support, and has ten minutes. */
export function aCaller(name: string, changes: Partial<TracedCaller> = {}): TracedCaller {
  return {
    uniqueid: uniqueidFrom(name),
    queue: 'support',
    number: '+5547900000001',
    arrivesAt: 0,
    patienceMs: 600_000,
    ringsOutFirst: false,
    pickUpMs: 4_000,
    talkMs: 60_000,
    wrapUpMs: 0,
    ...changes,
  };
}

/** An answered visit, as a journal leaves it: asked about once, and its ending heard as soon as they were gone. */
export function aVisit(changes: Partial<Visit> & { arrivesAt?: number } = {}): Visit {
  const { arrivesAt = 0, ...others } = changes;
  return {
    caller: aCaller('somebody', { arrivesAt }),
    place: 'gone',
    rungAt: 0,
    fate: 'answered',
    waitMs: 0,
    polls: 1,
    wasHead: true,
    jumpedBy: undefined,
    goneAt: 60_000,
    endingHeardAt: 60_000,
    ...others,
  };
}

/** A day of which only the callers are told. */
export function aDay(visits: readonly Visit[], changes: Partial<DayPlayed> = {}): DayPlayed {
  return { visits, requests: 0, polls: 0, offers: 0, beyondLimit: 0, lost: mapLosses(() => 0), ...changes };
}

/** A place where nobody dials out; its agents are those of its queues. */
export function aSetting(changes: Partial<Setting> = {}): Setting {
  return {
    name: 'office',
    prose: '',
    queues: [],
    talkMs: 60_000,
    wrapUp: { kind: 'timer', meanMs: 0 },
    ownCalls: { perAgentAndHour: 0, meanMs: 60_000 },
    isOverload: false,
    ...changes,
  };
}
