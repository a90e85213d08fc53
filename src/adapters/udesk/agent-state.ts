/** What an agent does in Udesk's eyes. `unknown` is a word that the document does not have. */
export type AgentState = 'idle' | 'busy' | 'onBreak' | 'inCall' | 'locked' | 'offline' | 'unknown';

export type ExtensionState = 'idle' | 'busy' | 'online' | 'offline' | 'invalid' | 'unknown';

/** Where the agent's calls ring: an IP phone or a mobile one. */
export type CallMode = 'voip' | 'cellphone' | 'unknown';

/**
 * The document has the states twice: `setState` and the client's messages say them in words (idle, busy, onBreak), the
 * seats' `State` in numbers whose table reads 0 "Ready", 1 "Ready for work", 2 "Locked", 3 "In call", 4 "Not available".
 * Both kinds are understood wherever a state stands. Two readings of ours: 0 counts as idle, as its word says; and 4 as
 * offline, as the document's only example of it has the extension offline too (a seat that is busy or on break has no
 * number of its own and may well be a 4: either way it takes no calls).
 */
const AGENT_STATES: ReadonlyMap<string, AgentState> = new Map<string, AgentState>([
  ['0', 'idle'],
  ['1', 'idle'],
  ['2', 'locked'],
  ['3', 'inCall'],
  ['4', 'offline'],
  ['idle', 'idle'],
  ['ready', 'idle'],
  ['readyforwork', 'idle'],
  ['busy', 'busy'],
  ['onbreak', 'onBreak'],
  ['incall', 'inCall'],
  ['locked', 'locked'],
  ['offline', 'offline'],
  ['notavailable', 'offline'],
]);

/** `ExtState` of the seats: "Extension Idle" and so on. */
const EXTENSION_STATES: ReadonlyMap<string, ExtensionState> = new Map<string, ExtensionState>([
  ['0', 'idle'],
  ['1', 'busy'],
  ['2', 'online'],
  ['3', 'offline'],
  ['4', 'invalid'],
  ['idle', 'idle'],
  ['busy', 'busy'],
  ['online', 'online'],
  ['offline', 'offline'],
  ['invalid', 'invalid'],
]);

export function agentStateOf(value: unknown): AgentState {
  return AGENT_STATES.get(wordOf(value)) ?? 'unknown';
}

export function extensionStateOf(value: unknown): ExtensionState {
  return EXTENSION_STATES.get(wordOf(value).replace(/^extension/, '')) ?? 'unknown';
}

export function callModeOf(value: unknown): CallMode {
  const word = wordOf(value);
  return word === 'voip' || word === 'cellphone' ? word : 'unknown';
}

/** The document writes one thing in several ways (AgentId, agent_id, agentId): case, blanks and underscores do not count. */
export function wordOf(value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') return '';
  return String(value)
    .replace(/[\s_-]/g, '')
    .toLowerCase();
}
