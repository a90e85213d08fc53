import { type Finding, fail, ok, warn } from './finding.ts';

// A machine that sets its clock by NTP is off by less than a second; what is asked comes in whole seconds.
const NOTICED_MS = 5_000;
// Movidesk gets dates to the second or the minute; from here on they are plainly wrong.
const WRONG_MS = 60_000;
const QUARTER_HOUR_MS = 900_000;
// A clock that was set to the local time of another zone is off by whole quarters of an hour, give or take this.
const ZONE_SLACK_MS = 120_000;

/** How far this machine's clock is ahead of the other's. */
export function clockFinding(name: string, other: string, aheadMs: number): Finding {
  const offMs = Math.abs(aheadMs);
  if (offMs < NOTICED_MS) return ok(name, `this machine and ${other} agree`);
  const found = `this machine is ${spoken(offMs)} ${aheadMs > 0 ? 'ahead of' : 'behind'} ${other}${zoneHint(offMs)}`;
  const remedy = `set the one that is wrong by NTP: timedatectl set-ntp true; timedatectl shows the time in UTC`;
  return offMs < WRONG_MS
    ? warn(name, found, remedy)
    : fail(name, `${found}: Movidesk would get wrong dates`, remedy);
}

function spoken(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 6) / 10} h`;
}

function zoneHint(offMs: number): string {
  const beside = offMs % QUARTER_HOUR_MS;
  const isWhole = Math.min(beside, QUARTER_HOUR_MS - beside) < ZONE_SLACK_MS;
  return offMs > QUARTER_HOUR_MS * 2 - ZONE_SLACK_MS && isWhole
    ? ', as if local time were taken for UTC'
    : '';
}
