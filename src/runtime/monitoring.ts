import type { CallId, Extension } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { MakeCallAnswer } from '../ports/made-calls.ts';
import type { Pbx } from '../ports/pbx.ts';
import { CallPace } from './call-pace.ts';
import { complainOfOriginate } from './originate-complaint.ts';

interface Parts {
  readonly pbx: Pick<Pbx, 'hearCall'>;
  readonly clock: Pick<Clock, 'monotonic'>;
  readonly log: Log;
  readonly ringMs: number;
  readonly callsPerMinute: number;
}

interface Heard {
  readonly agent: Extension;
  /** Nothing while the PBX has not answered. */
  readonly until: number | undefined;
  readonly answer: Promise<MakeCallAnswer>;
}

// A double click: whoever wants to hear the same agent so soon is rung already. Not longer, for when they have hung up, or
// the talk is over, nobody tells.
const SAME_WISH_MS = 2_000;

/** Supervisors who listen to agents. Nobody is told of it, so nothing is kept of it. */
export class Monitoring {
  readonly #parts: Parts;
  readonly #pace: CallPace;
  readonly #last = new Map<Extension, Heard>();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#pace = new CallPace(parts.clock);
  }

  async hear(callId: CallId, supervisor: Extension, agent: Extension): Promise<MakeCallAnswer> {
    const { clock, callsPerMinute } = this.#parts;
    const last = this.#last.get(supervisor);
    if (last?.agent === agent && clock.monotonic() < (last.until ?? Infinity)) return last.answer;
    const retryAfterMs = this.#pace.msUntilNext(supervisor, callsPerMinute);
    if (retryAfterMs > 0) return { kind: 'too-many', retryAfterMs };
    this.#pace.add(supervisor);
    const heard: Heard = { agent, until: undefined, answer: this.#ring(callId, supervisor, agent) };
    this.#last.set(supervisor, heard);
    const answer = await heard.answer;
    if (this.#last.get(supervisor) !== heard) return answer;
    // Who was refused may try again at once.
    if (answer.kind === 'unavailable') this.#last.delete(supervisor);
    else this.#last.set(supervisor, { ...heard, until: clock.monotonic() + SAME_WISH_MS });
    return answer;
  }

  async #ring(callId: CallId, supervisor: Extension, agent: Extension): Promise<MakeCallAnswer> {
    const { pbx, log, ringMs } = this.#parts;
    const outcome = await pbx.hearCall({ callId, supervisor, agent, ringMs });
    if (outcome.ok) {
      log.info({ callId, supervisor, extension: agent }, 'a supervisor listens to an agent');
      return { kind: 'made', callId };
    }
    complainOfOriginate(log, callId, outcome);
    return { kind: outcome.problem === 'unknown-outcome' ? 'unknown' : 'unavailable' };
  }
}
