import type { CodeMeaning } from '../ports/code-meaning.ts';

/** What the process says by its end, from sysexits.h: systemd restarts on all of them but CONFIG. */
export const EXIT = {
  OK: 0,
  /** What was asked for could not be done, or not all of it: no such call, not parked, no store; or `check` found something to mend. */
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

/** For whoever sees one in `systemctl status`, or in a script. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, CodeMeaning>> = {
  OK: { means: 'done, or stopped as asked to', toDo: 'nothing' },
  UNDONE: {
    means:
      'what was asked for could not be done, or not all of it: no such call, not parked, no store; or `check` found something to mend',
    toDo: 'the command says what to do',
  },
  USAGE: { means: 'the command line makes no sense', toDo: '`asterisk-movidesk help`' },
  SOFTWARE: {
    means:
      'the store failed, the port for HTTP is taken, or one of the daemon’s own rules is broken. systemd starts it again, and it goes on from the store',
    toDo: 'the last line of the log has a code of this page, with its remedy. A line with a stack is our mistake: report it, with the line',
  },
  CONFIG: {
    means: 'the configuration must be mended by a person first; systemd does not start it again',
    toDo: 'each line on standard error names a key, what is wrong with it, and its remedy. Mend them all, then `systemctl restart asterisk-movidesk`',
  },
};
