import type { CallId } from '../domain/identity.ts';
import { uniqueidFrom } from '../domain/identity.ts';
import { type MadeCall, SURELY_THERE_AFTER_MS } from '../domain/made-call/made-call.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Pbx } from '../ports/pbx.ts';
import type { Input } from './input.ts';
import type { CallOrder } from './made-call-input.ts';
import { complainOfOriginate } from './originate-complaint.ts';

interface Parts {
  readonly pbx: Pbx;
  readonly clock: Clock;
  readonly log: Log;
  readonly push: (input: Input) => void;
}

// The dialplan says so while the channel hangs up, which takes it some milliseconds more. After the last of these looks the
// rounds find it out.
const LOOK_AGAIN_AFTER_MS: readonly number[] = [250, 1_000, 3_000];

const READ_DIARY =
  "asterisk -rx 'module show like func_db': the PBX must have it loaded, for the dialplan keeps there what became of calls";

// By now its channel is there, if it will ever be: see `decideMadeCall`.
const FIRST_LOOK_MS = SURELY_THERE_AFTER_MS + 1_000;

/** Has the PBX make calls, and looks whether they may be made and are over: what comes of it goes back into the inbox. */
export class MadeCallLookout {
  readonly #parts: Parts;
  /** Calls that are being looked for because they are said to be over. */
  readonly #lookingFor = new Set<CallId>();
  readonly #again = new Set<() => void>();
  #isUnreadTold = false;
  #isClosed = false;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Whether the agent is still in a call that they made. */
  async readPhone(order: CallOrder): Promise<void> {
    const { pbx, log, push } = this.#parts;
    const { callId, agent: extension } = order;
    const reading = await pbx.readExtension(extension);
    if (reading === undefined)
      log.warn(
        { callId, extension },
        'the PBX does not say whether an agent is still in a call that they made: nobody was rung',
      );
    push({ kind: 'made-call', input: { kind: 'phone-read', order, reading } });
  }

  async originate(order: CallOrder): Promise<void> {
    const { pbx, log, push } = this.#parts;
    const outcome = await pbx.makeCall(order);
    if (!outcome.ok) complainOfOriginate(log, order.callId, outcome);
    push({ kind: 'made-call', input: { kind: 'originated', order, outcome } });
    if (!outcome.ok && outcome.problem !== 'unknown-outcome') return;
    // Of a channel that never came about (no such context) the dialplan cannot say that it is over.
    this.#later(FIRST_LOOK_MS, () => void this.#isFound(order.callId, false));
  }

  async look({ callId }: MadeCall, isToldOver: boolean): Promise<void> {
    if (!isToldOver) {
      await this.#isFound(callId, false);
      return;
    }
    if (this.#lookingFor.has(callId)) return;
    this.#lookingFor.add(callId);
    await this.#lookUntilGone(callId, 0);
  }

  /** Nothing is looked for any more: the next start does it. */
  close(): void {
    this.#isClosed = true;
    for (const cancel of this.#again) cancel();
    this.#again.clear();
  }

  async #lookUntilGone(callId: CallId, looks: number): Promise<void> {
    const delayMs = LOOK_AGAIN_AFTER_MS[looks];
    if ((await this.#isFound(callId, true)) || delayMs === undefined || this.#isClosed) {
      this.#lookingFor.delete(callId);
      return;
    }
    this.#later(delayMs, () => void this.#lookUntilGone(callId, looks + 1));
  }

  #later(ms: number, look: () => void): void {
    if (this.#isClosed) return;
    const cancel = this.#parts.clock.after(ms, () => {
      this.#again.delete(cancel);
      look();
    });
    this.#again.add(cancel);
  }

  /** Whether it is known what became of it. Nothing is concluded where the PBX could not say. */
  async #isFound(callId: CallId, isToldOver: boolean): Promise<boolean> {
    const { pbx, push } = this.#parts;
    const located = await pbx.locate(uniqueidFrom(callId));
    if (located.kind !== 'gone') return false;
    // After the channel is gone nothing more is written down of it.
    const reading = await pbx.readDiary(callId);
    if (!reading.ok) {
      this.#sayUnread(callId);
      return false;
    }
    this.#isUnreadTold = false;
    push({ kind: 'made-call', input: { kind: 'gone', callId, diary: reading.diary, isToldOver } });
    return true;
  }

  /** Once, until one can be read again: the rounds come to it every minute. */
  #sayUnread(callId: CallId): void {
    if (!this.#isUnreadTold)
      this.#parts.log.warn(
        { callId, remedy: READ_DIARY },
        'what became of a call made from the help desk cannot be read: it counts as open',
      );
    this.#isUnreadTold = true;
  }
}
