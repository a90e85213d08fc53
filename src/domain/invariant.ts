/** What we hold to be true of our own code. A breach is our mistake: the process logs it, exits, and resumes from the store. */
export function invariant(condition: unknown, message: string): asserts condition {
  if (!condition) throw new InvariantBroken(message);
}

class InvariantBroken extends Error {
  override readonly name = 'InvariantBroken';
}

/** The end of a switch over a union: a new member fails to compile here. */
export function impossible(value: never): never {
  throw new InvariantBroken(`no case for ${JSON.stringify(value)}`);
}
