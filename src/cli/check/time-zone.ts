import type { PbxTime } from '../../adapters/asterisk/pbx-inspector.ts';
import type { Config } from '../../config/config.ts';
import { allowedAt } from '../../domain/budget/allowance.ts';
import { type Finding, ok, warn } from './finding.ts';

/** Where the configuration has hours of the day. */
export interface Hours extends Pick<Config['movidesk'], 'requestsPerMinute' | 'timeZone'> {
  /** Zones of `ccai.openingHours`. */
  readonly openingZones: ReadonlySet<string>;
}

/**
 * Nothing is sent in local time; a zone matters for the hours of `requestsPerMinute` and of `ccai.openingHours` alone. It is
 * wrong if the PBX's clock on the wall tells another time: a PBX that keeps UTC says nothing about where it stands.
 */
export function timeZoneFindings(
  { requestsPerMinute, timeZone, openingZones }: Hours,
  time: PbxTime | undefined,
  now: number,
): readonly Finding[] {
  const ofLimit =
    typeof requestsPerMinute === 'number'
      ? []
      : [
          {
            timeZone,
            key: 'movidesk.timeZone',
            more: `, and ${allowedAt(requestsPerMinute, now)} requests a minute are allowed`,
          },
        ];
  const ofOpening = [...openingZones].map((zone) => ({
    timeZone: zone,
    key: 'ccai.openingHours[].timeZone',
    more: ', by which queues open',
  }));
  const zones = [...ofLimit, ...ofOpening];
  if (zones.length === 0)
    return [ok('time zone', 'is not needed: the limit of requests is the same at every hour')];
  return zones.map((zone) => zoneFinding(zone, time, now));
}

interface Zone {
  readonly timeZone: string;
  readonly key: string;
  readonly more: string;
}

function zoneFinding({ timeZone, key, more }: Zone, time: PbxTime | undefined, now: number): Finding {
  const here = offsetOf(timeZone, now);
  const there = time?.utcOffset;
  const told = `in ${timeZone} it is ${localTime(timeZone, now)} now${more}`;
  if (there === undefined || there === '+0000' || there === here) return ok('time zone', told);
  return warn(
    'time zone',
    `${told}; but the PBX's local time is UTC${there}, and not UTC${here}`,
    `see which is right: ${key} is the zone in which these hours are written; timedatectl set-timezone sets the PBX`,
  );
}

function localTime(timeZone: string, now: number): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(now);
}

/** `-0300`, as Asterisk writes it. */
function offsetOf(timeZone: string, now: number): string {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(now);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  return name === 'GMT' ? '+0000' : name.replace('GMT', '').replace(':', '');
}
