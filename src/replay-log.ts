import type { CallId } from './domain/identity.ts';
import type { Facts, Log } from './ports/log.ts';
import type { Untold } from './replay-line.ts';

/**
 * Of what the runtime logs, that which its decisions do not say by themselves: what it warns of, and what it made nothing
 * of, with the reason.
 */
export class ReplayLog implements Log {
  readonly #tell: (line: Untold) => void;

  constructor(tell: (line: Untold) => void) {
    this.#tell = tell;
  }

  debug({ callId, input, reason }: Facts, message: string): void {
    if (!message.startsWith('ignored')) return;
    this.#tell({
      kind: 'ignored',
      callId: callId === undefined ? undefined : (String(callId) as CallId),
      input: String(input),
      why: reason === undefined ? message.replace(/^ignored: /, '') : String(reason),
    });
  }

  info(): void {}

  warn(facts: Facts, message: string): void {
    this.#tell({ kind: 'warning', message, facts });
  }

  error(facts: Facts, message: string): void {
    this.#tell({ kind: 'warning', message, facts });
  }
}
