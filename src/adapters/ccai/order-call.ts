import { isOpen, nextOpening, type OpeningHours } from '../../domain/call-back/opening-hours.ts';
import type { CallBackRule, CallOrder } from '../../domain/call-back/rule.ts';
import type { Instant } from '../../domain/identity.ts';
import { failed, type Outcome, success } from '../../ports/failure.ts';
import type { Made } from '../../ports/relay.ts';
import type { CcaiClient, IncomingAnswer, ScheduledAnswer } from './client.ts';
import { type CcaiRefusal, sentenceOf } from './refusal.ts';

type Client = Pick<CcaiClient, 'incomingCall' | 'scheduledCall'>;

interface Wish {
  readonly rule: Extract<CallBackRule, { readonly order: CallOrder }>;
  /** In E.164. */
  readonly number: string;
  /** Of the queue in which they were lost. */
  readonly hours: OpeningHours | undefined;
  readonly lostAt: Instant;
  readonly now: Instant;
}

/** What differs from one attempt to the next. */
interface Attempt {
  readonly wants: 'call-back' | 'schedule';
  readonly menuId: number;
  readonly lang: string;
  /** By the queue's hours; nothing where they are to be called now, or it never opens. */
  readonly scheduledAt: Instant | undefined;
}

/**
 * Asks for one call to a lost caller. Where what the rule says is refused for a reason to which the configuration has an
 * answer, that is tried, each of them once: a menu after its hours is asked for the queue's next opening, one that sends its
 * callers elsewhere gives way to the alternative menu, a language that is not spoken there to the alternative one.
 * The name of the call over there, where it has one.
 */
export function orderCall(client: Client, wish: Wish): Promise<Outcome<Made | undefined>> {
  const { wants, order } = wish.rule;
  const scheduledAt = wants === 'schedule' ? openingSince(wish) : undefined;
  const menuId = wants === 'schedule' ? order.scheduledMenuId : order.menuId;
  return attempt(client, wish, { wants, menuId, lang: order.lang, scheduledAt }, []);
}

async function attempt(
  client: Client,
  wish: Wish,
  now: Attempt,
  before: readonly Attempt[],
): Promise<Outcome<Made | undefined>> {
  const answer = await ask(client, wish, now);
  if (!answer.ok) return answer;
  switch (answer.value.kind) {
    case 'created':
      return success({ name: answer.value.call.id?.toString(), dueAt: now.scheduledAt });
    case 'needs-agent':
      // Taken all the same: an agent goes on by hand over there.
      return success({ name: undefined, dueAt: now.scheduledAt });
    case 'refused': {
      const { why } = answer.value;
      const next = insteadOf(now, why, wish);
      const isNew = next !== undefined && !before.some((one) => isSame(one, next)) && !isSame(now, next);
      return isNew ? attempt(client, wish, next, [...before, now]) : failed(failureFor(why, now));
    }
  }
}

async function ask(
  client: Client,
  { rule: { order }, number: endUserNumber }: Wish,
  { wants, menuId, lang, scheduledAt }: Attempt,
): Promise<Outcome<IncomingAnswer | ScheduledAnswer>> {
  const recordingPermission = order.recordingPermission;
  const common = { menuId, lang, endUserNumber, recordingPermission };
  if (wants === 'call-back') return client.incomingCall({ ...common, outboundNumber: order.outboundNumber });
  return scheduledAt === undefined ? NEVER_OPEN : client.scheduledCall({ ...common, scheduledAt });
}

const NEVER_OPEN = failed({
  kind: 'refused',
  status: 0,
  cause: 'not sent: by ccai.openingHours the queue does not open, or never closes, within six weeks',
});

// Our choice: so that it is still ahead when it arrives. The far side refuses what has passed.
const SOON_MS = 60_000;

/**
 * The first opening since they were lost. Where it came before they could be ordered a call, they are called soon, while
 * the queue is open, and not a day later.
 */
function openingSince({ hours, lostAt, now }: Wish): Instant | undefined {
  if (hours === undefined) return undefined;
  const opening = nextOpening(hours, lostAt);
  const soon = now + SOON_MS;
  if (opening === undefined || opening >= soon) return opening;
  return isOpen(hours, soon) ? soon : nextOpening(hours, soon);
}

function insteadOf(now: Attempt, why: CcaiRefusal, wish: Wish): Attempt | undefined {
  const { order } = wish.rule;
  switch (why.code) {
    case 'menu-in-after-hours':
      return (
        wish.hours && {
          ...now,
          wants: 'schedule',
          menuId: order.scheduledMenuId,
          scheduledAt: openingAhead(wish),
        }
      );
    case 'menu-in-manual-redirection':
      return order.alternativeMenuId === undefined ? undefined : { ...now, menuId: order.alternativeMenuId };
    case 'language-not-available':
    case 'language-not-found':
      return order.alternativeLang === undefined ? undefined : { ...now, lang: order.alternativeLang };
    default:
      return undefined;
  }
}

/** Whatever our hours say of this moment, the menu is closed now. */
function openingAhead({ hours, now }: Wish): Instant | undefined {
  return hours && nextOpening(hours, now + SOON_MS);
}

const isSame = (one: Attempt, other: Attempt): boolean =>
  one.wants === other.wants &&
  one.menuId === other.menuId &&
  one.lang === other.lang &&
  one.scheduledAt === other.scheduledAt;

function failureFor(why: CcaiRefusal, { wants, menuId, lang }: Attempt) {
  const cause = `POST calls, ${wants} in menu ${menuId}, ${lang}: ${sentenceOf(why)}`;
  // The subdomain: true of everything that could be asked, and a person must act.
  if (why.code === 'resource-not-found') return { kind: 'unauthorized', status: 404, cause } as const;
  return { kind: 'refused', status: 400, cause } as const;
}
