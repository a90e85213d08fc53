import type { OpenCall } from '../domain/call/call.ts';
import type { CallId } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Draft } from './draft.ts';
import type { PbxLink } from './pbx-link.ts';
import type { World } from './world.ts';

interface Parts {
  readonly world: World;
  readonly link: Pick<PbxLink, 'isReconciled'>;
  readonly clock: Clock;
  readonly log: Log;
  /** Has the loop come round, and spend again. */
  readonly wake: () => void;
}

/** Spends the limit of requests, and lets go of callers for whom nothing is left of it. */
export class Spender {
  readonly #parts: Parts;
  readonly #world: World;
  #isStopped = false;
  #cancelWake: () => void = () => {};

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#world = parts.world;
  }

  /** Nothing is spent any more, and no timer is left. */
  stop(): void {
    this.#isStopped = true;
    this.#cancelWake();
  }

  /** What the limit allows, in the same step: a request that was started is a request that is counted. */
  spend(draft: Draft): void {
    this.#cancelWake();
    if (this.#isStopped) return;
    this.#world.lane.tick();
    if (this.#world.lane.isSilent) this.#giveUpOnHelpDesk(draft);
    for (;;) {
      const choice = this.#world.chooseRequest(this.#parts.link.isReconciled);
      if (choice.kind === 'wait') {
        this.#warnOfShortage();
        this.#giveUpOnTheStarved(draft);
        this.#wakeAt(choice.until);
        return;
      }
      const { request } = choice;
      this.#world.lane.started(request);
      draft.requestsStartedAt.push(this.#parts.clock.monotonic());
      if (request.kind === 'ask') {
        this.#world.agents.asked(request.call, this.#world.calls.all());
        this.#world.apply(draft, request.call.callId, { kind: 'asked' });
      }
      draft.deeds.push({ kind: 'request', request });
    }
  }

  #giveUpOnHelpDesk(draft: Draft): void {
    for (const call of this.#world.calls.all()) {
      if (call.phase === 'waiting') this.#world.apply(draft, call.callId, { kind: 'help-desk-silent' });
    }
  }

  #warnOfShortage(): void {
    const lostMs = this.#world.lane.takeShortage();
    if (lostMs === undefined) return;
    this.#parts.log.warn(
      { secondsOfTenMinutes: Math.round(lostMs / 1_000), ...this.#world.lane.allowed },
      'callers wait for the limit of requests, and not for agents: have it raised by Movidesk, and movidesk.requestsPerMinute with it',
    );
  }

  #giveUpOnTheStarved(draft: Draft): void {
    for (const callId of this.#world.lane.takeStarved()) {
      this.#parts.log.error(
        { callId },
        'the limit of requests is spent, and a caller could not be asked about: sent to the fallback; have movidesk.requestsPerMinute raised by Movidesk',
      );
      for (const call of this.#behind(callId))
        this.#world.apply(draft, call.callId, { kind: 'help-desk-silent' });
    }
  }

  /** The head, and those of its line who have waited as long: their turn would come no sooner. */
  #behind(head: CallId): readonly OpenCall[] {
    const queue = this.#world.calls.get(head)?.queue;
    const cameBy = this.#parts.clock.monotonic() - this.#world.settings.failOpenAfterMs;
    return this.#world.calls
      .all()
      .filter((call) => call.queue === queue && (call.callId === head || call.enteredAtMonotonic <= cameBy));
  }

  #wakeAt(until: number | undefined): void {
    const at = Math.min(until ?? Infinity, this.#world.lane.patienceEndsAt);
    if (at === Infinity) return;
    const { clock, wake } = this.#parts;
    this.#cancelWake = clock.after(Math.max(0, at - clock.monotonic()), wake);
  }
}
