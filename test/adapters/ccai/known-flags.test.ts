import { describe, expect, test } from 'vitest';
import {
  areFlagsTold,
  type KnownNumbers,
  knownFlags,
  tellFlags,
} from '../../../src/adapters/ccai/known-flags.ts';
import { MORNING } from '../../domain/builders.ts';
import { ANA, aHistory, aPlatform, MENUS } from './call-back-platform.ts';
import { failureIn } from './ccai-server.ts';

const DAY_MS = 24 * 3_600_000;

const known = (changes: Partial<KnownNumbers> = {}): KnownNumbers => ({
  ...{ repeatWithinMs: 0, badActors: new Set<string>(), verifiedCustomers: new Set<string>() },
  ...changes,
});

const ANYTHING = known({ repeatWithinMs: 30 * DAY_MS, badActors: new Set([ANA]) });
const ALL_OF_ANA = known({
  ...{ repeatWithinMs: 30 * DAY_MS, badActors: new Set([ANA]), verifiedCustomers: new Set([ANA]) },
});

describe('whether anything may ever be said of a caller', () => {
  test.each<[string, Partial<KnownNumbers>, boolean]>([
    ['nothing is configured', {}, false],
    ['repeat customers are told', { repeatWithinMs: 1 }, true],
    ['there are bad actors', { badActors: new Set([ANA]) }, true],
    ['there are verified customers', { verifiedCustomers: new Set([ANA]) }, true],
  ])('%s', (_what, changes, isTold) => {
    expect(areFlagsTold(known(changes))).toBe(isTold);
  });
});

describe('what is known of a caller', () => {
  test('of whom nothing is known, nothing is said, and nothing denied', () => {
    expect(knownFlags(aHistory(), known())).toBeUndefined();
    expect(knownFlags(aHistory(), ANYTHING)).toEqual({ badActor: true });
    expect(knownFlags(aHistory({ number: '+5511987650002' }), ANYTHING)).toBeUndefined();
    expect(knownFlags(aHistory({ number: undefined }), ALL_OF_ANA)).toBeUndefined();
  });

  test('is by their number, which may stand in more than one list', () => {
    const both = known({ badActors: new Set([ANA]), verifiedCustomers: new Set([ANA]) });
    expect(knownFlags(aHistory(), both)).toEqual({ badActor: true, verifiedCustomer: true });
  });

  test('is that they called within so many days before they were lost', () => {
    const repeat = known({ repeatWithinMs: 30 * DAY_MS });
    const calledAt = (calledBefore: number) => knownFlags(aHistory({ calledBefore }), repeat);
    expect(calledAt(MORNING - 30 * DAY_MS)).toEqual({ repeatCustomer: true });
    expect(calledAt(MORNING - 30 * DAY_MS - 1)).toBeUndefined();
    expect(calledAt(MORNING - 1)).toEqual({ repeatCustomer: true });
  });

  test('is not that they called at the very same moment, where nobody is a repeat customer', () => {
    expect(knownFlags(aHistory({ calledBefore: MORNING }), known())).toBeUndefined();
  });
});

describe('what is known is said of the call that was made for them', () => {
  const CALLED_BACK = aHistory({ calledBackAs: '1', calledBefore: MORNING - DAY_MS });
  const LOST = { menuId: MENUS.open, endUserNumber: ANA };

  test('all of it', async () => {
    await using platform = await aPlatform();
    await platform.client.incomingCall(LOST);
    expect(await tellFlags(platform.client, CALLED_BACK, ALL_OF_ANA)).toEqual({ ok: true, value: undefined });
    const flags = { repeatCustomer: true, badActor: true, verifiedCustomer: true };
    expect(platform.simulator.calls).toMatchObject([{ id: 1, flags }]);
    expect(platform.simulator.violations).toEqual([]);
  });

  test('and no more than that: what somebody there has set stays', async () => {
    await using platform = await aPlatform();
    await platform.client.incomingCall(LOST);
    platform.simulator.setFlags(1, { verifiedCustomer: true, badActor: true });
    await tellFlags(platform.client, CALLED_BACK, known({ repeatWithinMs: 30 * DAY_MS }));
    const flags = { repeatCustomer: true, badActor: true, verifiedCustomer: true };
    expect(platform.simulator.calls).toMatchObject([{ flags }]);
  });

  test('a call that is not there is refused, and a person can see which', async () => {
    await using platform = await aPlatform();
    expect(failureIn(await tellFlags(platform.client, CALLED_BACK, ALL_OF_ANA))).toMatchObject({
      kind: 'refused',
      status: 404,
      cause: expect.stringMatching(/^PATCH calls\/1\/customer_flag: /),
    });
  });

  test.each([
    ['there is no call', { calledBackAs: undefined }],
    ['the call has a name that is none of theirs', { calledBackAs: 'task 77' }],
    ['nothing is known by now', { calledBackAs: '1', number: '+5511987650002' }],
  ])('nothing is asked where %s', async (_what, changes) => {
    await using platform = await aPlatform();
    const told = await tellFlags(platform.client, aHistory(changes), ALL_OF_ANA);
    expect(told).toEqual({ ok: true, value: undefined });
    expect(platform.simulator.ledger).toEqual([]);
  });

  test('a fault stays what it is, and is told again later', async () => {
    await using platform = await aPlatform();
    await platform.client.incomingCall(LOST);
    platform.simulator.faults.add('patch-flags', { status: 500 });
    expect(failureIn(await tellFlags(platform.client, CALLED_BACK, ALL_OF_ANA))).toMatchObject({
      kind: 'broken',
      status: 500,
    });
  });
});
