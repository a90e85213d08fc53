import type { CallOutWish } from '../../ports/call-out.ts';
import { type Country, e164From } from '../kit/phone-number.ts';
import type { OutboundArguments } from './client.ts';

export type WishReading =
  | { readonly ok: true; readonly arguments: OutboundArguments }
  | { readonly ok: false; readonly code: WishMistake };

const MISTAKES = {
  'agent-email-required': 'The agent’s e-mail address is missing.',
  'agent-email-not-well-formed': 'The agent’s e-mail address is none.',
  'number-or-ticket-required': 'The number to call, or a ticket, is missing.',
  'number-and-ticket': 'A number and a ticket were both given: the ticket alone would count.',
  'end-user-number-not-well-formed':
    'The number to call is not a telephone number, or lacks its area code or its country.',
  'ticket-not-well-formed': 'The ticket’s number is none.',
  'outbound-number-not-well-formed': 'The number to call out with is not a telephone number.',
  'lang-not-well-formed': 'The language is none: two letters are, as pt.',
} as const;

export type WishMistake = keyof typeof MISTAKES;

/** The mistake in a sentence for a person. */
export const mistakeSentence = (mistake: WishMistake): string => MISTAKES[mistake];

// Not what is an address by RFC 5322, but what is none by anybody's reading. 254 characters are the most (RFC 5321 §4.5.3.1.3).
const EMAIL = /^[^\s@\p{C}]{1,64}@[^\s@\p{C}]{1,189}$/u;
// Tickets of some help desks have letters. None is as long as this.
const TICKET = /^[^\s\p{C}](?:[^\p{C}]{0,98}[^\s\p{C}])?$/u;
// ISO 639-1, as the document wants it, and with a country, as some platforms write it.
const LANG = /^[a-z]{2}(?:[_-][A-Za-z]{2})?$/;
// How people write a number: none of it is dialled.
const PUNCTUATION = /[\s().-]/g;
const DIALLED = /^\+?\d{3,15}$/;

/** What to ask CCAI Platform for, or what is wrong with the wish. */
export function readWish(wish: CallOutWish, country: Country): WishReading {
  const mistaken = (code: WishMistake): WishReading => ({ ok: false, code });
  const { agentEmail = '', number, ticketId, lang } = wish;
  if (agentEmail === '') return mistaken('agent-email-required');
  if (!EMAIL.test(agentEmail)) return mistaken('agent-email-not-well-formed');
  if (number !== undefined && ticketId !== undefined) return mistaken('number-and-ticket');
  const outboundNumber = outboundNumberFrom(wish.outboundNumber, country);
  if (outboundNumber === 'none') return mistaken('outbound-number-not-well-formed');
  if (lang !== undefined && !LANG.test(lang)) return mistaken('lang-not-well-formed');
  const common = { agentEmail, outboundNumber, lang };
  if (ticketId !== undefined)
    return TICKET.test(ticketId)
      ? { ok: true, arguments: { ...common, ticketId } }
      : mistaken('ticket-not-well-formed');
  if (number === undefined) return mistaken('number-or-ticket-required');
  const endUserNumber = e164From(plainNumber(number), country);
  return endUserNumber === undefined
    ? mistaken('end-user-number-not-well-formed')
    : { ok: true, arguments: { ...common, endUserNumber } };
}

/** In E.164 where it can be. A service number of the account's own is no less its number for not being in any plan. */
function outboundNumberFrom(written: string | undefined, country: Country): string | undefined {
  if (written === undefined) return undefined;
  const plain = plainNumber(written);
  return e164From(plain, country) ?? (DIALLED.test(plain) ? plain : 'none');
}

const plainNumber = (written: string): string => written.replace(PUNCTUATION, '');
