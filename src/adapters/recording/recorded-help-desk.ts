import type { CallId, Extension, Instant, Uniqueid } from '../../domain/identity.ts';
import type { Clock } from '../../ports/clock.ts';
import { type Outcome, success } from '../../ports/failure.ts';
import type { AskAnswer, HelpDesk, ReceivedCall, Report } from '../../ports/help-desk.ts';
import type { PbxEvent } from '../../ports/pbx.ts';

/** A caller was moved in the recording: when, and what answer that follows from. */
interface Move {
  readonly at: Instant;
  readonly answer: AskAnswer;
}

export interface RecordedHelpDeskParts {
  readonly clock: Clock;
  /** Everything that will happen, in order. */
  readonly events: readonly { readonly at: Instant; readonly event: PbxEvent }[];
  readonly channelOf: (callId: CallId) => Uniqueid | undefined;
  /** Where given, it is named whenever anybody asks. */
  readonly always: Extension | undefined;
  readonly onReport: (report: Report) => void;
}

// A question that is asked at most so long before the caller was moved is answered just then: about as long as the daemon
// waits for an answer of Movidesk's (`movidesk.timeoutMs`, 10 s).
const PATIENCE_MS = 9_000;
// Earlier ones are kept for that moment as well, but only so many: the runtime has three questions under way at most, and
// whoever comes in meanwhile must be asked about.
const MOST_KEPT_LONGER = 2;
// The move itself takes the PBX that long, from being told to the ringing.
const MOVE_TAKES_MS = 100;

/**
 * What Movidesk answered is not in a recording of the PBX, but where the callers were then moved is: it is taken to have
 * named that extension at that moment, and to have had nobody free before. For those who leave a message it was closed.
 */
export class RecordedHelpDesk implements HelpDesk {
  readonly #parts: RecordedHelpDeskParts;
  readonly #moves = new Map<Uniqueid, Move[]>();
  #kept = 0;

  constructor(parts: RecordedHelpDeskParts) {
    this.#parts = parts;
    for (const { at, event } of parts.events) {
      const answer = answerBefore(event);
      if (answer === undefined || !('uniqueid' in event)) continue;
      const moves = this.#moves.get(event.uniqueid);
      if (moves === undefined) this.#moves.set(event.uniqueid, [{ at, answer }]);
      else moves.push({ at, answer });
    }
  }

  /** This has happened now: it answers nothing any more. */
  passed(event: PbxEvent): void {
    if (answerBefore(event) !== undefined && 'uniqueid' in event) this.#moves.get(event.uniqueid)?.shift();
  }

  async ask({ callId }: ReceivedCall): Promise<Outcome<AskAnswer>> {
    const { clock, always } = this.#parts;
    if (always !== undefined) return success({ kind: 'extension', extension: always });
    const next = this.#nextMoveOf(callId);
    if (next === undefined) return success({ kind: 'all-busy' });
    if (next.answer.kind !== 'extension') return success(next.answer);
    const waitMs = next.at - clock.now();
    if (waitMs > PATIENCE_MS && this.#kept >= MOST_KEPT_LONGER) return success({ kind: 'all-busy' });
    if (waitMs > MOVE_TAKES_MS) await this.#pass(waitMs - MOVE_TAKES_MS);
    return success(next.answer);
  }

  async report(report: Report): Promise<Outcome<void>> {
    this.#parts.onReport(report);
    return success(undefined);
  }

  async close(): Promise<void> {}

  #nextMoveOf(callId: CallId): Move | undefined {
    const channel = this.#parts.channelOf(callId);
    return channel === undefined ? undefined : this.#moves.get(channel)?.[0];
  }

  async #pass(ms: number): Promise<void> {
    this.#kept += 1;
    await new Promise<void>((resolve) => {
      this.#parts.clock.after(ms, resolve);
    });
    this.#kept -= 1;
  }
}

function answerBefore(event: PbxEvent): AskAnswer | undefined {
  if (event.kind === 'message-left') return { kind: 'closed' };
  if (event.kind !== 'ringing' || event.extension === undefined) return undefined;
  return { kind: 'extension', extension: event.extension };
}
