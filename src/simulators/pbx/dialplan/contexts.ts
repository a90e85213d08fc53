/** The names of the dialplan contract. */
export const ENTRY_CONTEXT = 'movidesk-entry';
export const HOLD_CONTEXT = 'movidesk-hold';
export const AGENT_CONTEXT = 'movidesk-agent';
export const LOST_CONTEXT = 'movidesk-lost';
export const FALLBACK_CONTEXT = 'movidesk-fallback';
/** Callers who wait in an Asterisk queue without members. */
export const QUEUE_CONTEXT = 'movidesk-queue';
/** Calls that agents make from the help desk. */
export const MADE_AGENT_CONTEXT = 'movidesk-made-agent';
export const MADE_CONTEXT = 'movidesk-made';

/** Where the phones dial from; the admin's own. */
export const PHONES_CONTEXT = 'from-agents';
