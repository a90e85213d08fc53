import type { Call } from '../domain/call/call.ts';
import type { CallInput } from '../domain/call/input.ts';
import { callIdOf } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { EnteredCaller } from '../ports/pbx.ts';
import type { Store } from '../ports/store.ts';
import type { Draft } from './draft.ts';
import type { CallerEvent, EntryConfirmed } from './input.ts';
import type { QueueSettings } from './settings.ts';
import type { World } from './world.ts';

/** Which call an event of the PBX is about, and what it means to it. A caller who comes in begins one. */
export class PbxEventRouter {
  readonly #world: World;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #log: Log;

  constructor(parts: { world: World; store: Store; clock: Clock; log: Log }) {
    this.#world = parts.world;
    this.#store = parts.store;
    this.#clock = parts.clock;
    this.#log = parts.log;
  }

  async route(draft: Draft, event: CallerEvent): Promise<void> {
    if (event.kind === 'device-changed') return this.#world.deviceChanged(event.device, event.state);
    if (event.kind === 'caller-entered') return this.entered(draft, event.caller);
    // Another system's call, or ours under its name there: no caller has moved by it.
    if (event.kind === 'linked-call' || event.kind === 'made-call-over') return;
    const call = this.#world.calls.of(event.uniqueid);
    if (call === undefined) return;
    if (event.kind === 'hung-up') {
      const { uniqueid, cause, recording } = event;
      const hangup = { uniqueid, cause, recording, at: this.#clock.now() };
      draft.deeds.push({ kind: 'confirm-hangup', callId: call.callId, hangup });
      return;
    }
    this.#world.apply(draft, call.callId, callInputOf(event));
  }

  /**
   * A caller stands in a queue. Said twice, it is one visit; said of a caller whom we thought elsewhere, it ends that
   * visit and begins another, with an id of its own.
   */
  async entered(draft: Draft, caller: EnteredCaller): Promise<void> {
    const queue = this.#queueOf(caller);
    if (queue === undefined) return this.#turnAway(draft, caller);
    const open = this.#world.calls.of(caller.uniqueid);
    if (open?.queue === queue.name && open.phase === 'waiting') return this.#mark(draft, open, caller);
    if (open === undefined) return this.#begin(draft, queue, caller);
    if (open.phase === 'waiting' && open.lastOffered === undefined) {
      this.#world.apply(draft, open.callId, {
        kind: 'entered-again',
        at: this.#clock.now(),
        diary: undefined,
      });
      return this.#begin(draft, queue, caller);
    }
    // An agent has them, or may have had them unseen: the PBX and the diary are asked before the visit is judged.
    draft.deeds.push({ kind: 'confirm-entry', callId: open.callId, caller });
  }

  /** What the diary says of the call that was open when they entered. */
  async entryConfirmed(draft: Draft, { callId, caller, diary }: EntryConfirmed): Promise<void> {
    const open = this.#world.calls.get(callId);
    const queue = this.#queueOf(caller);
    if (open === undefined || queue === undefined) return void (await this.foundOnHold(draft, caller));
    const at = this.#clock.now();
    const isUnanswered = open.phase === 'waiting' || open.phase === 'offered';
    if (diary === undefined && open.queue === queue.name && isUnanswered) {
      const place = { at: 'hold' } as const;
      return this.#world.apply(draft, callId, { kind: 'found', place, diary });
    }
    // An open diary is that of a talk: what was told is older than it.
    if (open.phase !== 'talking' && diary !== undefined && diary.endedAt === undefined) {
      draft.deeds.push({ kind: 'for-call', call: open, effect: { kind: 'locate' } });
      return;
    }
    this.#world.apply(draft, callId, { kind: 'entered-again', at, diary });
    // A hangup meanwhile was told of the visit before: they are looked for.
    await this.foundOnHold(draft, caller);
  }

  /**
   * In the snapshot they stood on hold. They may have left since, and nobody told: a stranger's hangup is not heard. True
   * where we knew nothing of them.
   */
  async foundOnHold(draft: Draft, caller: EnteredCaller): Promise<boolean> {
    const before = this.#world.calls.of(caller.uniqueid)?.callId;
    await this.entered(draft, caller);
    const call = this.#world.calls.of(caller.uniqueid);
    if (call !== undefined && call.callId !== before)
      draft.deeds.push({ kind: 'for-call', call, effect: { kind: 'locate' } });
    return call !== undefined && before === undefined;
  }

  async #begin(draft: Draft, queue: QueueSettings, caller: EnteredCaller): Promise<void> {
    const { uniqueid, number, via } = caller;
    const visits = await this.#visitsOf(draft, caller);
    const call = this.#world.begin(draft, {
      callId: callIdOf(this.#world.settings.pbxName, uniqueid, visits + 1),
      uniqueid,
      queue: queue.name,
      clientNumber: number === '' ? this.#world.settings.anonymousNumber : number,
      enteredAt: this.#clock.now(),
      enteredAtMonotonic: this.#clock.monotonic(),
      entry: via.entry,
    });
    this.#mark(draft, call, caller);
  }

  /** Marked twice is harmless; whether the last mark was set before we died or lost the link, nobody knows. */
  #mark(draft: Draft, call: Call, { via }: EnteredCaller): void {
    if (via.entry === 'asterisk-queue') draft.deeds.push({ kind: 'mark', call });
  }

  #queueOf({ via }: EnteredCaller): QueueSettings | undefined {
    return this.#world.settings.queues.find((queue) =>
      via.entry === 'dialplan' ? queue.name === via.queue : queue.asteriskQueue === via.asteriskQueue,
    );
  }

  /** Nobody would ever come for them: the dialplan names a queue that the configuration does not. */
  #turnAway(draft: Draft, { uniqueid, via }: EnteredCaller): void {
    if (via.entry !== 'dialplan') return;
    this.#log.error(
      { uniqueid, queue: via.queue },
      'a caller entered a queue that is not in the configuration: sent to the fallback',
    );
    draft.deeds.push({ kind: 'turn-away', uniqueid, queue: via.queue });
  }

  /** Visits committed, and those begun in this very step. */
  async #visitsOf(draft: Draft, { uniqueid }: EnteredCaller): Promise<number> {
    const begun = draft.timeline.filter(
      (line) => line.from === 'new' && line.facts['uniqueid'] === uniqueid,
    ).length;
    return (await this.#store.visitsOf(uniqueid)) + begun;
  }
}

function callInputOf(
  event: Exclude<
    CallerEvent,
    { kind: 'device-changed' | 'caller-entered' | 'linked-call' | 'made-call-over' | 'hung-up' }
  >,
): CallInput {
  switch (event.kind) {
    case 'ringing':
      return { kind: 'ringing', extension: event.extension };
    case 'answered':
      return { kind: 'answered', by: event.by, recording: event.recording };
    case 'offer-failed': {
      const { extension, dialStatus, hangupCause } = event;
      return { kind: 'offer-failed', extension, dialStatus, hangupCause };
    }
    case 'message-left':
      return { kind: 'message-left', file: event.file };
    case 'transferred':
      return { kind: 'transferred', how: event.how, target: event.to };
  }
}
