import type { CallId, Extension } from '../identity.ts';

/**
 * `again`: the extension named could not take the call; `late`: nothing could be asked for too long; `newcomer`: the first
 * poll; `blind`: something may have changed.
 */
export type AskReason = 'again' | 'late' | 'newcomer' | 'blind';

/**
 * When each waiting call was asked about, and which extensions were named in vain since. Lost at a restart, which
 * costs one poll a queue. Instants are of one clock that never jumps.
 */
export interface AskMemory {
  readonly lastAskedAt: ReadonlyMap<CallId, number>;
  /** When any head was last asked about: blind polls are spread over all of them. */
  readonly lastHeadAskedAt: number;
  /** Extensions that could not take the call, since a poll last brought nothing at all. */
  readonly namedInVain: ReadonlyMap<CallId, ReadonlySet<Extension>>;
  /** Calls to be asked about at once. */
  readonly askAgain: ReadonlySet<CallId>;
}

export const noAsks: AskMemory = {
  lastAskedAt: new Map(),
  lastHeadAskedAt: -Infinity,
  namedInVain: new Map(),
  askAgain: new Set(),
};

export function askStarted(memory: AskMemory, callId: CallId, why: AskReason, now: number): AskMemory {
  const askAgain = new Set(memory.askAgain);
  askAgain.delete(callId);
  const lastHeadAskedAt = why === 'newcomer' ? memory.lastHeadAskedAt : now;
  return { ...memory, askAgain, lastHeadAskedAt, lastAskedAt: new Map(memory.lastAskedAt).set(callId, now) };
}

/**
 * The extension named cannot take the call: ask again at once, for the help desk names another in its order. An
 * extension named in vain for the second time is no reason to hurry, so one broken phone cannot burn the budget.
 */
export function askedInVain(memory: AskMemory, callId: CallId, extension: Extension): AskMemory {
  const before = memory.namedInVain.get(callId) ?? new Set();
  if (before.has(extension)) return memory;
  return {
    ...memory,
    askAgain: new Set(memory.askAgain).add(callId),
    namedInVain: new Map(memory.namedInVain).set(callId, new Set(before).add(extension)),
  };
}

/** Nobody is free now: the next answer may name anybody again. */
export function nobodyNamed(memory: AskMemory, callId: CallId): AskMemory {
  if (!memory.namedInVain.has(callId)) return memory;
  const namedInVain = new Map(memory.namedInVain);
  namedInVain.delete(callId);
  return { ...memory, namedInVain };
}

/** The call needs no more polls. */
export function forgetAsks(memory: AskMemory, callId: CallId): AskMemory {
  const lastAskedAt = new Map(memory.lastAskedAt);
  const namedInVain = new Map(memory.namedInVain);
  const askAgain = new Set(memory.askAgain);
  lastAskedAt.delete(callId);
  namedInVain.delete(callId);
  askAgain.delete(callId);
  return { ...memory, lastAskedAt, namedInVain, askAgain };
}
