import type { AskMemory } from '../../../src/domain/budget/ask-memory.ts';
import {
  askAnswered,
  askedInVain,
  askStarted,
  forgetAsks,
  noAsks,
  nobodyNamed,
} from '../../../src/domain/budget/ask-memory.ts';
import { heldNow, noneHeld } from '../../../src/domain/budget/held-polls.ts';
import { nextRequest } from '../../../src/domain/budget/next-requests.ts';
import type { RequestWindow } from '../../../src/domain/budget/request-window.ts';
import { requestStarted } from '../../../src/domain/budget/request-window.ts';
import type { Choice, Request, Spending } from '../../../src/domain/budget/spending.ts';
import type { TalkingCall, WaitingCall } from '../../../src/domain/call/call.ts';
import type { CallId } from '../../../src/domain/identity.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import {
  agentEngaged,
  agentNamed,
  endingHeard,
  headAsked,
  headDenied,
  nobodyKnown,
} from '../../../src/domain/queue/known-agents.ts';
import { headsOf } from '../../../src/domain/queue/line.ts';
import { aCall, extension } from '../builders.ts';
import { frozen } from '../frozen.ts';
import { aReport } from '../outbox/entries.ts';

/** What may happen to a PBX and its callers; `pick` chooses which caller. */
export interface Turn {
  readonly afterMs: number;
  readonly what:
    | 'enters'
    | 'gives up'
    | 'is answered'
    | 'ends the talk'
    | 'link'
    | 'made call ends'
    | 'recording moves';
  readonly pick: number;
}

/** One choice, and all that it was made from. */
export interface Chosen {
  readonly spending: Spending;
  readonly choice: Choice;
}

interface Pending {
  readonly doneAt: number;
  readonly request: Request;
  readonly luck: number;
}

/** A few queues whose callers come and go, and a help desk that is slow and fails as luck has it. */
export class SpendingWorld {
  now = 0;
  readonly log: Chosen[] = [];
  readonly startedAt: number[] = [];
  private readonly calls = new Map<CallId, WaitingCall | TalkingCall>();
  private entries: readonly Entry[] = [];
  private held = noneHeld;
  private agents = nobodyKnown;
  private asks: AskMemory = noAsks;
  private window: RequestWindow;
  private pending: readonly Pending[] = [];
  private readonly retryAt = new Map<number, number>();
  private readonly luck: Iterator<number>;
  private mayAsk = true;
  private wakeAt: number | undefined;
  private lastSeq = 0;

  constructor(limit: number, luck: Iterator<number>) {
    this.window = { limit, startedAt: [] };
    this.luck = luck;
  }

  get owed(): number {
    return this.entries.length;
  }

  take({ afterMs, what, pick }: Turn): void {
    this.advance(this.now + afterMs);
    this.happen(what, pick);
    this.spend();
  }

  /** Nobody is left waiting, and every request succeeds from now on. */
  calmDown(): void {
    for (const call of [...this.calls.values()]) this.leave(call);
    this.spend();
  }

  /** Time passes, with every answer and every wake-up at its own instant. */
  advance(until: number): void {
    for (;;) {
      const instants = [...this.pending.map(({ doneAt }) => doneAt), this.wakeAt ?? Infinity];
      const next = Math.min(...instants);
      if (next > until) break;
      this.now = next;
      for (const done of this.pending.filter(({ doneAt }) => doneAt <= next)) this.settle(done);
      this.pending = this.pending.filter(({ doneAt }) => doneAt > next);
      this.spend();
    }
    this.now = until;
  }

  private happen(what: Turn['what'], pick: number): void {
    const waiting = [...this.calls.values()].filter((call) => call.phase === 'waiting');
    const talking = [...this.calls.values()].filter((call) => call.phase === 'talking');
    const caller = waiting[pick % Math.max(1, waiting.length)];
    const talker = talking[pick % Math.max(1, talking.length)];
    if (what === 'enters') this.enter(pick);
    else if (what === 'link') this.mayAsk = pick % 4 !== 0;
    else if (what === 'made call ends') this.owe(aReport('made-call-link', `made-${this.lastSeq}`));
    else if (what === 'recording moves') this.owe(aReport('repaired-link', `moved-${this.lastSeq}`));
    else if (what === 'gives up' && caller !== undefined) this.leave(caller);
    else if (what === 'is answered' && caller?.hearing === 'heard') this.answer(caller);
    else if (what === 'ends the talk' && talker !== undefined) this.leave(talker);
  }

  private enter(pick: number): void {
    const queue = ['support', 'sales', 'billing'][pick % 3] ?? 'support';
    const id = `call-${String(this.log.length).padStart(6, '0')}-${this.calls.size}`;
    const call = aCall().withId(id).inQueue(queue).enteredAt(this.now).unasked().waiting();
    this.calls.set(call.callId, call);
  }

  private answer(call: WaitingCall): void {
    const by = { extension: extension('1001'), queue: call.queue, hasTalked: true };
    this.agents = agentEngaged(this.agents, call.callId, by);
    this.calls.set(call.callId, aCall(call).talkingTo('1001'));
    this.asks = forgetAsks(this.asks, call.callId);
    this.owe(aReport('transfered', call.callId));
  }

  private leave(call: WaitingCall | TalkingCall): void {
    this.calls.delete(call.callId);
    this.asks = forgetAsks(this.asks, call.callId);
    if (call.hearing !== 'heard') this.owe(aReport('received', call.callId));
    this.owe(aReport(call.phase === 'talking' ? 'completed' : 'canceled', call.callId));
  }

  private owe(report: Report): void {
    this.lastSeq++;
    this.entries = [...this.entries, { seq: this.lastSeq, report, attempts: 0, parkedBecause: undefined }];
  }

  private spend(): void {
    for (;;) {
      const spending = this.seen();
      const choice = nextRequest(frozen(spending));
      this.log.push({ spending, choice });
      this.wakeAt = choice.kind === 'wait' ? choice.until : undefined;
      if (choice.kind === 'wait') {
        this.held = heldNow(this.held, choice.held, this.now);
        return;
      }
      this.start(choice.request);
    }
  }

  private seen(): Spending {
    const { now, window, entries, asks, agents, held, mayAsk } = this;
    const inFlight = new Set(this.pending.map(({ request }) => callIdIn(request)));
    const calls = [...this.calls.values()];
    const retryAt = new Map(this.retryAt);
    // Some phones are in use, and others set aside, as the hour has it.
    const isInUse = (number: string) => (Number(number) + Math.floor(now / 20_000)) % 3 === 0;
    const isSetAside = (number: string) => (Number(number) + Math.floor(now / 30_000)) % 4 === 0;
    const extensions = { isInUse, isSetAside, nextInTurnAt: undefined };
    return { now, window, entries, asks, agents, extensions, held, mayAsk, calls, inFlight, retryAt };
  }

  private start(request: Request): void {
    this.window = requestStarted(this.window, this.now);
    this.startedAt.push(this.now);
    if (request.kind === 'ask') {
      const { callId, queue } = request.call;
      this.asks = askStarted(this.asks, callId, this.now);
      if (headsOf(this.calls.values()).get(queue)?.callId === callId)
        this.agents = headAsked(this.agents, queue, this.now);
      this.hear(request.call.callId, 'asked');
    }
    const luck = this.luck.next().value ?? 0;
    this.pending = [...this.pending, { doneAt: this.now + 1 + (luck % 10_000), request, luck }];
  }

  private settle({ request, luck }: Pending): void {
    const failed = luck % 7 === 6;
    if (request.kind === 'report') this.deliver(request.entry, failed, luck);
    else if (!failed) this.answerAsk(request.call, luck);
  }

  private deliver({ seq, report }: Entry, failed: boolean, luck: number): void {
    if (failed) this.retryAt.set(seq, this.now + 1_000 + (luck % 60_000));
    else {
      this.entries = this.entries.filter((entry) => entry.seq !== seq);
      this.agents = endingHeard(this.agents, report.callId, this.now);
    }
  }

  private answerAsk({ callId, queue }: WaitingCall, luck: number): void {
    this.asks = askAnswered(this.asks, callId);
    if (this.calls.get(callId)?.phase !== 'waiting') return;
    this.hear(callId, 'heard');
    const named = extension(String(1001 + (luck % 5)));
    if (luck % 2 === 0) {
      this.asks = nobodyNamed(this.asks, callId);
      this.agents = headDenied(this.agents, queue, this.now);
    } else {
      this.asks = askedInVain(this.asks, callId, named);
      this.agents = agentNamed(this.agents, { queue, extension: named, now: this.now });
    }
  }

  private hear(callId: CallId, hearing: 'asked' | 'heard'): void {
    const call = this.calls.get(callId);
    if (call?.phase === 'waiting' && call.hearing !== 'heard') this.calls.set(callId, { ...call, hearing });
  }
}

export function callIdIn(request: Request): CallId {
  return request.kind === 'ask' ? request.call.callId : request.entry.report.callId;
}
