import { expect, test } from 'vitest';
import { systemClock } from '../../../../src/adapters/system/system-clock.ts';
import { aPlatform, NUMBER, SUBDOMAIN, TOKEN } from './platform.ts';

const onRealTime = { clock: systemClock, client: { clock: systemClock } };

test('sixty requests at once are made at ten a second at most, and each of them once', async () => {
  await using platform = await aPlatform(onRealTime);
  const { client, simulator } = platform;
  const numbers = Array.from({ length: 60 }, (_, index) => `+55119876543${String(index + 10)}`);
  const outcomes = await Promise.all(
    numbers.map((endUserNumber) => client.incomingCall({ menuId: 9, endUserNumber })),
  );
  expect(outcomes.filter((outcome) => !outcome.ok || outcome.value.kind !== 'created')).toEqual([]);
  expect(simulator.violations).toEqual([]);
  expect(simulator.calls.map(({ number }) => number).sort()).toEqual(numbers);
});

test('one more than ten in a second would be noticed', async () => {
  await using platform = await aPlatform(onRealTime);
  const given = { menuId: 9, endUserNumber: NUMBER };
  await Promise.all(Array.from({ length: 10 }, () => platform.client.incomingCall(given)));
  expect(platform.simulator.violations).toEqual([]);
  const authorization = `Basic ${Buffer.from(`${SUBDOMAIN}:${TOKEN}`).toString('base64')}`;
  const url = `${platform.simulator.baseUrl}/calls/1/customer_flag`;
  const eleventh = await fetch(url, { headers: { authorization } });
  expect(eleventh.status).toBe(429);
  expect(platform.simulator.violations).toEqual(['too many requests in a second']);
});
