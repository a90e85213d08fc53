import type { Facts, Log } from '../../src/ports/log.ts';

export interface Line {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly facts: Facts;
  readonly message: string;
}

/** A log that is kept in memory, to be read when a test has failed. */
export class MemoryLog implements Log {
  readonly lines: Line[] = [];

  debug(facts: Facts, message: string): void {
    this.lines.push({ level: 'debug', facts, message });
  }

  info(facts: Facts, message: string): void {
    this.lines.push({ level: 'info', facts, message });
  }

  warn(facts: Facts, message: string): void {
    this.lines.push({ level: 'warn', facts, message });
  }

  error(facts: Facts, message: string): void {
    this.lines.push({ level: 'error', facts, message });
  }
}
