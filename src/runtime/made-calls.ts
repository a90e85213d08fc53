import type { ExtensionReading } from '../domain/extension/availability.ts';
import type { CallId, Extension } from '../domain/identity.ts';
import {
  decideMadeCall,
  type EndedMadeCall,
  type MadeCall,
  type MadeCallNews,
} from '../domain/made-call/made-call.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { MakeCallAnswer } from '../ports/made-calls.ts';
import type { Meter } from '../ports/meter.ts';
import type { Originated } from '../ports/pbx.ts';
import { CallPace } from './call-pace.ts';
import type { Draft } from './draft.ts';
import type { CallOrder, MadeCallInput } from './made-call-input.ts';
import type { PbxLink } from './pbx-link.ts';
import type { World } from './world.ts';

interface Parts {
  readonly world: World;
  readonly link: Pick<PbxLink, 'isReconciled'>;
  readonly clock: Clock;
  readonly meter: Meter;
  readonly log: Log;
}

type Answer = CallOrder['answer'];
type PhoneRead = Extract<MadeCallInput, { kind: 'phone-read' }>;

// Whoever talks to somebody else may try again soon; when they will have hung up nobody knows.
const IN_A_CALL_RETRY_MS = 10_000;

/**
 * Calls that agents make from the help desk: begun here, looked for in the PBX by `MadeCallLookout`, and ended here, with
 * the link of their recording. What is known of them is committed like everything else, so that none is lost.
 */
export class MadeCalls {
  readonly #parts: Parts;
  readonly #world: World;
  readonly #pace: CallPace;
  /** Who wishes for a call of which the PBX has not said yet whether it makes it. */
  readonly #askers = new Map<CallId, readonly Answer[]>();
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#world = parts.world;
    this.#pace = new CallPace(parts.clock);
  }

  /** Nobody is rung any more. */
  close(): void {
    this.#isClosed = true;
  }

  take(draft: Draft, input: MadeCallInput): void {
    switch (input.kind) {
      case 'wanted':
        this.#wanted(draft, input.order);
        break;
      case 'phone-read':
        this.#wanted(draft, input.order, input);
        break;
      case 'originated':
        this.#originated(draft, input.order, input.outcome);
        break;
      case 'over':
        this.#toldOver(draft, input.callId);
        break;
      case 'gone':
        this.#gone(draft, input);
        break;
    }
  }

  /** Nobody may have told that one of them is over: the daemon was away, or the PBX. */
  lookForAll(draft: Draft): void {
    for (const call of this.#world.madeCalls.all())
      draft.deeds.push({ kind: 'look-for-made', call, isToldOver: false });
  }

  #toldOver(draft: Draft, callId: CallId): void {
    const call = this.#world.madeCalls.get(callId);
    if (call !== undefined) draft.deeds.push({ kind: 'look-for-made', call, isToldOver: true });
  }

  /** An agent with an open call may be in it, or have passed it on: what was told of their phone is no proof, so it is read. */
  #wanted(draft: Draft, order: CallOrder, phone?: PhoneRead): void {
    const { agent, number, answer } = order;
    const { madeCalls } = this.#world;
    const same = madeCalls.sameWish(agent, number, this.#parts.clock.monotonic());
    if (same !== undefined) {
      this.#answerAlike(same.callId, answer);
      return;
    }
    const refusal = this.#whyNot(order, phone);
    if (refusal !== undefined) answer(refusal);
    else if (phone === undefined && madeCalls.of(agent) !== undefined)
      draft.deeds.push({ kind: 'read-phone', order });
    else this.#make(draft, order);
  }

  /** With what the PBX says to the call that there is, as soon as it has said it. */
  #answerAlike(callId: CallId, answer: Answer): void {
    const askers = this.#askers.get(callId);
    if (askers === undefined) answer({ kind: 'made', callId });
    else this.#askers.set(callId, [...askers, answer]);
  }

  #whyNot({ agent, callsPerMinute }: CallOrder, phone?: PhoneRead): MakeCallAnswer | undefined {
    const isUnread = phone !== undefined && phone.reading === undefined;
    if (this.#isClosed || !this.#parts.link.isReconciled || isUnread) return { kind: 'unavailable' };
    if (this.#isInCall(agent, phone?.reading)) return { kind: 'in-a-call', retryAfterMs: IN_A_CALL_RETRY_MS };
    const retryAfterMs = this.#pace.msUntilNext(agent, callsPerMinute);
    return retryAfterMs === 0 ? undefined : { kind: 'too-many', retryAfterMs };
  }

  /** Their phone rings, may ring by now, or is in use: also for a caller who is on their way to them. */
  #isInCall(agent: Extension, reading: ExtensionReading | undefined): boolean {
    const { calls, madeCalls } = this.#world;
    const isReserved = calls.isReserved(agent) || madeCalls.isReserved(agent, this.#parts.clock.monotonic());
    return isReserved || (reading !== undefined && reading.device !== 'NOT_INUSE');
  }

  #make(draft: Draft, order: CallOrder): void {
    const { callId, agent, number: clientNumber, answer } = order;
    const { clock, log } = this.#parts;
    const call: MadeCall = { callId, agent, clientNumber, madeAt: clock.now() };
    this.#askers.set(callId, [answer]);
    this.#pace.add(agent);
    this.#world.madeCalls.add(call, clock.monotonic());
    draft.madeCalls.push(call);
    log.info({ callId, extension: agent, clientNumber }, 'an agent makes a call from the help desk');
    draft.deeds.push({ kind: 'originate', order });
  }

  #originated(draft: Draft, { callId }: CallOrder, outcome: Originated): void {
    if (!outcome.ok && outcome.problem !== 'unknown-outcome') {
      this.#answerAll(callId, { kind: 'unavailable' });
      this.#learned(draft, callId, { kind: 'not-made' });
      return;
    }
    const isHeard = this.#answerAll(callId, outcome.ok ? { kind: 'made', callId } : { kind: 'unknown' });
    if (outcome.ok && isHeard) return;
    // Nobody knows whether the phone rings, and the PBX will be asked; or it does, and nobody has heard it.
    const doubted = this.#world.madeCalls.doubt(callId);
    if (doubted !== undefined) draft.madeCalls.push(doubted);
  }

  /** Whether somebody has heard it. */
  #answerAll(callId: CallId, what: MakeCallAnswer): boolean {
    const heard = (this.#askers.get(callId) ?? []).map((answer) => answer(what));
    this.#askers.delete(callId);
    return heard.includes(true);
  }

  #gone(draft: Draft, { callId, diary, isToldOver }: Extract<MadeCallInput, { kind: 'gone' }>): void {
    const isOver = this.#learned(draft, callId, { kind: 'gone', diary, isToldOver });
    if (isOver && diary !== undefined) draft.deeds.push({ kind: 'erase-diary', callId });
  }

  /** Whether the call is over by it. */
  #learned(draft: Draft, callId: CallId, news: MadeCallNews): boolean {
    const call = this.#world.madeCalls.get(callId);
    if (call === undefined) return false;
    const { clock, log } = this.#parts;
    const recordingLink = this.#world.settings.madeCallLink ?? (() => undefined);
    const decision = decideMadeCall(call, news, { now: clock.now(), recordingLink });
    if (decision.kind === 'still-open') {
      log.debug({ callId, why: decision.why }, 'a call made from the help desk counts as open');
      return false;
    }
    if (decision.report !== undefined) this.#world.tellLink(draft, decision.report);
    this.#end(draft, decision.call);
    return true;
  }

  #end(draft: Draft, call: EndedMadeCall): void {
    const { callId, result, agent: extension } = call;
    this.#world.madeCalls.forget(callId);
    draft.madeCalls.push(call);
    this.#parts.meter.madeCallEnded(result);
    this.#parts.log.info({ callId, extension, result }, 'a call made from the help desk is over');
  }
}
