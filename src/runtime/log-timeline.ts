import type { Log } from '../ports/log.ts';
import type { TimelineLine } from '../ports/store.ts';
import type { Draft } from './draft.ts';

// What an operator wants to see though the call stays in its phase.
const LOUD_INPUTS: ReadonlySet<string> = new Set([
  'agent-named',
  'nobody-free',
  'transferred',
  'message-left',
]);

/** One line a transition, once it is kept: what the timeline says, and who called. */
export function logTimeline(draft: Draft, log: Log): void {
  for (const line of draft.timeline) {
    const facts = { ...lineFacts(line), ...callerOf(draft, line) };
    if (line.from !== line.to || LOUD_INPUTS.has(line.input)) log.info(facts, 'call');
    else log.debug(facts, 'call');
  }
}

function lineFacts({ callId, from, input, to, facts, inferred }: TimelineLine) {
  return { ...facts, callId, from, input, to, ...(inferred ? { inferred } : {}) };
}

function callerOf(draft: Draft, { callId, from }: TimelineLine) {
  if (from !== 'new') return {};
  const call = draft.calls.find((one) => one.callId === callId);
  return call === undefined ? {} : { clientNumber: call.clientNumber };
}
