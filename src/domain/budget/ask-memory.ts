import type { CallId, Extension } from '../identity.ts';

/**
 * `again`: the extension named could not take the call; `sign`: the PBX showed an agent free; `ended`: an agent's call is
 * over, and so, by what was learned, is their wrap-up; `newcomer`: the first poll; `late`: nothing was asked for too long;
 * `blind`: only time has passed.
 */
export type AskReason = 'again' | 'sign' | 'ended' | 'newcomer' | 'late' | 'blind';

/**
 * When each waiting call was asked about, and which extensions were named in vain since. Lost at a restart, which
 * costs one poll a queue. Instants are of one clock that never jumps.
 */
export interface AskMemory {
  readonly lastAskedAt: ReadonlyMap<CallId, number>;
  /** Calls whose last question has had no answer. */
  readonly unanswered: ReadonlySet<CallId>;
  /** Extensions that could not take the call, since a poll last brought nothing at all. */
  readonly namedInVain: ReadonlyMap<CallId, ReadonlySet<Extension>>;
  /** Calls to be asked about at once. */
  readonly askAgain: ReadonlySet<CallId>;
}

export const noAsks: AskMemory = {
  lastAskedAt: new Map(),
  unanswered: new Set(),
  namedInVain: new Map(),
  askAgain: new Set(),
};

export function askStarted(memory: AskMemory, callId: CallId, now: number): AskMemory {
  return {
    ...memory,
    askAgain: without(memory.askAgain, callId),
    unanswered: new Set(memory.unanswered).add(callId),
    lastAskedAt: new Map(memory.lastAskedAt).set(callId, now),
  };
}

export function askAnswered(memory: AskMemory, callId: CallId): AskMemory {
  return { ...memory, unanswered: without(memory.unanswered, callId) };
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
  lastAskedAt.delete(callId);
  namedInVain.delete(callId);
  const askAgain = without(memory.askAgain, callId);
  const unanswered = without(memory.unanswered, callId);
  return { lastAskedAt, namedInVain, askAgain, unanswered };
}

function without(callIds: ReadonlySet<CallId>, callId: CallId): ReadonlySet<CallId> {
  return new Set([...callIds].filter((one) => one !== callId));
}
