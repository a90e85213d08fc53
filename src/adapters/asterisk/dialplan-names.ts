/** The channel variables of the dialplan contract (`config/asterisk/`). */
export const QUEUE_VARIABLE = 'MOVIDESK_QUEUE';
export const CALL_ID_VARIABLE = 'MOVIDESK_CALL_ID';
export const AGENT_VARIABLE = 'MOVIDESK_AGENT';
export const RING_SECONDS_VARIABLE = 'MOVIDESK_RING_SECONDS';
export const RECORDING_VARIABLE = 'MOVIDESK_RECORDING';
/** Of calls that agents make: whom they call, what the customer sees, and the context that dials the world. */
export const CUSTOMER_VARIABLE = 'MOVIDESK_CUSTOMER';
export const CALLER_ID_VARIABLE = 'MOVIDESK_CALLER_ID';
export const DIAL_CONTEXT_VARIABLE = 'MOVIDESK_DIAL_CONTEXT';
/** The device that a supervisor hears. */
export const DEVICE_VARIABLE = 'MOVIDESK_DEVICE';
/** Global: the epoch of the PBX at our last heartbeat. */
export const ALIVE_VARIABLE = 'MOVIDESK_BRIDGE_ALIVE';
/** Family of the diary in Asterisk's database. */
export const DIARY_FAMILY = 'movidesk';

/** Where callers are for the moment between their entry and the hold; its name is part of the contract. */
export const ENTRY_CONTEXT = 'movidesk-entry';
/** Where callers enter a queue of Asterisk's own, if by our dialplan. */
export const ENTRY_QUEUE_CONTEXT = 'movidesk-queue';
/** Where the dialplan keeps its diary. */
export const DIARY_CONTEXT = 'movidesk-diary';
/** Where `movidesk-agent` looks up, for a moment, what to dial. */
export const PHONE_CONTEXT = 'movidesk-phone';

/** Where an agent is rung who makes a call, and where the customer is dialled then. */
export const MADE_AGENT_CONTEXT = 'movidesk-made-agent';
export const MADE_CONTEXT = 'movidesk-made';
/** Where a supervisor hears an agent. */
export const MONITOR_CONTEXT = 'movidesk-monitor';

/** Names of the admin's own choosing. */
export interface Dialplan {
  readonly holdContext: string;
  readonly agentContext: string;
  readonly lostContext: string;
  readonly fallbackContext: string;
}
