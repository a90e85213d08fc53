import type { Request } from '../domain/budget/spending.ts';
import type { WaitingCall } from '../domain/call/call.ts';
import type { CallInput } from '../domain/call/input.ts';
import type { CallId, Extension } from '../domain/identity.ts';
import { impossible } from '../domain/invariant.ts';
import { isEnding } from '../domain/outbox/entry.ts';
import type { Report } from '../domain/outbox/report.ts';
import type { Clock } from '../ports/clock.ts';
import type { Failure, Outcome } from '../ports/failure.ts';
import { success } from '../ports/failure.ts';
import type { AskAnswer, HelpDesk } from '../ports/help-desk.ts';
import type { Log } from '../ports/log.ts';
import type { Meter } from '../ports/meter.ts';
import type { Draft } from './draft.ts';
import type { World } from './world.ts';

/** Sends what was chosen to the help desk, and turns what comes back into what it means to the call. */
export class HelpDeskRequests {
  readonly #helpDesk: HelpDesk;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #log: Log;
  readonly #unknownBodies = new Set<string>();
  #isGivingUpTold = false;

  constructor(parts: { helpDesk: HelpDesk; world: World; clock: Clock; meter: Meter; log: Log }) {
    this.#helpDesk = parts.helpDesk;
    this.#world = parts.world;
    this.#clock = parts.clock;
    this.#meter = parts.meter;
    this.#log = parts.log;
  }

  async send(request: Request): Promise<Outcome<AskAnswer | undefined>> {
    const startedAt = this.#clock.monotonic();
    const outcome = await (request.kind === 'ask'
      ? this.#ask(request.call)
      : this.#report(request.entry.report));
    const operation = request.kind === 'ask' ? 'received' : request.entry.report.kind;
    const ms = this.#clock.monotonic() - startedAt;
    this.#meter.requestSettled(operation, outcome.ok ? 'ok' : outcome.failure.kind, ms);
    return outcome;
  }

  settle(draft: Draft, request: Request, outcome: Outcome<AskAnswer | undefined>): void {
    const change = this.#world.lane.settled(request, outcome);
    if (!outcome.ok) {
      if (change?.kind === 'dropped') this.#sayGivenUp(request, outcome.failure);
      else this.#complain(request, outcome.failure, change?.kind === 'parked');
    }
    if (change !== undefined) draft.outbox.push(change);
    if (request.kind === 'ask') {
      this.#meter.polled(request.why, outcome.ok ? (outcome.value?.kind ?? 'unknown') : outcome.failure.kind);
      this.#settleAsk(draft, request.call, outcome);
      return;
    }
    const { report } = request.entry;
    // What is refused is parked, and nothing that follows for the call is told: whoever it keeps busy, it is not there.
    const isOver = outcome.ok ? isEnding(report) : outcome.failure.kind === 'refused';
    if (isOver) this.#world.agents.endingHeard(report.callId);
    if (!outcome.ok) return;
    this.#log.info({ callId: report.callId, report: report.kind }, 'report delivered');
    if (isEnding(report)) draft.deeds.push({ kind: 'erase-diary', callId: report.callId });
  }

  #ask(call: WaitingCall): Promise<Outcome<AskAnswer>> {
    const { callId, clientNumber, enteredAt } = call;
    const { helpDeskQueueId } = this.#world.rulesOf(call.queue);
    return this.#helpDesk.ask({ callId, clientNumber, helpDeskQueueId, receivedAt: enteredAt });
  }

  async #report(report: Report): Promise<Outcome<undefined>> {
    if (report.kind !== 'received') {
      const outcome = await this.#helpDesk.report(report);
      return outcome.ok ? success(undefined) : outcome;
    }
    const { callId, clientNumber, at } = report;
    // Where the number was wrong, Movidesk has refused it, and it was mended since: what is sent again goes by the new one.
    const helpDeskQueueId = this.#world.rulesNow(report.queue)?.helpDeskQueueId ?? report.helpDeskQueueId;
    const outcome = await this.#helpDesk.ask({ callId, clientNumber, helpDeskQueueId, receivedAt: at });
    // Whom it names does not matter: the caller is gone, and their ending follows.
    return outcome.ok ? success(undefined) : outcome;
  }

  #settleAsk(draft: Draft, call: WaitingCall, outcome: Outcome<AskAnswer | undefined>): void {
    if (outcome.ok && outcome.value !== undefined) this.#answered(draft, call, outcome.value);
    else this.#world.agents.unanswered(call.callId);
    // It will not have this caller, whatever we repeat: a wrong queue number or address. Nobody would come. One whom it
    // has accepted before keeps waiting: what it says now cannot be about that.
    if (!outcome.ok && outcome.failure.kind === 'refused' && call.hearing !== 'heard') {
      this.#world.apply(draft, call.callId, { kind: 'help-desk-silent' });
    }
  }

  #answered(draft: Draft, call: WaitingCall, answer: AskAnswer): void {
    const { lane, agents } = this.#world;
    const input = this.#inputOf(answer);
    if (input.kind === 'agent-named') this.#named(call, input.extension);
    else agents.nobodyNamed(call);
    if (input.kind === 'nobody-free') lane.nobody(call.callId);
    this.#world.apply(draft, call.callId, input);
  }

  #named(call: WaitingCall, extension: Extension): void {
    const { lane, agents, calls } = this.#world;
    agents.named(call, extension);
    if (calls.get(call.callId) === undefined && lane.owes(call.callId)) agents.heldFor(call, extension);
  }

  #inputOf(answer: AskAnswer): CallInput {
    switch (answer.kind) {
      case 'extension': {
        const { extension } = answer;
        return { kind: 'agent-named', extension, verdict: this.#world.firstVerdictOn(extension) };
      }
      case 'holiday':
      case 'closed':
      case 'nobody':
        return { kind: 'no-agent', reason: answer.kind };
      case 'nobody-on-phone':
      case 'all-busy':
        return { kind: 'nobody-free', because: answer.kind };
      case 'unknown':
        this.#logOnce(answer.body);
        return { kind: 'nobody-free', because: 'unknown answer' };
      default:
        return impossible(answer);
    }
  }

  // A far side that answers nonsense does so at every poll: each kind of it is worth one line, and no more kinds than these.
  #logOnce(body: string): void {
    if (this.#unknownBodies.has(body) || this.#unknownBodies.size >= 100) return;
    this.#unknownBodies.add(body);
    this.#log.error(
      { body },
      'the help desk gave an answer that is none of the documented ones: the caller keeps waiting',
    );
  }

  /** Once: what it will not have of one call it may not have of any. */
  #sayGivenUp(request: Request, { kind, cause }: Failure): void {
    if (this.#isGivingUpTold) return;
    this.#isGivingUpTold = true;
    this.#log.warn(
      { callId: callIdOf(request), failure: kind, cause },
      'the help desk will not have the new link of a recording: it keeps the old one; calls show says why',
    );
  }

  #complain(request: Request, failure: Failure, isParked: boolean): void {
    const callId = callIdOf(request);
    const what = request.kind === 'ask' ? 'ask' : request.entry.report.kind;
    const facts = { callId, what, failure: failure.kind, cause: failure.cause };
    if (failure.kind === 'unauthorized' && isParked) {
      this.#log.error(
        facts,
        'the help desk takes the token, but not for the link of a call that was made: the report is kept aside',
      );
    } else if (failure.kind === 'unauthorized') {
      this.#log.error(
        facts,
        'the help desk refuses the token: compare movidesk.token with the key in Movidesk',
      );
    } else if (failure.kind === 'throttled') {
      this.#log.warn(
        { ...facts, ...this.#world.lane.allowed },
        'the help desk counts more requests than we: fewer are sent until it has borne them for a while; does another program use the token?',
      );
    } else if (failure.kind === 'refused') {
      this.#log.error(
        facts,
        'the help desk refused a request: look at movidesk.baseUrl and movideskQueueId; reports are kept aside',
      );
    } else {
      this.#log.warn(facts, 'request to the help desk failed, it will be repeated');
    }
  }
}

const callIdOf = (request: Request): CallId =>
  request.kind === 'ask' ? request.call.callId : request.entry.report.callId;
