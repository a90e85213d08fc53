import { LOSS_REASONS } from '../domain/call-back/loss.ts';
import { language, outboundNumber } from './ccai-rules.ts';
import { oneOrMore } from './one-or-more.ts';
import { queueName } from './queue-name.ts';
import { oneOf, orEmpty, wholeNumber } from './rules.ts';
import type { SettingGroup } from './setting.ts';

/** The limit of `queues`. */
const MOST_QUEUES = 100;
// The document says integer.
const MOST_ID = 2_147_483_647;

/** The one or more queues that an entry is about. */
export const queuesOfEntry = () => orEmpty(oneOrMore(queueName(), MOST_QUEUES));

// Not written as a key: an object with that property is taken for a promise by whoever awaits it, and linters refuse it.
// Ours holds a word and no function, so that it is none.
const THEN = 'then';

/** The keys of one entry of `ccai.rules`. */
export const ccaiRuleSchema = {
  queue: {
    doc: 'The queue, or the queues, in which the caller was lost. Empty: whichever.',
    default: '',
    example: 'support',
    ...queuesOfEntry(),
  },
  ending: {
    doc: 'As Movidesk was told: lost (nobody could take the caller) or canceled (they hung up while they waited). Empty: either.',
    default: '',
    example: 'lost',
    ...orEmpty(oneOf('lost', 'canceled')),
  },
  reason: {
    doc: 'Why: Movidesk said holiday, closed or nobody; the caller waited for maxWaitSeconds; they gave-up before; or Movidesk was unreachable. unseen: they were gone when the daemon, or its link to the PBX, was back, and the fallback may have served them meanwhile; such callers are meant only where this is named. Empty: whichever else.',
    default: '',
    example: ['nobody', 'waited'],
    ...orEmpty(oneOrMore(oneOf(...LOSS_REASONS), LOSS_REASONS.length)),
  },
  [THEN]: {
    doc: 'What is made of it. call-back: the platform calls as soon as an agent is free there ("Voice Inbound (API)"); schedule: when the queue opens next, for which its openingHours are needed ("Voice Scheduled (API)"); nothing.',
    default: null,
    example: 'call-back',
    ...oneOf('call-back', 'schedule', 'nothing'),
  },
  menuId: {
    doc: 'The menu, that is the queue over there, which makes the call: an IVR or mobile menu for call-back, a web or mobile one for schedule. 0: none, where nothing is made of it.',
    default: 0,
    example: 9,
    ...wholeNumber(0, MOST_ID),
  },
  scheduledMenuId: {
    doc: 'With call-back: a web or mobile menu for calls that must be scheduled after all, because the menu is in its after hours. 0: the same as menuId.',
    default: 0,
    ...wholeNumber(0, MOST_ID),
  },
  alternativeMenuId: {
    doc: 'The menu that is tried where this one sends its callers elsewhere (manual redirection), for calls made at once and for scheduled ones alike. The platform refuses an IVR menu for scheduled ones, and a web menu for the others: a mobile one serves both. 0: none.',
    default: 0,
    ...wholeNumber(0, MOST_ID),
  },
  lang: {
    doc: "The caller's language. en is the platform's own default.",
    default: 'en',
    example: 'pt',
    ...language(),
  },
  alternativeLang: {
    doc: 'The language that is tried where the platform does not speak that one. Empty: none.',
    default: '',
    example: 'en',
    ...orEmpty(language()),
  },
  recordingPermission: {
    doc: 'Whether the caller has agreed to being recorded; it counts where the platform is set up to ask. With anything but granted nothing is recorded then.',
    default: 'not-asked',
    ...oneOf('not-asked', 'granted', 'denied'),
  },
  outboundNumber: {
    doc: "The number that the called person sees, one of the platform's own, with call-back only. Empty: the platform's default.",
    default: '',
    example: '+55 47 3300-0000',
    ...orEmpty(outboundNumber()),
  },
} as const satisfies SettingGroup;
