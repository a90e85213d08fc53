import type { LinkedCallRelay } from '../../domain/relay/relay.ts';
import { type Failure, failed, type Outcome, success } from '../../ports/failure.ts';
import type { Knowing } from '../../ports/relay.ts';
import type { UdeskOutcome } from './answer.ts';
import type { UdeskClient } from './client.ts';

interface Parts {
  readonly client: Pick<UdeskClient, 'call'>;
  /** The number of whoever a call is transferred to, as Udesk writes it; nothing where it cannot be written. */
  readonly numberOf: (to: string) => string | undefined;
}

// The document wants some text here that is not empty, and says nothing of what it is for.
const CALLBACKS = { on_succ: 'done', on_failed: 'failed' };

// Before one falls out that Udesk is still to hear of, as many calls must have been late since; then a refusal of it is kept
// for a person, and no more is lost.
const MOST_LATE = 1_000;

/**
 * What an agent did to a call with their phone, said to Udesk, whose call it is as well. Udesk refuses what is so already
 * (to hold a held call) and what is over (to hold one that has ended). Where it may have heard us the time before, that is
 * its way to say that it had; and where it could not be told in time, the call has gone on without us. Neither is anything
 * that a person could mend, unlike what is refused at once.
 */
export class CallControl {
  readonly #parts: Parts;
  /** Calls of which something could not be said, or not surely, when it happened. The latest is the last. */
  readonly #late = new Set<string>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  async tell(
    agentId: string,
    relay: LinkedCallRelay,
    { mayBeDone }: Knowing = { mayBeDone: false },
  ): Promise<Outcome<undefined>> {
    const answer = await this.#ask(agentId, relay);
    if (answer.ok) return success(undefined);
    const { failure } = answer;
    if (failure.kind !== 'refused') this.#rememberLate(relay.linkedCall);
    const isLate = mayBeDone || this.#late.has(relay.linkedCall);
    const isMoot = isLate && failure.kind === 'refused' && failure !== UNWRITABLE;
    return isMoot ? success(undefined) : failed(failure);
  }

  #rememberLate(linkedCall: string): void {
    this.#late.delete(linkedCall);
    this.#late.add(linkedCall);
    const [oldest] = this.#late;
    if (this.#late.size > MOST_LATE && oldest !== undefined) this.#late.delete(oldest);
  }

  async #ask(agentId: string, relay: LinkedCallRelay): Promise<UdeskOutcome<null>> {
    const { client } = this.#parts;
    const call = { call_id: relay.linkedCall, agent_id: agentId, ...CALLBACKS };
    switch (relay.kind) {
      case 'call-held':
        return client.call('callHold', call);
      case 'call-resumed':
        return client.call('callResume', call);
      case 'call-transferred':
        return this.#transfer(call, relay.to);
    }
  }

  async #transfer(
    call: { readonly call_id: string; readonly agent_id: string } & typeof CALLBACKS,
    to: string,
  ): Promise<UdeskOutcome<null>> {
    const number = this.#parts.numberOf(to);
    if (number === undefined) return failed(UNWRITABLE);
    return this.#parts.client.call('callTransfer', {
      ...call,
      agent_type: 'anonymous',
      agent_phone: number,
      on_record_over: 'recorded',
      on_transferee_hangup: 'hung up',
    });
  }
}

/** Status 0: nobody was asked. */
const UNWRITABLE: Failure = {
  kind: 'refused',
  status: 0,
  cause: 'transfer not sent: where the call went is no seat’s extension and no number as Udesk writes them',
};
