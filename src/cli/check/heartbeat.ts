import type { PbxTime } from '../../adapters/asterisk/pbx-inspector.ts';
import type { Clock } from '../../ports/clock.ts';
import { ageText } from '../table.ts';
import { type Finding, fail, ok, warn } from './finding.ts';
import { lookAgain } from './look-again.ts';

// As `movidesk-entry` has it: callers go to the fallback when the last beat is older.
const FRESH_SECONDS = 15;
// A beat comes every 5 s; a daemon that has just been started connects, reads what there is, and then beats at once.
const PATIENCE_MS = 8_000;
const LOOK_MS = 500;

export interface HeartbeatWatch {
  readonly readTime: () => Promise<PbxTime | undefined>;
  /** Whether a daemon works on the store of this configuration, now. */
  readonly isStoreInUse: () => boolean | undefined;
  readonly clock: Pick<Clock, 'after' | 'monotonic'>;
}

/**
 * Whether somebody serves this PBX now. What a first look shows may be the last beat of a daemon that was just stopped, or
 * lack the first of one that was just started: where that is possible, it is looked at until the next beat must have come.
 */
export async function heartbeatFinding(first: PbxTime, watch: HeartbeatWatch): Promise<Finding> {
  const before = watch.isStoreInUse();
  // Nothing that is still to come would change what is said.
  if (isFresh(first) ? before !== false : before !== true) return toldAtOnce(first);
  const latest = await nextBeat(first, watch);
  const hasMoved = latest.beatAtSeconds !== first.beatAtSeconds;
  if (hasMoved) return watch.isStoreInUse() === false ? served(latest) : toldAtOnce(latest);
  return before === true ? silent(latest) : left(latest);
}

const ageSeconds = ({ epochSeconds, beatAtSeconds }: PbxTime): number | undefined =>
  beatAtSeconds === undefined ? undefined : epochSeconds - beatAtSeconds;

const isFresh = (time: PbxTime): boolean => (ageSeconds(time) ?? Number.POSITIVE_INFINITY) <= FRESH_SECONDS;

async function nextBeat(first: PbxTime, { readTime, clock }: HeartbeatWatch): Promise<PbxTime> {
  const look = async () => (await readTime()) ?? first;
  const isNext = ({ beatAtSeconds }: PbxTime) => beatAtSeconds !== first.beatAtSeconds;
  return lookAgain(look, isNext, { clock, everyMs: LOOK_MS, forMs: PATIENCE_MS });
}

function toldAtOnce(time: PbxTime): Finding {
  if (isFresh(time)) return ok('heartbeat', 'a bridge serves this PBX now');
  return ageSeconds(time) === undefined
    ? ok('heartbeat', 'no bridge serves this PBX yet: callers go to the fallback until one does')
    : warn('heartbeat', `${lastBeat(time)}: callers go to the fallback`, START);
}

/** The beat goes on, and nobody works on our store. */
const served = (time: PbxTime): Finding =>
  isFresh(time)
    ? warn(
        'heartbeat',
        'a bridge serves this PBX now, but not the one of this configuration and store',
        'see that no second one is about to be started: two bridges would both move the same callers',
      )
    : toldAtOnce(time);

/** A beat that is young, and the last one. */
const left = (time: PbxTime): Finding =>
  warn(
    'heartbeat',
    `${lastBeat(time)}, and none came since: the daemon may just have been stopped, and callers go to the fallback`,
    START,
  );

const silent = (time: PbxTime): Finding =>
  fail(
    'heartbeat',
    `a daemon runs, but ${lastBeat(time)}: callers go to the fallback`,
    'if it has been started within the last minute, run check again in a moment; else its log says why, and so does /readyz: journalctl -u asterisk-movidesk -n 50',
  );

function lastBeat(time: PbxTime): string {
  const age = ageSeconds(time);
  return age === undefined ? 'no bridge ever beat here' : `the last beat was ${ageText(age * 1_000)} ago`;
}

const START = 'start the daemon: systemctl start --no-block asterisk-movidesk';
