import type { Choice } from '../domain/budget/spending.ts';
import type { Call, CallRules, OpenCall, Visit } from '../domain/call/call.ts';
import { newCall } from '../domain/call/call.ts';
import { decide } from '../domain/call/decide-call.ts';
import type { Decision } from '../domain/call/decision.ts';
import type { CallInput } from '../domain/call/input.ts';
import { lossOf } from '../domain/call-back/loss.ts';
import { unavailable, type Verdict } from '../domain/extension/availability.ts';
import type { ExtensionBoard } from '../domain/extension/extension-board.ts';
import {
  deviceChanged,
  emptyBoard,
  firstVerdict,
  isFreeAgain,
  isInUse,
  isSetAside,
  nextInTurnAt,
  putAside,
} from '../domain/extension/extension-board.ts';
import type { CallId, Extension, QueueName } from '../domain/identity.ts';
import type { Entry } from '../domain/outbox/entry.ts';
import { isTooLong, type LinkReport, type Report } from '../domain/outbox/report.ts';
import { type FoundRecording, repairOf } from '../domain/recording/link-repair.ts';
import { shownFile } from '../domain/recording/shown-file.ts';
import type { EndedWithLink } from '../ports/call-records.ts';
import type { Clock } from '../ports/clock.ts';
import type { Facts, Log } from '../ports/log.ts';
import type { Meter } from '../ports/meter.ts';
import type { Kept } from '../ports/store.ts';
import { AgentWatch } from './agent-watch.ts';
import type { Draft } from './draft.ts';
import { factsOf } from './facts.ts';
import type { HelpDeskLane } from './help-desk-lane.ts';
import { measureCall } from './measure-call.ts';
import { OpenCalls } from './open-calls.ts';
import { OpenMadeCalls } from './open-made-calls.ts';
import { RecentEndings } from './recent-endings.ts';
import type { BridgeSettings } from './settings.ts';

// A call of a queue that the configuration no longer names: its wait is over at once, and it ends like any other.
const RULES_OF_A_FORGOTTEN_QUEUE: CallRules = {
  helpDeskQueueId: 0,
  maxWaitMs: 0,
  ringMs: 20_000,
  recordingLink: () => undefined,
  reportUnheard: false,
};

const SHORTEN =
  'shorten recordings.publicUrl or linkTemplate, or the names of the folders to which recordings are moved: at most 256 characters';

/** The loop's memory: every call that is open, the board of extensions, and the way to the help desk. Only the loop touches it. */
export class World {
  readonly calls: OpenCalls;
  readonly madeCalls: OpenMadeCalls;
  readonly lane: HelpDeskLane;
  readonly settings: BridgeSettings;
  readonly agents: AgentWatch;
  readonly endings = new RecentEndings();
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #log: Log;
  #board: ExtensionBoard = emptyBoard;
  #isLongLinkTold = false;
  /** Agents who are busy in another system, and why. */
  readonly #taken = new Map<Extension, string>();
  #lastSeq: number;

  constructor(
    parts: { settings: BridgeSettings; lane: HelpDeskLane; clock: Clock; meter: Meter; log: Log },
    kept: Kept,
  ) {
    this.settings = parts.settings;
    this.lane = parts.lane;
    this.#clock = parts.clock;
    this.agents = new AgentWatch(parts.clock);
    this.#meter = parts.meter;
    this.#log = parts.log;
    this.calls = new OpenCalls(kept.openCalls);
    this.madeCalls = new OpenMadeCalls(kept.openMadeCalls);
    for (const call of kept.openCalls) this.agents.follow(call);
    this.#lastSeq = kept.lastSeq;
  }

  /** A caller has come in: their visit begins. */
  begin(draft: Draft, visit: Omit<Visit, 'hearing'>): Call {
    const call = newCall(visit);
    this.#keep(draft, call);
    draft.timeline.push({
      callId: call.callId,
      at: call.enteredAt,
      from: 'new',
      to: call.phase,
      input: 'entered',
      facts: { queue: call.queue, entry: call.entry, uniqueid: call.uniqueid },
      inferred: false,
    });
    return call;
  }

  /** Something happened to a call: decide, and draft what follows. */
  apply(draft: Draft, callId: CallId, input: CallInput): void {
    const call = this.calls.get(callId);
    if (call === undefined) {
      this.#log.debug({ callId, input: input.kind }, 'ignored: no such open call');
      return;
    }
    const now = this.#clock.now();
    const decision = decide(call, input, { now, rules: this.rulesOf(call.queue) });
    if (decision.kind === 'ignored') {
      this.#log.debug({ callId, phase: call.phase, input: input.kind, reason: decision.reason }, 'ignored');
      return;
    }
    this.#draftDecision(draft, { call, input, decision });
  }

  rulesOf(queue: QueueName): CallRules {
    return this.rulesNow(queue) ?? RULES_OF_A_FORGOTTEN_QUEUE;
  }

  /** Nothing where the configuration does not name the queue any more. */
  rulesNow(queue: QueueName): CallRules | undefined {
    return this.settings.queues.find((one) => one.name === queue)?.rules;
  }

  /** A recording lies where its link does not lead. The help desk is told another, when there is time for it. */
  repairLink(draft: Draft, { call, toldLink, found }: EndedWithLink & { found: FoundRecording }): void {
    const report = repairOf(call, { found, toldLink, rules: this.rulesOf(call.queue) });
    if (report === undefined) return;
    const facts = { callId: call.callId, path: shownFile(found.path) };
    this.#log.info(facts, 'a recording is elsewhere by now than its link says');
    this.tellLink(draft, report);
  }

  /** The help desk is to hear of it, unless it would not take it. */
  tellLink(draft: Draft, report: LinkReport): void {
    if (isTooLong(report)) this.#sayTooLong(report);
    else this.tell(draft, report);
  }

  /** Once: a template that is too long is so for every call. */
  #sayTooLong({ callId, link }: LinkReport): void {
    if (this.#isLongLinkTold) return;
    this.#isLongLinkTold = true;
    this.#log.warn(
      { callId, characters: link.length, remedy: SHORTEN },
      'the link of a recording is longer than Movidesk takes: it is not told',
    );
  }

  /** The last word on each device, and who is out of turn. */
  get board(): ExtensionBoard {
    return this.#board;
  }

  /** Agents who are busy in another system, and why. */
  get taken(): ReadonlyMap<Extension, string> {
    return this.#taken;
  }

  /** The number of what is to be told next, whomever. */
  nextSeq(): number {
    this.#lastSeq += 1;
    return this.#lastSeq;
  }

  /** The help desk is to hear of it. */
  tell(draft: Draft, report: Report): void {
    const entry: Entry = { seq: this.nextSeq(), report, attempts: 0, parkedBecause: undefined };
    this.lane.add(entry);
    draft.entries.push(entry);
  }

  /** What is known against offering this extension now, before the PBX is asked. */
  firstVerdictOn(extension: Extension): Verdict {
    const taken = this.#taken.get(extension);
    if (taken !== undefined) return unavailable(taken);
    const now = this.#clock.monotonic();
    // Their phone may not ring yet.
    const isReserved = this.calls.isReserved(extension) || this.madeCalls.isReserved(extension, now);
    return firstVerdict(this.#board, extension, { now, isReserved });
  }

  takenElsewhere(extension: Extension, why: string): void {
    this.#taken.set(extension, why);
  }

  freeElsewhere(extension: Extension): void {
    if (this.#taken.delete(extension)) this.agents.seenFree((one) => one === extension);
  }

  deviceChanged(device: string, state: string): void {
    const { phone, dnd } = this.settings.devices;
    if (isFreeAgain(this.#board, { device, state }))
      this.agents.seenFree((extension) => phone(extension) === device || dnd(extension) === device);
    this.#board = deviceChanged(this.#board, { device, state }, this.settings.devices);
  }

  /** What may be asked or told next. */
  chooseRequest(mayAsk: boolean): Choice {
    const now = this.#clock.monotonic();
    const extensions = {
      isInUse: (extension: Extension) =>
        this.#taken.has(extension) || isInUse(this.#board, extension, this.settings.devices),
      isSetAside: (extension: Extension) => isSetAside(this.#board, extension, now),
      nextInTurnAt: nextInTurnAt(this.#board, now),
    };
    return this.lane.choose({ calls: this.calls.all(), agents: this.agents.known, extensions, mayAsk });
  }

  /** Nobody told of changes for a while: what was known of devices may be old. What was set aside stays so. */
  forgetDevices(): void {
    this.#board = { ...emptyBoard, setAside: this.#board.setAside };
  }

  #draftDecision(
    draft: Draft,
    made: { call: OpenCall; input: CallInput; decision: Extract<Decision, { kind: 'decided' }> },
  ): void {
    const { call, input, decision } = made;
    this.#keep(draft, decision.call);
    draft.timeline.push({
      callId: call.callId,
      at: this.#clock.now(),
      from: call.phase,
      to: decision.call.phase,
      input: input.kind,
      facts: { ...factsOf(input), ...outcomeOf(decision.call) },
      inferred: decision.inferred,
    });
    const loss = lossOf(call, decision.call, input);
    if (loss !== undefined) draft.losses.push({ callId: call.callId, loss });
    for (const report of decision.reports) this.tell(draft, report);
    for (const effect of decision.effects) {
      draft.deeds.push({ kind: 'for-call', call: decision.call, effect });
    }
    if (decision.putAside !== undefined) {
      const { extension, why } = decision.putAside;
      this.#board = putAside(this.#board, extension, why, this.#clock.monotonic());
    }
    this.#remember(call, input, decision.call);
    if (decision.call.phase === 'ended') this.endings.add(call, decision.call);
    measureCall(call, decision.call, { meter: this.#meter, now: this.#clock.now() });
  }

  #keep(draft: Draft, call: Call): void {
    this.calls.put(call);
    draft.changed(call);
  }

  /** How much longer than they had to the caller has waited for the agent whom they are sent to. */
  #measureExcess({ callId, queue, enteredAtMonotonic }: Call): void {
    const freeSince = this.agents.takeFreeSince(callId);
    if (freeSince === undefined) return;
    const since = Math.max(freeSince, enteredAtMonotonic);
    this.#meter.excessWaited(queue, Math.max(0, this.#clock.monotonic() - since));
  }

  /** What the polling must know of a decision. */
  #remember(before: OpenCall, input: CallInput, after: Call): void {
    if (after.phase !== before.phase) this.agents.follow(after);
    if (input.kind === 'extension-checked' && after.phase === 'offered') this.#measureExcess(after);
    if (after.phase === 'waiting') {
      const named = before.phase === 'offered' ? before.offer.extension : undefined;
      const inVain = named ?? (input.kind === 'agent-named' ? input.extension : undefined);
      if (inVain === undefined) return;
      this.lane.inVain(after.callId, inVain);
      this.agents.namedInVain(inVain);
    } else if (after.phase !== 'offered') {
      this.lane.forget(after.callId);
    }
  }
}

/** What the phase alone does not say. */
function outcomeOf(call: Call): Facts {
  if (call.phase === 'ended') return { ending: call.ending };
  return call.phase === 'leaving' ? { reason: call.reason } : {};
}
