import { describe, expect, test } from 'vitest';
import { CcaiRelay, type CcaiRelayParts } from '../../../src/adapters/ccai/ccai-relay.ts';
import { e164From } from '../../../src/adapters/kit/phone-number.ts';
import type { Loss } from '../../../src/domain/call-back/loss.ts';
import type { LostCallerRelay, Relay as Relayed } from '../../../src/domain/relay/relay.ts';
import type { CallerHistory } from '../../../src/ports/caller-histories.ts';
import { aCall, extension, MORNING } from '../../domain/builders.ts';
import { hoursOpen } from '../../domain/call-back/some-hours.ts';
import { aRule, SUPPORT } from '../../domain/call-back/some-rules.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { ANA, aHistory, aPlatform, askedOf, MENUS, ordering } from './call-back-platform.ts';
import { failureIn, valueIn } from './ccai-server.ts';

const { callId } = aCall().withId('a').ended('lost');
const LOSS: Loss = { queue: SUPPORT, ending: 'lost', reason: 'waited' };
const CALL_BACK: LostCallerRelay = { kind: 'call-back', callId, loss: LOSS };
const FLAGS: LostCallerRelay = { kind: 'customer-flags', callId };
const NOT_KEPT = 'the call is not kept any more';
const NO_NUMBER = 'the number is withheld, or none that can be called';

interface Given {
  /** What the store says of them; nothing where it knows nobody. */
  readonly caller?: CallerHistory | undefined;
  readonly changes?: Partial<CcaiRelayParts>;
}

/** The relay before a platform, for a caller who was lost a minute ago. */
async function aRelay({ changes = {}, ...given }: Given = {}) {
  const platform = await aPlatform();
  const asked: unknown[] = [];
  const caller = 'caller' in given ? given.caller : aHistory();
  const clock = new ManualClock(MORNING + 60_000);
  const relay = new CcaiRelay({
    client: platform.client,
    rules: {
      ...{ rules: [ordering()], hoursOf: () => undefined },
      ...{ delayMs: 60_000, onceWithinMs: 3_600_000 },
    },
    known: { repeatWithinMs: 0, badActors: new Set([ANA]), verifiedCustomers: new Set() },
    histories: {
      callerHistory: async (id, numberOf) => {
        asked.push([id, numberOf('11987650001')]);
        return caller;
      },
    },
    numberOf: (number) => e164From(number, 'BR'),
    clock,
    ...changes,
  });
  const close = () => platform[Symbol.asyncDispose]();
  return { ...platform, relay, asked, clock, [Symbol.asyncDispose]: close };
}

test('one caller is told at a time, so that the second call of one of them sees the first', async () => {
  await using office = await aRelay();
  expect(office.relay).toMatchObject({ lane: 'ccai', mostInFlight: 1 });
});

describe('before a caller is called back it is looked up whether they still are to be', () => {
  test('who was lost a minute ago is, and the store is asked in the far side’s spelling', async () => {
    await using office = await aRelay();
    expect(await office.relay.review(CALL_BACK)).toEqual({ kind: 'tell' });
    expect(office.asked).toEqual([[callId, ANA]]);
    expect(office.simulator.ledger).toEqual([]);
  });

  test('who was lost a moment ago is not yet', async () => {
    await using office = await aRelay({ caller: aHistory({ lostAt: MORNING + 45_000 }) });
    expect(await office.relay.review(CALL_BACK)).toMatchObject({ kind: 'later', afterMs: 45_000 });
    await office.clock.pass(45_000);
    expect(await office.relay.review(CALL_BACK)).toEqual({ kind: 'tell' });
  });

  test.each([
    ['of whose call nothing is kept', undefined, NOT_KEPT],
    ['whose number is withheld', aHistory({ number: undefined }), NO_NUMBER],
    ['who was answered since', aHistory({ isServed: true }), 'they were answered since'],
  ])('a caller %s is to be called by nobody', async (_what, caller, why) => {
    await using office = await aRelay({ caller });
    expect(await office.relay.review(CALL_BACK)).toEqual({ kind: 'moot', why });
  });

  test('a fault of the store is a fault of ours, and told as such', async () => {
    const histories = { callerHistory: () => Promise.reject(new Error('disk')) };
    await using office = await aRelay({ changes: { histories } });
    await expect(office.relay.review(CALL_BACK)).rejects.toThrow('disk');
  });
});

describe('a caller is called back', () => {
  test('by the rule that is about their loss, and what the call is called over there comes back', async () => {
    const rules = {
      ...{ hoursOf: () => undefined, delayMs: 0, onceWithinMs: 0 },
      rules: [
        { ...ordering({ menuId: MENUS.unknown }), reasons: ['closed'] as const },
        { ...ordering({ lang: 'en' }), queues: [SUPPORT] },
        ordering(),
      ],
    };
    await using office = await aRelay({ changes: { rules } });
    expect(valueIn(await office.relay.deliver(CALL_BACK))).toEqual({ name: '1', dueAt: undefined });
    expect(askedOf(office.simulator)).toEqual(['incoming 1 en 201']);
    expect(office.simulator.calls).toMatchObject([{ number: ANA }]);
    expect(office.simulator.violations).toEqual([]);
  });

  test('at the first opening since they were lost, by the hours of their queue, and that time comes back', async () => {
    const rules = {
      ...{ rules: [ordering({}, 'schedule')], delayMs: 0, onceWithinMs: 0 },
      hoursOf: (queue: string) => hoursOpen(queue === SUPPORT ? '09:00-18:00' : '10:00-18:00'),
    };
    await using office = await aRelay({ changes: { rules } });
    const dueAt = MORNING + 3_600_000;
    expect(valueIn(await office.relay.deliver(CALL_BACK))).toEqual({ name: '1', dueAt });
    // Of the call that it was lost with, not of the moment: nine has passed, and she is called soon.
    await office.clock.pass(2 * 3_600_000);
    const soon = office.clock.now() + 60_000;
    expect(valueIn(await office.relay.deliver(CALL_BACK))).toEqual({ name: '2', dueAt: soon });
    expect(office.simulator.calls).toMatchObject([{ scheduledAt: dueAt }, { scheduledAt: soon }]);
  });

  test.each<[string, Given]>([
    ['was erased in the moment since', { caller: undefined }],
    ['has no number by now', { caller: aHistory({ number: undefined }) }],
    [
      'is wanted by no rule by now',
      {
        changes: {
          rules: { rules: [aRule('nothing')], hoursOf: () => undefined, delayMs: 0, onceWithinMs: 0 },
        },
      },
    ],
  ])('but not one who %s', async (_what, given) => {
    await using office = await aRelay(given);
    expect(failureIn(await office.relay.deliver(CALL_BACK))).toMatchObject({ kind: 'refused', status: 0 });
    expect(office.simulator.ledger).toEqual([]);
  });

  test('and what no answer came to is not known', async () => {
    await using office = await aRelay();
    office.simulator.faults.add('incoming-call', { status: 500, heard: true });
    expect(failureIn(await office.relay.deliver(CALL_BACK)).kind).toBe('unknown-outcome');
    expect(office.simulator.ledger).toHaveLength(1);
  });
});

describe('what is known of a caller is told', () => {
  const CALLED_BACK = aHistory({ calledBackAs: '1' });

  test('of the call that was made for them, whatever they have done since', async () => {
    await using office = await aRelay({ caller: { ...CALLED_BACK, isServed: true, isCalling: true } });
    await office.relay.deliver(CALL_BACK);
    expect(await office.relay.review(FLAGS)).toEqual({ kind: 'tell' });
    expect(valueIn(await office.relay.deliver(FLAGS))).toBeUndefined();
    expect(office.simulator.calls).toMatchObject([{ flags: { badActor: true, repeatCustomer: false } }]);
  });

  test.each([
    ['who was not called back', aHistory(), 'no call was made for them, or none with an id'],
    ['of whom nothing is known', { ...CALLED_BACK, number: '+5511987650002' }, 'nothing is known of them'],
    ['of whose call nothing is kept', undefined, NOT_KEPT],
    ['whose number was erased', { ...CALLED_BACK, number: undefined }, NO_NUMBER],
  ])('but not of one %s', async (_what, caller, why) => {
    await using office = await aRelay({ caller });
    expect(await office.relay.review(FLAGS)).toEqual({ kind: 'moot', why });
  });

  test('and not of one who was erased in the moment since', async () => {
    await using office = await aRelay({ caller: undefined });
    expect(failureIn(await office.relay.deliver(FLAGS))).toMatchObject({ kind: 'refused', status: 0 });
    expect(office.simulator.ledger).toEqual([]);
  });
});

test('a relay that is about an agent is a mistake of ours', async () => {
  await using office = await aRelay();
  const state: Relayed = { kind: 'agent-state', extension: extension('1001'), state: 'idle' };
  await expect(office.relay.deliver(state)).rejects.toThrow('lost callers');
});

test('once closed it sends nothing any more', async () => {
  await using office = await aRelay();
  await office.relay.close();
  expect(failureIn(await office.relay.deliver(CALL_BACK)).kind).toBe('unreachable');
  expect(office.simulator.ledger).toEqual([]);
});
