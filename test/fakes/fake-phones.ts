import type { ExtensionReading } from '../../src/domain/extension/availability.ts';
import type { Extension, Uniqueid } from '../../src/domain/identity.ts';
import { extension } from '../domain/builders.ts';

/** What a phone does when a caller is sent to it. `rings for ever`: the dialplan's own limit fails, too. */
export type Habit = 'rings' | 'rings for ever' | 'declines' | 'nothing happens' | 'refuses';

/** The phones of a fake PBX: what they show, and who is at them. Untold, a phone is free and rings. */
export class FakePhones {
  /** Phones that were rung for two callers at a time, which must never be. */
  readonly collisions: string[] = [];
  readonly #habits = new Map<Extension, Habit>();
  readonly #readings = new Map<Extension, ExtensionReading>();
  readonly #callers = new Map<Extension, Uniqueid>();
  readonly #tell: (device: string, state: string) => void;

  constructor(tell: (device: string, state: string) => void) {
    this.#tell = tell;
  }

  has(number: string, habit: Habit): void {
    this.#habits.set(extension(number), habit);
  }

  /** The phone shows a new state, and the PBX tells it. */
  shows(number: string, device: string): void {
    this.reads(number, { device });
    this.#tell(`PJSIP/${number}`, device);
  }

  /** What the PBX answers when asked, without having told it. */
  reads(number: string, reading: Partial<ExtensionReading>): void {
    const asked = extension(number);
    this.#readings.set(asked, { ...this.read(asked), ...reading });
  }

  habitOf(asked: Extension): Habit {
    return this.#habits.get(asked) ?? 'rings';
  }

  read(asked: Extension): ExtensionReading {
    return this.#readings.get(asked) ?? { device: 'NOT_INUSE', dnd: 'NOT_INUSE', hint: undefined };
  }

  rings(asked: Extension, caller: Uniqueid): void {
    const other = this.#callers.get(asked);
    if (other !== undefined && other !== caller) this.collisions.push(`${asked}: ${other} and ${caller}`);
    this.#callers.set(asked, caller);
    this.shows(asked, 'RINGING');
  }

  isLeftBy(asked: Extension, caller: Uniqueid): void {
    if (this.#callers.get(asked) !== caller) return;
    this.#callers.delete(asked);
    this.shows(asked, 'NOT_INUSE');
  }
}
