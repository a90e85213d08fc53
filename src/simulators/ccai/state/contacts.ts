import { isSameNumber } from '../phone-number.ts';

/** Somebody in the customer's CRM, with the tickets that are tied to them. */
export interface SimulatedContact {
  /** The id of the end user that answers show. */
  readonly id: number;
  readonly number: string;
  readonly outContactId: string | null;
  readonly tickets?: readonly string[];
}

export class Contacts {
  readonly #contacts: SimulatedContact[];
  #nextId: number;

  constructor(contacts: readonly SimulatedContact[]) {
    this.#contacts = [...contacts];
    this.#nextId = Math.max(0, ...contacts.map(({ id }) => id)) + 1;
  }

  add(contact: SimulatedContact): void {
    this.#contacts.push(contact);
  }

  ofTicket(ticketId: string): SimulatedContact | undefined {
    return this.#contacts.find(({ tickets = [] }) => tickets.includes(ticketId));
  }

  ofNumber(number: string): SimulatedContact | undefined {
    return this.#contacts.find((contact) => isSameNumber(contact.number, number));
  }

  /** Assumed: who calls in for the first time becomes an end user of whom the CRM does not know. */
  ofCaller(number: string): SimulatedContact {
    const known = this.ofNumber(number);
    if (known !== undefined) return known;
    const contact = { id: this.#nextId, number, outContactId: null };
    this.#nextId += 1;
    this.add(contact);
    return contact;
  }
}
