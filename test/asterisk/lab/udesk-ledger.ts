import { expect } from 'vitest';
import type { UdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import type { Happening } from '../../../src/simulators/udesk/state/happening.ts';
import { waitFor } from './wait-for.ts';

/** Something that was done in the PBX, by this process's clock. */
export interface Act {
  readonly name: string;
  readonly at: number;
}

interface Told {
  readonly word: string;
  readonly at: number;
}

// Half a second: what the relay promises.
const MOST_DELAY_MS = 500;

/** What happens at Udesk to one agent, or to one call, read entry by entry: none is passed over. */
export class UdeskLedger {
  readonly #simulator: UdeskSimulator;
  readonly #name: string;
  readonly #isOf: (happening: Happening) => boolean;
  /** Entries of Udesk's whole ledger that were looked at. */
  #read: number;

  constructor(simulator: UdeskSimulator, name: string, isOf: (happening: Happening) => boolean) {
    this.#simulator = simulator;
    this.#name = name;
    this.#isOf = isOf;
    this.#read = simulator.ledger.length;
  }

  /** The next entries are these, in this order, and none of them comes later than it may. Says how late each was. */
  async shows(words: readonly string[], after: Act): Promise<void> {
    for (const word of words) {
      const told = await waitFor(`${word} at Udesk after: ${after.name}`, () => this.#next());
      const delayMs = told.at - after.at;
      console.log(`${this.#name}, ${after.name}: ${told.word} after ${delayMs} ms`);
      expect(told.word, after.name).toBe(word);
      expect(delayMs, `${after.name}: ${word}`).toBeLessThan(MOST_DELAY_MS);
    }
  }

  /** All that was not read yet, which is read by it. */
  rest(): readonly Told[] {
    const rest: Told[] = [];
    for (let told = this.#next(); told !== undefined; told = this.#next()) rest.push(told);
    return rest;
  }

  #next(): Told | undefined {
    const { ledger } = this.#simulator;
    for (let happening = ledger[this.#read]; happening !== undefined; happening = ledger[this.#read]) {
      this.#read += 1;
      const word = this.#isOf(happening) ? wordOf(happening) : undefined;
      if (word !== undefined) return { word, at: happening.at };
    }
    return undefined;
  }
}

export function isOfAgent(happening: Happening, agentId: string): boolean {
  return happening.what.startsWith('agent-') && happening.agentId === agentId;
}

export function isOfCall(happening: Happening, callId: string): boolean {
  return 'callId' in happening && happening.callId === callId;
}

/** The steps of a call that somebody takes by hand in the simulator have none. */
function wordOf(happening: Happening): string | undefined {
  switch (happening.what) {
    case 'agent-logged-in':
      return 'logged in';
    case 'agent-logged-out':
      return 'logged out';
    case 'agent-state':
      return happening.state;
    case 'hold':
    case 'resume':
      return happening.what;
    case 'transfer':
      return `transfer to ${happening.to}`;
    default:
      return undefined;
  }
}
