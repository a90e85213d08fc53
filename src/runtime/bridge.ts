import type { SpendingPolicy } from '../domain/budget/spending.ts';
import type { CallInput } from '../domain/call/input.ts';
import { type CallId, isCallIdOf } from '../domain/identity.ts';
import type { CallRecords } from '../ports/call-records.ts';
import type { Clock, Random } from '../ports/clock.ts';
import type { HelpDesk } from '../ports/help-desk.ts';
import type { Log } from '../ports/log.ts';
import { type Meter, type Present, silentMeter } from '../ports/meter.ts';
import type { Pbx, PbxEvent } from '../ports/pbx.ts';
import type { Readiness } from '../ports/readiness.ts';
import type { Relay, RelayEvent } from '../ports/relay.ts';
import type { Status } from '../ports/status.ts';
import type { Kept, Store } from '../ports/store.ts';
import { Deadlines } from './deadlines.ts';
import { Draft } from './draft.ts';
import { HelpDeskLane } from './help-desk-lane.ts';
import { HelpDeskRequests } from './help-desk-requests.ts';
import { Inbox } from './inbox.ts';
import type { Input, RecordingsFound } from './input.ts';
import { logTimeline } from './log-timeline.ts';
import type { CallOrder } from './made-call-input.ts';
import { MadeCallLookout } from './made-call-lookout.ts';
import { MadeCalls } from './made-calls.ts';
import { Patrol } from './patrol.ts';
import { PbxEventRouter } from './pbx-event-router.ts';
import { PbxLink } from './pbx-link.ts';
import { Performer } from './performer.ts';
import { readinessOf } from './readiness.ts';
import { concernsRelaysAlone, Relays } from './relays/relays.ts';
import type { BridgeSettings } from './settings.ts';
import { Spender } from './spender.ts';
import { statusOf } from './status.ts';
import { Switchboard } from './switchboard.ts';
import { takeUpReleased } from './take-up-released.ts';
import { within } from './within.ts';
import { World } from './world.ts';

export interface BridgeParts {
  readonly settings: BridgeSettings;
  readonly pbx: Pbx;
  readonly helpDesk: HelpDesk;
  readonly store: Store;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Another way to spend the limit, to be held against ours. */
  readonly policy?: SpendingPolicy;
  readonly meter?: Meter;
  /** Far sides that are told besides the help desk. */
  readonly relays?: readonly Relay[];
  /** Where the last endings before this start are found; without it they are forgotten. */
  readonly records?: Pick<CallRecords, 'ended'>;
}

// An event may be lost, refused or filtered away, and no call may stay open for that: a call whose end nobody told us of is
// reported at most this much too late. One question a call and minute is nothing to a PBX.
const PATROL_MS = 60_000;
// The commands write to the store and cannot call us; whoever sends a parked report again watches for it to go. A look
// costs some microseconds.
const STORE_LOOK_MS = 2_000;
// That look brings the loop round every two seconds. A disk may stall for a while; whoever waits longer than this is stuck.
const STUCK_AFTER_MS = 20_000;

/**
 * The loop: decide, commit, perform.
 *
 * A caller's way in: the adapter translates AMI's `UserEvent` into `caller-entered` and calls `hear`; the inbox holds it
 * until the loop comes round; the router finds that no call of theirs is open and begins one; `Spender` chooses the request
 * that asks about it; the answer comes back through the inbox, and from there on `decide` (domain/call) leads the call.
 *
 * Everything that happens comes through the inbox. A batch is decided on in memory, input by input; what follows is
 * committed in one transaction; only then is it done. What comes of it is another input. So a crash at any line is one
 * of two cases: not committed, and it never happened; or committed, and taken up again after the next start.
 */
export class Bridge {
  readonly #parts: BridgeParts;
  readonly #meter: Meter;
  readonly #inbox = new Inbox<Input>();
  readonly #world: World;
  readonly #router: PbxEventRouter;
  readonly #requests: HelpDeskRequests;
  readonly #switchboard: Switchboard;
  readonly #link: PbxLink;
  readonly #relays: Relays;
  readonly #madeCalls: MadeCalls;
  readonly #lookout: MadeCallLookout;
  readonly #deadlines: Deadlines;
  readonly #patrol: Patrol;
  readonly #storeWatch: Patrol;
  readonly #performer: Performer;
  readonly #spender: Spender;
  #isStopping = false;
  #cameRoundAt: number;

  /** Reads what was kept, and is ready to `run`. */
  static async open(parts: BridgeParts): Promise<Bridge> {
    const { settings, clock, random, log, store, policy, meter = silentMeter } = parts;
    const kept = await store.load();
    const lane = new HelpDeskLane({ ...settings, clock, random, policy }, kept);
    log.info({ openCalls: kept.openCalls.length, undelivered: kept.entries.length }, 'store read');
    const world = new World({ settings, lane, clock, meter, log }, kept);
    await world.endings.readFrom(parts.records, log);
    return new Bridge(parts, world, kept);
  }

  private constructor(parts: BridgeParts, world: World, kept: Kept) {
    const { pbx, clock, random, log, store, helpDesk, settings, meter = silentMeter, relays = [] } = parts;
    const push = (input: Input) => this.#inbox.push(input);
    this.#parts = parts;
    this.#world = world;
    this.#cameRoundAt = clock.monotonic();
    this.#router = new PbxEventRouter({ world, store, clock, log });
    this.#requests = new HelpDeskRequests({ helpDesk, world, clock, meter, log });
    this.#meter = meter;
    meter.watchBudget(() => world.lane.usedRatio);
    meter.watch(() => ({ openCalls: world.calls.counts, lanes: this.#loads }));
    this.#switchboard = new Switchboard({ pbx, clock, log, push, devices: settings.devices });
    const isConfirming = (callId: CallId) => this.#switchboard.isConfirming(callId);
    this.#link = new PbxLink({ pbx, world, clock, meter, log, push, isConfirming });
    this.#relays = new Relays({ relays, world, clock, random, log, push }, kept.relays);
    this.#madeCalls = new MadeCalls({ world, link: this.#link, clock, meter, log });
    this.#lookout = new MadeCallLookout({ pbx, clock, log, push });
    this.#performer = new Performer({
      relays,
      log,
      pbx,
      requests: this.#requests,
      switchboard: this.#switchboard,
      link: this.#link,
      lookout: this.#lookout,
      push,
    });
    this.#spender = new Spender({ world, link: this.#link, clock, log, wake: this.wake });
    this.#patrol = new Patrol(clock, PATROL_MS, () => push({ kind: 'patrol' }));
    this.#storeWatch = new Patrol(clock, STORE_LOOK_MS, () => push({ kind: 'look-into-store' }));
    this.#deadlines = new Deadlines(clock, (callId, of) => this.#toCall(callId, { kind: 'deadline', of }));
  }

  /** What the PBX tells. Returns at once. */
  readonly hear = (event: PbxEvent): void => {
    const isLink = event.kind === 'linked' || event.kind === 'unlinked';
    this.#inbox.push(isLink ? event : { kind: 'pbx', event });
  };

  /** What a relay's far side tells. Returns at once. */
  readonly hearRelay = (event: RelayEvent): void => this.#inbox.push({ kind: 'relay-heard', event });

  /** An agent is to call a customer. `order.answer` is told what came of it, unless the daemon ends first. */
  readonly makeCall = (order: CallOrder): void => {
    if (this.#isStopping) order.answer({ kind: 'unavailable' });
    else this.#inbox.push({ kind: 'made-call', input: { kind: 'wanted', order } });
  };

  /** Where recordings lie by now. Returns at once. */
  readonly hearOfRecordings = (found: RecordingsFound): void => this.#inbox.push(found);

  /** Look whether something is due; harmless at any time. */
  readonly wake = (): void => this.#inbox.push({ kind: 'wake' });

  /** Callers who enter now will be served: the PBX is reconciled, the help desk is not silent, and may be asked. */
  get canServe(): boolean {
    const { isSilent, isStarving } = this.#world.lane;
    return this.#link.isReconciled && !isSilent && !isStarving && !this.#isStopping;
  }

  /** The loop comes round: what is heard is decided, committed and done. */
  get isAlive(): boolean {
    return this.#isStopping || this.#parts.clock.monotonic() - this.#cameRoundAt < STUCK_AFTER_MS;
  }

  /** How everything is now, for whoever watches. */
  get status(): Status {
    return statusOf({
      world: this.#world,
      readiness: this.readiness,
      link: this.#link,
      lanes: this.#loads,
      mirrored: this.#relays.mirrored,
      clock: this.#parts.clock,
    });
  }

  get #loads(): Present['lanes'] {
    return { movidesk: this.#world.lane.load, ...this.#relays.lanes.loads };
  }

  /** How each part is. */
  get readiness(): Readiness {
    return readinessOf({
      isStopping: this.#isStopping,
      link: this.#link,
      lane: this.#world.lane,
      lanes: this.#relays.lanes,
    });
  }

  /** Runs until `stop`. Rejects when the store fails or one of our own rules is broken: the process must end then. */
  async run(): Promise<void> {
    this.#watchAll();
    this.#patrol.start();
    this.#storeWatch.start();
    for (;;) {
      const batch = await this.#inbox.take();
      if (batch.length === 0) return;
      const draft = new Draft();
      for (const input of batch) await this.#decide(draft, input);
      if (!batch.every(concernsRelaysAlone)) this.#spender.spend(draft);
      this.#relays.tellLosses(draft);
      // Last: what is done first is done for the callers.
      this.#relays.start(draft);
      if (!draft.isEmpty) await this.#parts.store.commit(draft.step);
      this.#afterCommit(draft);
      this.#cameRoundAt = this.#parts.clock.monotonic();
    }
  }

  /** No new requests; what is under way may finish for `deadlineMs`; what was heard until then is decided and kept. */
  async stop(deadlineMs: number): Promise<void> {
    this.abandon();
    await within(this.#parts.clock, deadlineMs, this.#performer.settled());
    this.#inbox.close();
  }

  /** Sets nothing off any more: no timer is left that would keep the process, or do anything, after the loop has ended. */
  abandon(): void {
    this.#isStopping = true;
    this.#spender.stop();
    this.#deadlines.close();
    this.#switchboard.close();
    this.#lookout.close();
    this.#madeCalls.close();
    this.#patrol.stop();
    this.#storeWatch.stop();
    this.#relays.close();
  }

  #watchAll(): void {
    if (this.#isStopping) return;
    for (const call of this.#world.calls.all()) this.#deadlines.watch(call, this.#world.rulesOf(call.queue));
  }

  async #decide(draft: Draft, input: Input): Promise<void> {
    switch (input.kind) {
      case 'pbx':
        this.#relays.pbxTold(draft, input.event);
        if (input.event.kind === 'made-call-over')
          this.#madeCalls.take(draft, { kind: 'over', callId: input.event.callId });
        await this.#router.route(draft, input.event);
        break;
      case 'device-read':
        this.#world.deviceChanged(input.device, input.state);
        break;
      case 'linked':
        this.#link.linked(draft, input.snapshot);
        this.#relays.linked();
        break;
      case 'unlinked':
        this.#link.unlinked(input.why);
        break;
      case 'reconciled':
        for (const caller of this.#link.reconciled(draft, input) ?? [])
          if (await this.#router.foundOnHold(draft, caller)) this.#meter.found('entered');
        this.#watchAll();
        this.#relays.readAgents(draft);
        this.#madeCalls.lookForAll(draft);
        draft.deeds.push({ kind: 'find-diaries' });
        break;
      case 'call':
        if (this.#isTimely(input)) await this.#decideOnCall(draft, input.callId, input.input);
        break;
      case 'patrol':
        this.#link.goRound(draft);
        this.#relays.lanes.dropForgotten(draft);
        break;
      case 'made-call':
        this.#madeCalls.take(draft, input.input);
        break;
      case 'entry-confirmed':
        await this.#router.entryConfirmed(draft, input);
        break;
      case 'diaries-found':
        for (const callId of input.callIds)
          if (this.#isForgotten(callId)) draft.deeds.push({ kind: 'erase-diary', callId });
        break;
      case 'request-settled':
        this.#requests.settle(draft, input.request, input.outcome);
        break;
      case 'recordings-found':
        for (const recording of input.recordings) this.#world.repairLink(draft, recording);
        break;
      case 'relay-heard':
      case 'relay-settled':
      case 'relay-reviewed':
      case 'agent-read':
        this.#relays.take(draft, input);
        break;
      case 'look-into-store':
        await this.#takeUpReleased(draft);
        break;
      case 'relays-due':
      case 'wake':
        break;
    }
  }

  async #takeUpReleased(draft: Draft): Promise<void> {
    const { store, log } = this.#parts;
    if (!(await store.changedElsewhere())) return;
    takeUpReleased(draft, this.#world.lane, { undelivered: await store.undelivered(), log });
    this.#relays.lanes.takeUp(draft, await store.undeliveredRelays());
    // Somebody may have been erased there, whose number we would go on showing.
    await this.#world.endings.readFrom(this.#parts.records, log);
  }

  /**
   * A deadline moves callers or looks for them: without the PBX it would only be heard again and again, and after each
   * reconciliation those that have passed come once more. An answer about a call that has changed since is too old.
   */
  #isTimely({ callId, input, about }: Extract<Input, { kind: 'call' }>): boolean {
    if (input.kind === 'deadline') return this.#link.isReconciled;
    return about === undefined || this.#world.calls.get(callId) === about;
  }

  /** Its diary was not erased when its ending was delivered: the PBX was out of reach, or wrote it afterwards. */
  #isForgotten(callId: CallId): boolean {
    const { calls, madeCalls, lane, settings } = this.#world;
    const isOpen = (calls.get(callId) ?? madeCalls.get(callId)) !== undefined;
    return isCallIdOf(settings.pbxName, callId) && !isOpen && !lane.owes(callId);
  }

  async #decideOnCall(draft: Draft, callId: CallId, input: CallInput): Promise<void> {
    const call = this.#world.calls.get(callId);
    this.#world.apply(draft, callId, input);
    const isBackOnHold = input.kind === 'found' && input.place.at === 'hold';
    if (call === undefined || !isBackOnHold || this.#world.calls.get(callId) !== undefined) return;
    // The visit is over, and the caller stands in line again: nobody else would tell us.
    const { uniqueid, clientNumber: number, queue } = call;
    await this.#router.entered(draft, { uniqueid, number, via: { entry: 'dialplan', queue } });
  }

  #afterCommit(draft: Draft): void {
    logTimeline(draft, this.#parts.log);
    if (draft.requestsStartedAt.length > 0) this.#world.lane.sentNow(new Set(draft.requestsStartedAt));
    if (!this.#isStopping) {
      for (const call of draft.calls) this.#deadlines.watch(call, this.#world.rulesOf(call.queue));
    }
    for (const deed of draft.deeds) this.#performer.start(deed);
  }

  #toCall(callId: CallId, input: CallInput): void {
    this.#inbox.push({ kind: 'call', callId, input });
  }
}
