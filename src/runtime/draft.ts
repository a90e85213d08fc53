import type { Request } from '../domain/budget/spending.ts';
import type { Call } from '../domain/call/call.ts';
import type { CallEffect } from '../domain/call/decision.ts';
import type { Loss } from '../domain/call-back/loss.ts';
import type { CallId, Instant, QueueName, Uniqueid } from '../domain/identity.ts';
import type { EndedMadeCall, MadeCall } from '../domain/made-call/made-call.ts';
import type { Entry } from '../domain/outbox/entry.ts';
import type { RelayEntry } from '../domain/relay/relay.ts';
import type { EnteredCaller } from '../ports/pbx.ts';
import type { OutboxChange, RelayChange, Step, TimelineLine } from '../ports/store.ts';
import type { CallOrder } from './made-call-input.ts';
import type { Look } from './reconcile.ts';
import type { AgentToRead } from './relays/agent-mirror.ts';

/** A step in the making: what will be committed, and what is done once it is. */
export class Draft {
  readonly #calls = new Map<CallId, Call>();
  readonly madeCalls: (MadeCall | EndedMadeCall)[] = [];
  readonly timeline: TimelineLine[] = [];
  readonly entries: Entry[] = [];
  readonly outbox: OutboxChange[] = [];
  readonly relays: RelayEntry[] = [];
  readonly relayed: RelayChange[] = [];
  readonly requestsStartedAt: number[] = [];
  /** Callers whom nobody took. */
  readonly losses: { readonly callId: CallId; readonly loss: Loss }[] = [];
  readonly deeds: Deed[] = [];

  changed(call: Call): void {
    this.#calls.set(call.callId, call);
  }

  /** The calls that this step changes, as they are at its end. */
  get calls(): readonly Call[] {
    return [...this.#calls.values()];
  }

  get step(): Step {
    const { calls, madeCalls, timeline, entries, outbox, relays, relayed, requestsStartedAt } = this;
    return { calls, madeCalls, timeline, entries, outbox, relays, relayed, requestsStartedAt };
  }

  /** Nothing to keep: no transaction is needed. */
  get isEmpty(): boolean {
    return Object.values(this.step).every((rows) => rows.length === 0);
  }
}

/** What is done after the commit. */
export type Deed =
  | { readonly kind: 'for-call'; readonly call: Call; readonly effect: CallEffect }
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'review-relay'; readonly entry: RelayEntry }
  | { readonly kind: 'relay'; readonly entry: RelayEntry; readonly mayBeDone: boolean }
  | { readonly kind: 'read-agents'; readonly agents: readonly AgentToRead[] }
  | { readonly kind: 'mark'; readonly call: Call }
  | { readonly kind: 'turn-away'; readonly uniqueid: Uniqueid; readonly queue: QueueName }
  | { readonly kind: 'confirm-entry'; readonly callId: CallId; readonly caller: EnteredCaller }
  | { readonly kind: 'confirm-hangup'; readonly callId: CallId; readonly hangup: Hangup }
  | { readonly kind: 'look'; readonly look: Look }
  | { readonly kind: 'read-phone'; readonly order: CallOrder }
  | { readonly kind: 'originate'; readonly order: CallOrder }
  | { readonly kind: 'look-for-made'; readonly call: MadeCall; readonly isToldOver: boolean }
  | { readonly kind: 'find-diaries' }
  | { readonly kind: 'erase-diary'; readonly callId: CallId };

export interface Hangup {
  readonly uniqueid: Uniqueid;
  readonly at: Instant;
  readonly cause: string;
  readonly recording: string | undefined;
  /** How often the PBX could not say. */
  readonly asked?: number;
  /** The channel was alive when it was asked for before. */
  readonly isSecondLook?: boolean;
}
