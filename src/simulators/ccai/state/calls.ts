import type { SimulatedAgent } from './agents.ts';
import type { SimulatedContact } from './contacts.ts';
import type { SimulatedMenu } from './menus.ts';

export type CallKind = 'outbound' | 'incoming' | 'scheduled';

export type RecordingPermission = 'not_asked' | 'granted' | 'denied';

/** What a customer says of whoever is on the call; none of it at first. */
export interface CustomerFlags {
  readonly verifiedCustomer: boolean;
  readonly badActor: boolean;
  readonly repeatCustomer: boolean;
}

/** What is known of a call when it is created. */
export interface NewCall {
  readonly kind: CallKind;
  /** Whom the platform dials; by a ticket, its contact's number. */
  readonly number: string;
  readonly lang: string;
  readonly createdAt: number;
  readonly ticketId: string | undefined;
  readonly contact: SimulatedContact | undefined;
  readonly agent?: SimulatedAgent;
  readonly menu?: SimulatedMenu;
  /** The earlier call that this one is linked to. */
  readonly parentId?: number;
  readonly scheduledAt?: number;
  readonly outboundNumber: string | undefined;
  readonly recordingPermission: RecordingPermission;
}

export interface SimulatedCall extends NewCall {
  readonly id: number;
  /** The agent's first, if there is one. */
  readonly participantIds: readonly number[];
  readonly flags: CustomerFlags;
}

const NO_FLAGS: CustomerFlags = { verifiedCustomer: false, badActor: false, repeatCustomer: false };

/** Every call that was created, in order, and the ids that come next. */
export class Calls {
  readonly #calls = new Map<number, SimulatedCall>();
  #nextId: number;
  #nextParticipantId: number;

  constructor(firstId: number, firstParticipantId: number) {
    this.#nextId = firstId;
    this.#nextParticipantId = firstParticipantId;
  }

  all(): readonly SimulatedCall[] {
    return [...this.#calls.values()];
  }

  find(id: number): SimulatedCall | undefined {
    return this.#calls.get(id);
  }

  create(call: NewCall): SimulatedCall {
    const participants = call.agent === undefined ? 1 : 2;
    const participantIds = Array.from({ length: participants }, (_, at) => this.#nextParticipantId + at);
    this.#nextParticipantId += participants;
    const created = { ...call, id: this.#nextId, participantIds, flags: NO_FLAGS };
    this.#nextId += 1;
    this.#calls.set(created.id, created);
    return created;
  }

  setFlags(id: number, change: Partial<CustomerFlags>): CustomerFlags {
    const call = this.#calls.get(id);
    if (call === undefined) throw new Error(`no call ${id}`);
    const flags = { ...call.flags, ...change };
    this.#calls.set(id, { ...call, flags });
    return flags;
  }
}
