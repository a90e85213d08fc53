/** The machine's time, for a simulator to which no other was given. */
export const machineClock = {
  now: (): number => Date.now(),
  /** Calls back once, after `delayMs`; the answer cancels it. */
  after(delayMs: number, action: () => void): () => void {
    const timer = setTimeout(action, delayMs);
    return () => clearTimeout(timer);
  },
} as const;
