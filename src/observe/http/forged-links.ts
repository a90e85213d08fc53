import type { Clock } from '../../ports/clock.ts';
import type { Facts, Log } from '../../ports/log.ts';

const MINUTE_MS = 60_000;
// Who copies a link badly tries it a few times; who tries links fills no disk with it.
const TOLD_PER_MINUTE = 10;

export type TellForged = (facts: Facts) => void;

/**
 * Tells of links to recordings that are not ours, which any stranger can ask for: the first of a minute one by one, and at
 * its end how many more there were. There is one of it in a process: whatever they try is counted together.
 */
export function forgedLinks(parts: {
  readonly clock: Pick<Clock, 'after'>;
  readonly log: Pick<Log, 'warn'>;
}): TellForged {
  const { clock, log } = parts;
  let times = 0;
  const endMinute = (): void => {
    const more = times - TOLD_PER_MINUTE;
    times = 0;
    if (more > 0) log.warn({ verdict: 'forged', times: more }, 'more links to recordings were refused');
  };
  return (facts) => {
    if (times === 0) clock.after(MINUTE_MS, endMinute);
    times += 1;
    if (times <= TOLD_PER_MINUTE)
      log.warn({ ...facts, verdict: 'forged' }, 'a link to a recording was refused');
  };
}
