/** What a log is written to, as far as it matters to how its lines look. */
export interface LogOutput {
  readonly isTerminal: boolean;
  /** Device and inode of what is written to, as `fstat` has them. */
  readonly device: number;
  readonly inode: number;
}

export interface LogLook {
  readonly format: 'json' | 'pretty';
  readonly withPriority: boolean;
}

/**
 * Whether it leads into systemd's journal. systemd names that stream in JOURNAL_STREAM (systemd.exec(5)); a service that is
 * sent elsewhere inherits the variable all the same, so both are compared.
 */
export const isJournal = (
  { device, inode }: Pick<LogOutput, 'device' | 'inode'>,
  journalStream: string | undefined,
): boolean => journalStream === `${device}:${inode}`;

/** How lines look where they go. `auto` is pretty for the eyes at a terminal, and JSON elsewhere. */
export function logLook(
  format: 'auto' | 'json' | 'pretty',
  output: LogOutput,
  journalStream: string | undefined,
): LogLook {
  const chosen = format === 'auto' ? (output.isTerminal ? 'pretty' : 'json') : format;
  // The journal cuts the priority off a line of JSON; a pretty one is for eyes, wherever it goes.
  return { format: chosen, withPriority: chosen === 'json' && isJournal(output, journalStream) };
}
