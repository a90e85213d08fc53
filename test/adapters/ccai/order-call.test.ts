import { describe, expect, test } from 'vitest';
import { orderCall } from '../../../src/adapters/ccai/order-call.ts';
import type { OpeningHours } from '../../../src/domain/call-back/opening-hours.ts';
import type { CallOrder } from '../../../src/domain/call-back/rule.ts';
import type { Instant } from '../../../src/domain/identity.ts';
import { MORNING } from '../../domain/builders.ts';
import { hoursOpen } from '../../domain/call-back/some-hours.ts';
import { AN_ORDER, ANA, aPlatform, askedOf, MENUS, type Ordering, ordering } from './call-back-platform.ts';
import { failureIn, valueIn } from './ccai-server.ts';

type Platform = Awaited<ReturnType<typeof aPlatform>>;

// It is eight o'clock in São Paulo, on a Monday.
const FROM_NINE = hoursOpen('09:00-18:00');
const NINE = MORNING + 3_600_000;
const NEVER = hoursOpen([[], [], [], [], [], [], []]);

interface Asking {
  readonly wants?: Ordering['wants'];
  readonly number?: string;
  readonly hours?: OpeningHours | undefined;
  readonly lostAt?: Instant;
  readonly now?: Instant;
}

/** The rule's order for Ana, who was lost out of hours, just now. */
function order(
  { client }: Platform,
  changes: Partial<CallOrder>,
  { wants = 'call-back', number = ANA, now = MORNING, lostAt = now, ...given }: Asking = {},
) {
  const hours = 'hours' in given ? given.hours : FROM_NINE;
  return orderCall(client, { rule: ordering(changes, wants), number, hours, lostAt, now });
}

describe('a call is ordered as the rule says', () => {
  test('a call-back, with its menu, language, permission and the number that is shown', async () => {
    await using platform = await aPlatform();
    const changes = { recordingPermission: 'granted', outboundNumber: '+551132654321' } as const;
    expect(valueIn(await order(platform, changes))).toEqual({ name: '1', dueAt: undefined });
    expect(platform.simulator.ledger.map(({ body }) => body)).toEqual([
      {
        call_type: 'Voice Inbound (API)',
        menu_id: MENUS.open,
        lang: 'pt',
        end_user_number: ANA,
        recording_permission: 'recording_permission_granted',
        outbound_number: '+551132654321',
      },
    ]);
    expect(platform.simulator.violations).toEqual([]);
  });

  test('a call for later, in the menu for those, at the next opening of the queue', async () => {
    await using platform = await aPlatform();
    const shown = { outboundNumber: '+551132654321' };
    expect(valueIn(await order(platform, shown, { wants: 'schedule' }))).toEqual({ name: '1', dueAt: NINE });
    expect(platform.simulator.calls).toMatchObject([
      { kind: 'scheduled', menu: { id: MENUS.page }, scheduledAt: NINE, number: ANA, lang: 'pt' },
    ]);
    // Of a scheduled call the document has no number that is shown.
    expect(platform.simulator.violations).toEqual([]);
  });

  test('an agent who has to go on by hand over there is as good as a call, of which nobody knows the name', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('incoming-call', { status: 202, body: '' });
    expect(valueIn(await order(platform, {}))).toEqual({ name: undefined, dueAt: undefined });
    expect(platform.simulator.ledger).toHaveLength(1);
  });

  test('the same for a call for later, of which the time is known all the same', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('scheduled-call', { status: 202, body: '' });
    expect(valueIn(await order(platform, {}, { wants: 'schedule' }))).toEqual({
      name: undefined,
      dueAt: NINE,
    });
  });
});

describe('a call for later is for the first opening since the caller was lost', () => {
  const SECOND_MS = 1_000;
  const MINUTE_MS = 60 * SECOND_MS;
  const HOUR_MS = 60 * MINUTE_MS;
  const DAY_MS = 24 * HOUR_MS;
  const LATE_LAST_NIGHT = NINE - 11 * HOUR_MS;
  const AT_FIVE_PAST = NINE + 5 * MINUTE_MS;
  const AT_NIGHT = NINE + 10 * HOUR_MS;

  test.each<[string, lostAt: Instant, now: Instant, scheduledAt: Instant]>([
    ['lost late at night, at once', LATE_LAST_NIGHT, LATE_LAST_NIGHT + MINUTE_MS, NINE],
    ['lost 30 s before it opens, after a delay of 60 s', NINE - 30_000, NINE + 30_000, NINE + 90_000],
    ['lost while it was open', NINE + HOUR_MS, NINE + HOUR_MS + MINUTE_MS, NINE + DAY_MS],
    [
      'lost at night, the far side being away until five past',
      LATE_LAST_NIGHT,
      AT_FIVE_PAST,
      AT_FIVE_PAST + MINUTE_MS,
    ],
    [
      'lost at night, the far side being away until it is closed again',
      LATE_LAST_NIGHT,
      AT_NIGHT,
      NINE + DAY_MS,
    ],
    [
      'lost on the day before, the far side being away for a day',
      NINE - 20 * HOUR_MS,
      AT_FIVE_PAST,
      AT_FIVE_PAST + MINUTE_MS,
    ],
    [
      'less than a minute before it opens, which would have passed',
      LATE_LAST_NIGHT,
      NINE - 59_000,
      NINE + 1_000,
    ],
    ['a minute before it opens', LATE_LAST_NIGHT, NINE - 60_000, NINE],
    ['less than a minute before it closes', LATE_LAST_NIGHT, NINE + 9 * HOUR_MS - 59_000, NINE + DAY_MS],
  ])('%s', async (_what, lostAt, now, scheduledAt) => {
    await using platform = await aPlatform();
    const made = valueIn(await order(platform, {}, { wants: 'schedule', lostAt, now }));
    expect(made).toEqual({ name: '1', dueAt: scheduledAt });
    expect(platform.simulator.calls).toMatchObject([{ kind: 'scheduled', scheduledAt }]);
  });

  test('and where the far side is closed at that time for all that, for the next one ahead, once', async () => {
    await using platform = await aPlatform();
    const changes = { scheduledMenuId: MENUS.pageAfterHours };
    const late = { wants: 'schedule', lostAt: LATE_LAST_NIGHT, now: AT_FIVE_PAST } as const;
    expect(failureIn(await order(platform, changes, late))).toMatchObject({ kind: 'refused', status: 400 });
    expect(askedOf(platform.simulator)).toEqual(['scheduled 5 pt 400', 'scheduled 5 pt 400']);
    const times = platform.simulator.ledger.map(
      ({ body }) => (body as { scheduled_at?: string }).scheduled_at,
    );
    expect(times.map((time) => Date.parse(time ?? ''))).toEqual([AT_FIVE_PAST + MINUTE_MS, NINE + DAY_MS]);
  });

  test('but a call-back whose menu is closed now is for the next opening ahead, whenever they were lost', async () => {
    await using platform = await aPlatform();
    const late = { lostAt: LATE_LAST_NIGHT, now: AT_FIVE_PAST };
    const made = valueIn(await order(platform, { menuId: MENUS.afterHours }, late));
    expect(made).toEqual({ name: '1', dueAt: NINE + DAY_MS });
    expect(platform.simulator.calls).toMatchObject([{ kind: 'scheduled', scheduledAt: NINE + DAY_MS }]);
  });
});

describe('what is refused, and can be had another way, is asked for that way, once', () => {
  test('a menu out of its hours: at the next opening, in the menu for that', async () => {
    await using platform = await aPlatform();
    expect(valueIn(await order(platform, { menuId: MENUS.afterHours }))).toEqual({ name: '1', dueAt: NINE });
    expect(askedOf(platform.simulator)).toEqual(['incoming 2 pt 400', 'scheduled 4 pt 201']);
    expect(platform.simulator.calls).toMatchObject([{ kind: 'scheduled', scheduledAt: NINE }]);
    expect(platform.simulator.violations).toEqual([]);
  });

  test('a menu whose callers are sent elsewhere: the alternative menu', async () => {
    await using platform = await aPlatform();
    const changes = { menuId: MENUS.redirected, alternativeMenuId: MENUS.open };
    expect(valueIn(await order(platform, changes))).toMatchObject({ name: '1' });
    expect(askedOf(platform.simulator)).toEqual(['incoming 3 pt 400', 'incoming 1 pt 201']);
  });

  test('the same for a call for later', async () => {
    await using platform = await aPlatform();
    const changes = { scheduledMenuId: MENUS.pageRedirected, alternativeMenuId: MENUS.page };
    expect(valueIn(await order(platform, changes, { wants: 'schedule' }))).toMatchObject({ name: '1' });
    expect(askedOf(platform.simulator)).toEqual(['scheduled 6 pt 400', 'scheduled 4 pt 201']);
  });

  test.each([
    ['is not spoken there', 'fr'],
    ['is no language', 'xx'],
  ])('a language that %s: the alternative one', async (_what, lang) => {
    await using platform = await aPlatform();
    expect(valueIn(await order(platform, { lang, alternativeLang: 'en' }))).toMatchObject({ name: '1' });
    expect(askedOf(platform.simulator)).toEqual([`incoming 1 ${lang} 400`, 'incoming 1 en 201']);
  });

  test('one after the other: language, menu, hours, menu', async () => {
    await using platform = await aPlatform();
    const changes = {
      ...{ lang: 'fr', alternativeLang: 'en', menuId: MENUS.redirected },
      ...{ alternativeMenuId: MENUS.page, scheduledMenuId: MENUS.pageRedirected },
    };
    platform.simulator.menus.change(MENUS.page, {
      types: ['mobile', 'web'],
      state: { afterHoursUntil: NINE },
    });
    expect(valueIn(await order(platform, changes))).toMatchObject({ name: '1' });
    expect(askedOf(platform.simulator)).toEqual([
      'incoming 3 fr 400',
      'incoming 3 en 400',
      'incoming 4 en 400',
      'scheduled 6 en 400',
      'scheduled 4 en 201',
    ]);
    expect(platform.simulator.violations).toEqual([]);
  });
});

describe('nothing is asked for twice, whatever is refused', () => {
  const EVERYTHING_REFUSES = {
    ...{ menuId: MENUS.redirected, alternativeMenuId: MENUS.afterHours },
    ...{ scheduledMenuId: MENUS.pageAfterHours, lang: 'fr', alternativeLang: 'pt' },
  };

  test.each<[string, Partial<CallOrder>, Asking, readonly string[]]>([
    [
      'a menu for later that is out of its hours at the opening as well',
      { menuId: MENUS.afterHours, scheduledMenuId: MENUS.pageAfterHours },
      {},
      ['incoming 2 pt 400', 'scheduled 5 pt 400'],
    ],
    [
      'two menus whose callers are sent elsewhere',
      { menuId: MENUS.redirected, alternativeMenuId: MENUS.redirected },
      {},
      ['incoming 3 pt 400'],
    ],
    [
      'two languages that are not spoken',
      { lang: 'fr', alternativeLang: 'de' },
      {},
      ['incoming 1 fr 400', 'incoming 1 de 400'],
    ],
    ['the same language twice', { lang: 'fr', alternativeLang: 'fr' }, {}, ['incoming 1 fr 400']],
    [
      'everything, one after the other',
      EVERYTHING_REFUSES,
      {},
      ['incoming 3 fr 400', 'incoming 3 pt 400', 'incoming 2 pt 400', 'scheduled 5 pt 400'],
    ],
    ['no other menu', { menuId: MENUS.redirected }, {}, ['incoming 3 pt 400']],
    ['no other language', { lang: 'fr' }, {}, ['incoming 1 fr 400']],
    ['no hours to schedule by', { menuId: MENUS.afterHours }, { hours: undefined }, ['incoming 2 pt 400']],
    ['no such menu', { menuId: MENUS.unknown, alternativeMenuId: MENUS.open }, {}, ['incoming 99 pt 400']],
    [
      'a menu of another type',
      { menuId: MENUS.page, alternativeMenuId: MENUS.open },
      {},
      ['incoming 4 pt 400'],
    ],
  ])('%s', async (_what, changes, asking, asked) => {
    await using platform = await aPlatform();
    expect(failureIn(await order(platform, changes, asking))).toMatchObject({ kind: 'refused', status: 400 });
    expect(askedOf(platform.simulator)).toEqual(asked);
    expect(platform.simulator.calls).toEqual([]);
  });
});

describe('why there is no call is told to a person', () => {
  test('a number that is none, with menu and language, and without the number', async () => {
    await using platform = await aPlatform();
    const failure = failureIn(await order(platform, {}, { number: '+55119' }));
    expect(failure).toEqual({
      kind: 'refused',
      status: 400,
      cause: 'POST calls, call-back in menu 1, pt: The number to call is not a telephone number.',
    });
    expect(platform.simulator.ledger).toHaveLength(1);
  });

  test('the last refusal of several is the one that counts', async () => {
    await using platform = await aPlatform();
    const changes = { menuId: MENUS.afterHours, scheduledMenuId: MENUS.unknown };
    const { cause } = failureIn(await order(platform, changes));
    expect(cause).toBe('POST calls, schedule in menu 99, pt: There is no menu 99.');
  });

  test('a wrong subdomain is nothing that an order can help', async () => {
    await using platform = await aPlatform({ subdomain: 'acne' });
    const changes = { alternativeMenuId: MENUS.open, alternativeLang: 'en' };
    expect(failureIn(await order(platform, changes))).toMatchObject({ kind: 'unauthorized', status: 404 });
    expect(platform.simulator.ledger).toHaveLength(1);
  });

  test.each<[string, Partial<CallOrder>, Asking, number]>([
    ['asked for at once', {}, { wants: 'schedule' }, 0],
    ['asked for after a refusal', { menuId: MENUS.afterHours }, {}, 1],
  ])('a queue that does not open in the weeks to come, %s', async (_what, changes, asking, requests) => {
    await using platform = await aPlatform();
    const failure = failureIn(await order(platform, changes, { ...asking, hours: NEVER }));
    expect(failure).toMatchObject({
      kind: 'refused',
      status: 0,
      cause: expect.stringMatching(/^not sent: .+ six weeks$/),
    });
    expect(platform.simulator.ledger).toHaveLength(requests);
  });
});

describe('a fault on the way ends it', () => {
  test.each([
    ['while a call-back is asked for', 'incoming-call', MENUS.open, 1],
    ['while the other way is asked for', 'scheduled-call', MENUS.afterHours, 2],
  ] as const)('with an unknown outcome %s', async (_what, operation, menuId, requests) => {
    await using platform = await aPlatform();
    platform.simulator.faults.add(operation, { cut: 'before' });
    expect(failureIn(await order(platform, { menuId })).kind).toBe('unknown-outcome');
    expect(platform.simulator.ledger).toHaveLength(requests);
    expect(platform.simulator.calls).toHaveLength(1);
  });

  test('with a pause where that is wanted over there', async () => {
    await using platform = await aPlatform();
    platform.simulator.faults.add('any', { status: 429, headers: { 'retry-after': '7' } });
    expect(failureIn(await order(platform, {}))).toMatchObject({ kind: 'throttled', retryAfterMs: 7_000 });
  });
});

test('an order without wishes leaves out what nobody wishes', async () => {
  await using platform = await aPlatform();
  await order(platform, AN_ORDER);
  expect(platform.simulator.ledger[0]?.body).not.toHaveProperty('outbound_number');
});
