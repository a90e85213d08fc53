import type {
  CallRules,
  EndedCall,
  Ending,
  LeavingCall,
  LeavingReason,
  Offer,
  OfferedCall,
  TalkingCall,
  Visit,
  WaitingCall,
} from '../../src/domain/call/call.ts';
import type { Context } from '../../src/domain/call/context.ts';
import { decide } from '../../src/domain/call/decide-call.ts';
import type { Decision } from '../../src/domain/call/decision.ts';
import type { CallInput } from '../../src/domain/call/input.ts';
import type { Extension, Instant } from '../../src/domain/identity.ts';
import { callIdFrom, extensionFrom, queueNameFrom, uniqueidFrom } from '../../src/domain/identity.ts';

/** A quiet morning: every builder's caller comes in at this instant unless told otherwise. */
export const MORNING: Instant = Date.UTC(2026, 10, 23, 11, 0, 0);
/** A minute into the call: the instant at which tests decide unless told otherwise. */
export const NOW: Instant = MORNING + 60_000;

export function extension(text: string): Extension {
  const parsed = extensionFrom(text);
  if (parsed === undefined) throw new Error(`${text} is no extension.`);
  return parsed;
}

/** Rules of a queue with ten minutes of patience, twenty seconds of ringing and links to recordings. */
export function someRules(changes: Partial<CallRules> = {}): CallRules {
  return {
    helpDeskQueueId: 7,
    maxWaitMs: 600_000,
    ringMs: 20_000,
    recordingLink: ({ file }) => `https://pbx.example.com/recordings/${file}`,
    reportUnheard: true,
    ...changes,
  };
}

/** A caller's visit in words; each of the last six methods says what phase it is in. */
export function aCall(visit: Visit = plainVisit()) {
  const change = (changes: Partial<Visit>) => aCall({ ...visit, ...changes });
  const offered = (offer: Offer): OfferedCall => ({ ...visit, phase: 'offered', offer });
  return {
    withId: (id: string) => change({ callId: callIdFrom(id), uniqueid: uniqueidFrom(`uid-${id}`) }),
    inQueue: (name: string) => change({ queue: queueNameFrom(name) }),
    enteredAt: (enteredAt: Instant) => change({ enteredAt }),
    unasked: () => change({ hearing: 'unasked' }),
    asked: () => change({ hearing: 'asked' }),
    heard: () => change({ hearing: 'heard' }),

    waiting: (): WaitingCall => ({ ...visit, phase: 'waiting', lastOffered: undefined }),
    waitingAgainAfter: (number: string): WaitingCall => ({
      ...visit,
      phase: 'waiting',
      lastOffered: extension(number),
    }),
    offeredTo: (number: string, stage: Offer['stage'] = 'ringing', until = NOW + 3_000): OfferedCall =>
      offered({ extension: extension(number), stage, until }),
    talkingTo: (number: string): TalkingCall => ({
      ...visit,
      phase: 'talking',
      extension: extension(number),
      answeredAt: MORNING + 30_000,
      recording: undefined,
    }),
    leaving: (reason: LeavingReason, known: Partial<LeavingCall> = {}): LeavingCall => ({
      ...visit,
      phase: 'leaving',
      reason,
      message: undefined,

      lookAt: NOW + 2_000,
      ...known,
    }),
    ended: (ending: Ending): EndedCall => ({ ...visit, phase: 'ended', ending, endedAt: MORNING + 45_000 }),
  };
}

function plainVisit(): Visit {
  return {
    callId: callIdFrom('pbx1-1795361570.12'),
    uniqueid: uniqueidFrom('1795361570.12'),
    queue: queueNameFrom('support'),
    clientNumber: '+5547999990000',
    enteredAt: MORNING,
    enteredAtMonotonic: 1_000,
    entry: 'dialplan',
    hearing: 'heard',
  };
}

type Decided = Extract<Decision, { readonly kind: 'decided' }>;
type AnyCall = Parameters<typeof decide>[0];

const usual: Context = { now: NOW, rules: someRules() };

/** What an input brings about; a test that expects something to happen fails here when it is ignored. */
export function whatFollows(call: AnyCall, input: CallInput, context: Partial<Context> = {}): Decided {
  const decision = decide(call, input, { ...usual, ...context });
  if (decision.kind === 'ignored') throw new Error(`${input.kind} was ignored: ${decision.reason}`);
  return decision;
}

/** Why an input changes nothing; a test that expects nothing to happen fails here when something does. */
export function whyIgnored(call: AnyCall, input: CallInput, context: Partial<Context> = {}): string {
  const decision = decide(call, input, { ...usual, ...context });
  if (decision.kind === 'decided') throw new Error(`${input.kind} led to ${decision.call.phase}`);
  return decision.reason;
}
