import { type Body, textIn } from '../parameters.ts';
import { isWellFormed } from '../phone-number.ts';
import { NUMBER_NOT_WELL_FORMED, REFUSALS, Refusal } from '../refusal.ts';
import type { CallKind } from '../state/calls.ts';
import type { SimulatedContact } from '../state/contacts.ts';
import type { World } from '../state/world.ts';

/** Whom the platform is to dial. */
export interface CalledParty {
  readonly number: string;
  readonly ticketId: string | undefined;
  readonly contact: SimulatedContact | undefined;
}

/** A ticket comes first wherever both are given, and then nobody looks at the number. */
export function calledParty(world: World, body: Body, kind: CallKind): CalledParty | Refusal {
  const ticketId = textIn(body, 'ticket_id');
  return ticketId === undefined ? ofNumber(world, body, kind) : ofTicket(world, ticketId);
}

/** Incoming and scheduled calls: whoever is dialled is an end user from then on. */
export function caller(world: World, body: Body, kind: CallKind): CalledParty | Refusal {
  // The table has the number as required beside a ticket that comes first, and the example with a ticket carries both.
  if (textIn(body, 'end_user_number') === undefined) return REFUSALS.numberRequired;
  const party = calledParty(world, body, kind);
  return party instanceof Refusal
    ? party
    : { ...party, contact: party.contact ?? world.contacts.ofCaller(party.number) };
}

function ofTicket({ contacts }: World, ticketId: string): CalledParty | Refusal {
  const contact = contacts.ofTicket(ticketId);
  if (contact === undefined) return REFUSALS.contactNotFound;
  return { number: contact.number, ticketId, contact };
}

function ofNumber({ contacts }: World, body: Body, kind: CallKind): CalledParty | Refusal {
  const number = textIn(body, 'end_user_number') ?? '';
  if (!isWellFormed(number)) return NUMBER_NOT_WELL_FORMED[kind];
  return { number, ticketId: undefined, contact: contacts.ofNumber(number) };
}
