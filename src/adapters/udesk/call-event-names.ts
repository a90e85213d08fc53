/** The names of the `call` category in the chapter "Event Subscription", in the document's order. */
const SUBSCRIBED = [
  'agent_breakout',
  'agent_interrupt',
  'asr_gather_fail',
  'asr_gather_succ',
  'begin',
  'call_notes',
  'consult_fail',
  'consult_succ',
  'dtmf_gather_fail',
  'dtmf_gather_succ',
  'eavesdrop_fail',
  'eavesdrop_succ',
  'end',
  'end_consult_fail',
  'end_consult_succ',
  'enqueue_succ',
  'extern_succ',
  'general_hangup',
  'hangup_cause',
  'hold_call',
  'play_fail',
  'play_succ',
  'record_stop',
  'start_dialout',
  'start_ivr',
  'substitute_fail',
  'substitute_succ',
  'three_way_fail',
  'three_way_succ',
  'transfer_agent_fail',
  'transfer_agent_succ',
  'user_answer',
  'user_hangup',
  'user_ringing',
  'voice_mail_fail',
  'voice_mail_succ',
] as const;

/** Names that only the examples of the chapter "Message Subscription" have. */
const OF_EXAMPLES = ['agent_ringing', 'agent_answer', 'agent_hangup'] as const;

export const CALL_EVENT_NAMES = [...SUBSCRIBED, ...OF_EXAMPLES] as const;

export type CallEventName = (typeof CALL_EVENT_NAMES)[number];
