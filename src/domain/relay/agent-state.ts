import { isDoNotDisturb } from '../extension/availability.ts';

/** What an agent's phone says of them to whoever mirrors it: away from the phone, free, in a call, or not to be disturbed. */
export type AgentState = 'offline' | 'idle' | 'busy' | 'onBreak';

// `UNKNOWN` is what a phone reads of which nothing was ever told.
const FREE: ReadonlySet<string> = new Set(['NOT_INUSE', 'UNKNOWN']);

/**
 * By the states of the phone and of the do-not-disturb device. A call weighs more than do-not-disturb: whoever has
 * switched it on while they talk is on a break when they have hung up. Nothing where the PBX does not know the phone: it is
 * somebody else's, and what they do is not ours to tell.
 */
export function agentStateOf({
  device,
  dnd,
}: {
  device: string;
  dnd: string | undefined;
}): AgentState | undefined {
  if (device === 'INVALID') return undefined;
  if (device === 'UNAVAILABLE') return 'offline';
  if (!FREE.has(device)) return 'busy';
  return dnd !== undefined && isDoNotDisturb(dnd) ? 'onBreak' : 'idle';
}
