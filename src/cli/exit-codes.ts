/** What the process says by its end, from sysexits.h: systemd restarts on all of them but CONFIG. */
export const EXIT = {
  OK: 0,
  /** What was asked for could not be done, or not all of it: no such call, nothing parked, no store. */
  UNDONE: 1,
  /** The command line makes no sense. */
  USAGE: 64,
  /**
   * One of our own rules is broken, the store failed, or the port for HTTP is taken, which passes when whoever has it
   * ends: start again, and go on from the store.
   */
  SOFTWARE: 70,
  /** The configuration must be mended by a person first. */
  CONFIG: 78,
} as const;
