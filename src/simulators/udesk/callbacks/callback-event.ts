import type { Happening } from '../state/happening.ts';

/** An event as callbacks tell it. */
export interface CallbackEvent {
  readonly event: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/**
 * The event's name is the document's. What stands in the body is assumed throughout, for the document shows none: the
 * words of the agent client's events and of the logs, which tell the same.
 */
export function callbackEventOf(happening: Happening): CallbackEvent | undefined {
  switch (happening.what) {
    case 'agent-state':
      return { event: 'acd_agent_state', fields: agentStateFields(happening) };
    case 'extension-state': {
      const { extension, agentId = '', state, oldState, reason } = happening;
      const states = { CurState: state, OldState: oldState, Reason: reason };
      return { event: 'ext_state', fields: { Extension: extension, AgentId: agentId, ...states } };
    }
    case 'call-mode':
      return {
        event: 'agent_call_mode_change',
        fields: { AgentId: happening.agentId, CurContact: happening.mode },
      };
    case 'call':
      return { event: happening.step, fields: callFields(happening) };
    case 'hold':
      return { event: 'hold_call', fields: { CallId: happening.callId, AgentId: happening.agentId } };
    case 'transfer': {
      const { callId, agentId, to } = happening;
      return { event: 'transfer_agent_succ', fields: { CallId: callId, AgentId: agentId, AgentPhone: to } };
    }
    // A resumed call has no event in the document; logins show as states.
    case 'resume':
    case 'agent-logged-in':
    case 'agent-logged-out':
    case 'session-opened':
    case 'session-closed':
      return undefined;
    default:
      return happening satisfies never;
  }
}

function agentStateFields(happening: Extract<Happening, { what: 'agent-state' }>) {
  return {
    AgentId: happening.agentId,
    CurState: happening.state,
    CurStateSubId: happening.subState,
    OldState: happening.oldState,
    OldStateSubId: happening.oldSubState,
  };
}

function callFields(happening: Extract<Happening, { what: 'call' }>) {
  return {
    CallId: happening.callId,
    AgentId: happening.agentId,
    DestNumber: happening.destNumber,
    SpNumber: happening.spNumber,
    CallDirection: happening.direction,
    UserData: happening.userData,
    Reason: happening.reason,
  };
}
