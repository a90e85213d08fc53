import type { Instant } from '../identity.ts';
import type { Report } from '../outbox/report.ts';
import type { Call, CallRules, EndedCall, Ending, Recorded, TalkingCall, Visit } from './call.ts';
import { visitOf } from './call.ts';
import type { Decision } from './decision.ts';
import { decided } from './decision.ts';

/**
 * The one ending of a call, and what the help desk must hear of it.
 *
 * A call of which the help desk has heard owes it exactly one ending. One of which it has not, or may not have, is
 * registered and ended back to back, so that supervisors see every caller; a mere hang-up that was never asked about
 * only where `reportUnheard` wants it. Registering twice is harmless: the id is the same.
 */
export interface EndingFacts {
  /** An instant before what it ends counts as that: clocks are set, and the PBX has one of its own. */
  readonly at: Instant;
  /** File name of the talk's recording, or of the message; empty: the dialplan said that there is no message. */
  readonly recording?: string | undefined;
  readonly inferred?: boolean;
}

export function complete(call: TalkingCall, facts: EndingFacts, rules: CallRules): Decision {
  const { callId, extension } = call;
  const recorded: Recorded = { file: facts.recording ?? call.recording, extension };
  const link = linkOf(call, recorded, rules);
  const at = Math.max(facts.at, call.answeredAt);
  const reports: readonly Report[] = [{ kind: 'completed', callId, link, at }];
  return end(call, 'completed', { facts: { ...facts, at }, recorded, reports });
}

export function lose(call: Call, facts: EndingFacts, rules: CallRules): Decision {
  const recorded: Recorded | undefined =
    facts.recording === '' ? undefined : { file: facts.recording, extension: undefined };
  const link = recorded === undefined ? undefined : linkOf(call, recorded, rules);
  const at = Math.max(facts.at, call.enteredAt);
  const report: Report = { kind: 'lost', callId: call.callId, link, at };
  const reports = [...registration(call, rules), report];
  return end(call, 'lost', { facts: { ...facts, at }, recorded, reports });
}

export function cancel(call: Call, facts: EndingFacts, rules: CallRules): Decision {
  const at = Math.max(facts.at, call.enteredAt);
  const report: Report = { kind: 'canceled', callId: call.callId, at };
  const isOwed = call.hearing !== 'unasked' || rules.reportUnheard;
  const reports = isOwed ? [...registration(call, rules), report] : [];
  return end(call, 'canceled', { facts: { ...facts, at }, recorded: undefined, reports });
}

/** What the help desk hears when an agent has taken a caller; of whom it may not have heard before. */
export function taken(before: Call, call: TalkingCall, rules: CallRules): readonly Report[] {
  const { callId, extension, answeredAt } = call;
  return [...registration(before, rules), { kind: 'transfered', callId, extension, at: answeredAt }];
}

function linkOf(call: Visit, { file, extension }: Recorded, rules: CallRules): string | undefined {
  if (file === undefined || file === '') return undefined;
  const { callId, queue, enteredAt: callAt } = call;
  return rules.recordingLink({ file, callId, extension, queue, callAt });
}

function registration(call: Visit, rules: CallRules): readonly Report[] {
  if (call.hearing === 'heard') return [];
  const { callId, queue, clientNumber, enteredAt: at } = call;
  const { helpDeskQueueId } = rules;
  const mayHoldAgent = call.hearing === 'asked';
  return [{ kind: 'received', callId, queue, helpDeskQueueId, clientNumber, at, mayHoldAgent }];
}

interface End {
  readonly facts: EndingFacts;
  readonly recorded: Recorded | undefined;
  readonly reports: readonly Report[];
}

function end(call: Call, ending: Ending, { facts, recorded, reports }: End): Decision {
  const ended: EndedCall = { ...visitOf(call), phase: 'ended', ending, endedAt: facts.at, recorded };
  return decided(ended, { reports, inferred: facts.inferred === true });
}
