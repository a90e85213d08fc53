import { callIdFrom, extensionFrom } from '../../src/domain/identity.ts';
import type { MakeCallAnswer } from '../../src/ports/made-calls.ts';
import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { Chance } from './chance.ts';
import type { Life } from './life.ts';
import type { Lives } from './lives.ts';
import { someCustomer } from './town.ts';
import type { VirtualTime } from './virtual-time.ts';

/** A wish that an agent calls a customer, as it reaches the daemon. Instants are milliseconds since the world began. */
export interface Wish {
  readonly callId: string;
  readonly agent: string;
  readonly number: string;
  readonly at: number;
  /** The process that it reached. */
  readonly life: Life;
}

export interface WishWitness {
  wished(wish: Wish): void;
  /** By the daemon; whether anybody still waits for it. */
  answered(wish: Wish, answer: MakeCallAnswer, isHeard: boolean): void;
}

interface Parts {
  readonly time: VirtualTime;
  readonly chance: Chance;
  readonly pbx: PbxSimulator;
  readonly lives: Pick<Lives, 'current'>;
  readonly pbxName: string;
  readonly extensions: readonly string[];
  readonly witness: WishWitness;
  readonly note: (text: string) => void;
}

const HOUR_MS = 3_600_000;
// As the door of `/movidesk/call` has it.
const HEARD_WITHIN_MS = 8_000;
const RING_MS = 20_000;
const CALLS_PER_MINUTE = 6;

// Shares of the wishes: of an agent who is being sent a caller, or would be; of one whose phone is in use or rings; and of
// those that are wished for once more.
const IS_NAMED = 0.3;
const NAMED_WITHIN_MS = 300;
const IS_BUSY = 0.4;
const WISHES_AGAIN = 0.4;
const WISHES_THE_SAME = 0.7;
const AGAIN_WITHIN_MS = 14_000;

/** Agents who click on a number in the help desk, at a moment that suits nobody. */
export class Wishers {
  readonly #parts: Parts;
  #count = 0;
  #isOver = false;
  /** Whoever Movidesk names next for a caller clicks at that moment. */
  #isNextNamedMeant = false;

  constructor(parts: Parts, perHour: number) {
    this.#parts = parts;
    if (perHour > 0) this.#plan(HOUR_MS / perHour);
  }

  stop(): void {
    this.#isOver = true;
  }

  /** Movidesk has named an agent for a caller: the daemon does not know it yet. */
  named(agent: string): void {
    const { time, chance } = this.#parts;
    if (!this.#isNextNamedMeant) return;
    this.#isNextNamedMeant = false;
    time.after(chance.between(0, NAMED_WITHIN_MS), () => this.#wishes(agent));
  }

  #plan(meanMs: number): void {
    const { time, chance } = this.#parts;
    time.after(chance.exponential(meanMs), () => {
      if (this.#isOver) return;
      if (chance.happens(IS_NAMED)) this.#isNextNamedMeant = true;
      else this.#wishes(this.#somebody());
      this.#plan(meanMs);
    });
  }

  #wishes(agent: string): void {
    const { time, chance } = this.#parts;
    const number = someCustomer(chance);
    this.#wish(agent, number);
    if (!chance.happens(WISHES_AGAIN)) return;
    const again = chance.happens(WISHES_THE_SAME) ? number : someCustomer(chance);
    time.after(chance.between(50, AGAIN_WITHIN_MS), () => this.#wish(agent, again));
  }

  #somebody(): string {
    const { chance, pbx, extensions } = this.#parts;
    const busy = pbx.phones.filter(({ legs }) => legs.size > 0).map(({ name }) => name);
    const asked = chance.happens(IS_BUSY) && busy.length > 0 ? busy : extensions;
    return asked[chance.whole(0, asked.length - 1)] ?? '';
  }

  #wish(agent: string, number: string): void {
    const { time, lives, pbxName, witness, note } = this.#parts;
    const life = lives.current;
    const extension = extensionFrom(agent);
    // A process that is not there answers nobody: the connection is refused.
    if (this.#isOver || life === undefined || extension === undefined) return;
    this.#count += 1;
    const callId = callIdFrom(`${pbxName}-made-${this.#count}`);
    const wish: Wish = { callId, agent, number, at: time.passedMs, life };
    note(`Movidesk wishes for ${callId}: ${agent} is to call ${number}`);
    witness.wished(wish);
    let isWaiting = true;
    const cancel = time.after(HEARD_WITHIN_MS, () => {
      isWaiting = false;
    });
    life.makeCall({
      ...{ callId, agent: extension, number, ringMs: RING_MS, callsPerMinute: CALLS_PER_MINUTE },
      ...{ dialContext: 'from-agents', callerId: undefined },
      answer: (answer) => {
        note(`the wish for ${callId} is answered: ${answer.kind} ${'callId' in answer ? answer.callId : ''}`);
        witness.answered(wish, answer, isWaiting);
        cancel();
        const wasWaiting = isWaiting;
        isWaiting = false;
        return wasWaiting;
      },
    });
  }
}
