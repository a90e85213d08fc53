/** What the PBX says about an extension: three questions, each asked of Asterisk under its own name. */
export interface ExtensionReading {
  /** Of the phone: `NOT_INUSE`, `INUSE`, `BUSY`, `RINGING`, `UNAVAILABLE` … */
  readonly device: string;
  /** Of the do-not-disturb device; nothing where none is configured. */
  readonly dnd: string | undefined;
  /** Of the hint, a number (0 idle, -1 no such hint); nothing where no hint context is configured. */
  readonly hint: number | undefined;
}

/** May this extension be offered a call? */
export type Verdict = { readonly available: true } | { readonly available: false; readonly why: string };

export const AVAILABLE: Verdict = { available: true };
export const unavailable = (why: string): Verdict => ({ available: false, why });

/**
 * An extension can take a call when its phone is registered and not in use, do-not-disturb is off, and the hint,
 * where one is configured, agrees. The hint alone would not do: one that joins phone and DND flag reads idle while the
 * phone is unregistered.
 */
export function verdictOf(reading: ExtensionReading): Verdict {
  if (reading.device !== 'NOT_INUSE') return unavailable(`device ${reading.device}`);
  if (reading.dnd !== undefined && isDoNotDisturb(reading.dnd)) return unavailable('do not disturb');
  if (reading.hint !== undefined && reading.hint > 0) return unavailable(`hint ${reading.hint}`);
  return AVAILABLE;
}

/** Whether a do-not-disturb device in this state means it. */
export const isDoNotDisturb = (dndState: string): boolean => DND_ON.has(dndState);

// A custom device that was never set reads UNKNOWN or INVALID: nobody switched do-not-disturb on.
const DND_ON: ReadonlySet<string> = new Set([
  'INUSE',
  'BUSY',
  'RINGING',
  'RINGINUSE',
  'ONHOLD',
  'UNAVAILABLE',
]);
