import type { CallStep, Happening } from '../state/happening.ts';

/** An event of the agent client, without its header. */
export interface AgentEvent {
  readonly method: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

// `agnetHangup` is the document's spelling.
const CALL_METHODS: Readonly<Partial<Record<CallStep, string>>> = {
  agent_ringing: 'agentRinging',
  agent_answer: 'agentAnswered',
  user_ringing: 'userRinging',
  user_answer: 'userAnswered',
  agent_hangup: 'agnetHangup',
  user_hangup: 'userHangup',
};

/** What the agent's client is told of it: often nothing. */
export function agentEventOf(happening: Happening, agentNumber: string): AgentEvent | undefined {
  switch (happening.what) {
    case 'agent-state': {
      const { state, subState, oldState } = happening;
      // "This item exists for break states."
      const sub = state === 'onBreak' ? { CurStateSubId: subState } : {};
      return { method: 'agentStateChange', fields: { CurState: state, ...sub, OldState: oldState } };
    }
    case 'call-mode':
      return { method: 'agentCallModeChange', fields: { CurContact: happening.mode } };
    case 'extension-state': {
      const { state, oldState, reason } = happening;
      const fields = { CurState: state, OldState: oldState, Reason: reason };
      return { method: 'extensionStateChange', fields };
    }
    case 'call':
      return callEvent(happening, agentNumber);
    default:
      return undefined;
  }
}

function callEvent(
  happening: Extract<Happening, { what: 'call' }>,
  agentNumber: string,
): AgentEvent | undefined {
  const method = CALL_METHODS[happening.step];
  if (method === undefined) return undefined;
  if (method.endsWith('Hangup')) return { method, fields: { Reason: happening.reason } };
  return { method, fields: { AgentNumber: agentNumber, ...callFields(happening) } };
}

export function callFields(
  call: Pick<Extract<Happening, { what: 'call' }>, 'destNumber' | 'spNumber' | 'direction' | 'userData'>,
) {
  return {
    DestNumber: call.destNumber,
    DestNumberLoc: '',
    SpNumber: call.spNumber,
    CallDirection: call.direction,
    UserData: call.userData,
  };
}
