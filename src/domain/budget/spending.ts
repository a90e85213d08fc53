import type { Call, WaitingCall } from '../call/call.ts';
import type { CallId, Extension } from '../identity.ts';
import type { Entry } from '../outbox/entry.ts';
import type { KnownAgents } from '../queue/known-agents.ts';
import type { AskMemory, AskReason } from './ask-memory.ts';
import type { HeldPolls } from './held-polls.ts';
import type { RequestWindow } from './request-window.ts';

/** What a permit can be spent on. */
export type Request =
  | { readonly kind: 'report'; readonly entry: Entry }
  | { readonly kind: 'ask'; readonly call: WaitingCall; readonly why: AskReason };

/** What the PBX shows of extensions at present. */
export interface ExtensionsNow {
  /** In a call, unregistered, or not to be disturbed. */
  readonly isInUse: (extension: Extension) => boolean;
  /** Did not take the last call offered: passed over, though the help desk may name them. */
  readonly isSetAside: (extension: Extension) => boolean;
  /** When one that is set aside is in turn again though nothing happens. */
  readonly nextInTurnAt: number | undefined;
}

/** What the choice depends on. Instants are of one clock that never jumps. */
export interface Spending {
  readonly now: number;
  readonly window: RequestWindow;
  readonly calls: readonly Call[];
  readonly entries: readonly Entry[];
  readonly asks: AskMemory;
  readonly agents: KnownAgents;
  readonly extensions: ExtensionsNow;
  readonly held: HeldPolls;
  /** Calls with a request on its way: nothing else of theirs may overtake it. */
  readonly inFlight: ReadonlySet<CallId>;
  /** Entries that wait for their retry, by `seq`. */
  readonly retryAt: ReadonlyMap<number, number>;
  /** Callers can be moved: without the PBX nobody is asked about, for the agent named would wait in vain. */
  readonly mayAsk: boolean;
}

/**
 * The next request, or when to look again (nothing: when something happens). `held`: heads about whom a question is due
 * that the limit does not allow.
 */
export type Choice =
  | { readonly kind: 'start'; readonly request: Request }
  | {
      readonly kind: 'wait';
      readonly until: number | undefined;
      readonly held: readonly HeldPoll[];
    };

/** `isPromising`: an agent is free for them, by all signs. */
export interface HeldPoll {
  readonly callId: CallId;
  readonly isPromising: boolean;
}

/** How requests are chosen; the benches hold other ways against `nextRequest`. */
export type SpendingPolicy = (spending: Spending) => Choice;

/** A request that could be the next. */
export interface Candidate {
  readonly request: Request;
  /** Infinity: not by itself; something has to happen. */
  readonly dueAt: number;
  /** It would bring an agent to a caller, by all signs. */
  readonly isPromising?: boolean;
  /** Permits that must be there: its own, those of its unit, and the reserve that it leaves. */
  readonly wants: number;
}
