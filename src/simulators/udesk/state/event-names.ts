/** The categories of `webhooks/events`, each with its events, letter by letter. */
export const EVENT_CATEGORIES: Readonly<Record<string, readonly string[]>> = {
  agent_call_mode: ['agent_call_mode_change'],
  agent_state: ['acd_agent_state'],
  ext_state: ['ext_state'],
  call: [
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
  ],
};

// The examples of message subscriptions have these besides.
const ONLY_IN_MESSAGES = ['agent_ringing', 'agent_answer', 'agent_hangup'];

/** What a message subscription may name. Assumed: all that can be subscribed by category, and its examples' names. */
export const MESSAGE_EVENTS: readonly string[] = [
  ...Object.values(EVENT_CATEGORIES).flat(),
  ...ONLY_IN_MESSAGES,
];
