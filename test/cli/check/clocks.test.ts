import { expect, test } from 'vitest';
import { knowsNamedFilters, versionIn } from '../../../src/cli/check/asterisk-version.ts';
import { clockFinding } from '../../../src/cli/check/clocks.ts';
import { timeZoneFindings } from '../../../src/cli/check/time-zone.ts';
import { configOf, fileWith, load } from '../../config/config-builder.ts';

const HOUR_MS = 3_600_000;

test.each([
  [0, 'ok', /agree/],
  [4_999, 'ok', /agree/],
  [-5_000, 'warn', /^this machine is 5 s behind the PBX$/],
  [59_000, 'warn', /^this machine is 59 s ahead of the PBX$/],
  [90_000, 'FAIL', /^this machine is 90 s ahead of the PBX: Movidesk would get wrong dates$/],
  [-700_000, 'FAIL', /12 min behind/],
  [3 * HOUR_MS + 800, 'FAIL', /3 h ahead of the PBX, as if local time were taken for UTC/],
  [-5.5 * HOUR_MS, 'FAIL', /5\.5 h behind the PBX, as if local time/],
  [3 * HOUR_MS + 400_000, 'FAIL', /^this machine is 3\.1 h ahead of the PBX: /],
])('a clock that is %i ms ahead', (aheadMs, state, found) => {
  const finding = clockFinding('clock', 'the PBX', aheadMs);
  expect(finding).toMatchObject({ state, found: expect.stringMatching(found) });
  if (finding.state === 'FAIL' || finding.state === 'warn') expect(finding.remedy).toMatch(/timedatectl/);
});

const NOON_UTC = Date.UTC(2026, 5, 1, 12);
const hours = (movidesk: object, ...openingZones: readonly string[]) => ({
  ...configOf(load({ yaml: fileWith({ movidesk: { ...movidesk } }) })).movidesk,
  openingZones: new Set(openingZones),
});
const TABLE = { requestsPerMinute: { '00:00': 10, '08:00': 30 } };
const pbxAt = (utcOffset: string | undefined) => ({ epochSeconds: 0, beatAtSeconds: undefined, utcOffset });

test('no time zone is needed where the limit is the same at every hour', () => {
  expect(timeZoneFindings(hours({}), pbxAt('+0100'), NOON_UTC)).toMatchObject([
    { state: 'ok', found: expect.stringMatching(/not needed/) },
  ]);
});

test('the hours are told in their zone, so that a person sees whether it is the right one', () => {
  const [finding] = timeZoneFindings(hours(TABLE), pbxAt('-0300'), NOON_UTC);
  expect(finding).toMatchObject({
    state: 'ok',
    found: 'in America/Sao_Paulo it is 09:00 now, and 30 requests a minute are allowed',
  });
});

test.each(['+0000', undefined])('a PBX that keeps %s says nothing about where it stands', (offset) => {
  expect(timeZoneFindings(hours(TABLE), pbxAt(offset), NOON_UTC)).toMatchObject([{ state: 'ok' }]);
});

test('a PBX whose wall clock tells another time is a warning', () => {
  const [finding] = timeZoneFindings(
    hours({ ...TABLE, timeZone: 'Europe/Lisbon' }),
    pbxAt('-0300'),
    NOON_UTC,
  );
  expect(finding).toMatchObject({
    state: 'warn',
    found: expect.stringMatching(/in Europe\/Lisbon it is 13:00 now.*UTC-0300, and not UTC\+0100$/),
    remedy: expect.stringMatching(/movidesk\.timeZone/),
  });
});

test('the zone by which queues open for call-backs is looked at as well', () => {
  expect(timeZoneFindings(hours({}, 'America/Sao_Paulo'), pbxAt('-0300'), NOON_UTC)).toMatchObject([
    { state: 'ok', found: 'in America/Sao_Paulo it is 09:00 now, by which queues open' },
  ]);
  expect(timeZoneFindings(hours(TABLE, 'Europe/Lisbon'), pbxAt('-0300'), NOON_UTC)).toMatchObject([
    { state: 'ok' },
    { state: 'warn', remedy: expect.stringMatching(/ccai\.openingHours\[\]\.timeZone/) },
  ]);
});

test.each([
  ['22.10.1+dfsg+~cs6', true],
  ['20.10.0', true],
  ['20.9.3', false],
  ['21.4.0', false],
  ['21.5.0', true],
  ['18.9.0', false],
  ['18.26.4', true],
  ['16.28.0', false],
  ['13.38.3', false],
  ['certified/20.7-cert2', false],
  ['23.0.0', true],
])('Asterisk %s knows filters by name: %s', (version, knows) => {
  const known = versionIn(version);
  expect(known === undefined ? undefined : knowsNamedFilters(known)).toBe(knows);
});

test('a version without numbers is none', () => {
  expect(versionIn('GIT-master-7a8b9c')).toBeUndefined();
});
