import type { EndedCall, OpenCall } from '../domain/call/call.ts';
import type { CallId } from '../domain/identity.ts';
import type { CallRecords } from '../ports/call-records.ts';
import type { Log } from '../ports/log.ts';
import type { EndingStatus } from '../ports/status.ts';

// What fits on a screen.
const ENDINGS_KEPT = 20;

/** The calls that ended last, for whoever watches. Nothing that the daemon does depends on it. */
export class RecentEndings {
  #endings: readonly EndingStatus[] = [];

  /** The latest first. */
  get all(): readonly EndingStatus[] {
    return this.#endings;
  }

  add(before: OpenCall, after: EndedCall): void {
    this.#endings = [{ ...endingOf(after), ...lastOf(before) }, ...this.#endings].slice(0, ENDINGS_KEPT);
  }

  /** Looks into the store: after a start, and where somebody else has written there. That it cannot is borne. */
  async readFrom(records: Pick<CallRecords, 'ended'> | undefined, log: Pick<Log, 'warn'>): Promise<void> {
    if (records === undefined) return;
    try {
      this.keptAre(await records.ended(ENDINGS_KEPT));
    } catch (error) {
      log.warn({ err: error }, 'the last endings cannot be read from the store: the status does without');
    }
  }

  /** They replace what is known: somebody may have been erased. Who talked to whom is remembered here alone. */
  keptAre(calls: readonly EndedCall[]): void {
    const known = new Map<CallId, EndingStatus>(this.#endings.map((ending) => [ending.callId, ending]));
    this.#endings = calls
      .slice(0, ENDINGS_KEPT)
      .map((call) => ({ ...known.get(call.callId), ...endingOf(call) }));
  }
}

const endingOf = ({ callId, queue, clientNumber: number, ending, enteredAt, endedAt }: EndedCall) => ({
  callId,
  queue,
  number,
  ending,
  enteredAt,
  endedAt,
});

/** What the ended call itself does not say any more. */
function lastOf(before: OpenCall): Pick<EndingStatus, 'extension' | 'answeredAt' | 'reason'> {
  if (before.phase === 'talking') return { extension: before.extension, answeredAt: before.answeredAt };
  return before.phase === 'leaving' ? { reason: before.reason } : {};
}
