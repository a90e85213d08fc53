import type { Clock } from '../../ports/clock.ts';
import type { Log } from '../../ports/log.ts';
import type { LostCallers } from '../../ports/lost-callers.ts';
import type { ListAnswer, NumbersAnswer, UdeskInbox, UdeskQuery } from '../../ports/udesk-inbox.ts';
import { newReplayMemory, verifyCallback } from './callback.ts';
import { callbackEventOf } from './callback-events.ts';
import {
  faultyAnswer,
  NOBODY_NOW,
  numbersAnswer,
  readNumbersRequest,
  readStopRequest,
  STOP_NOTED,
} from './callback-list.ts';
import { Refusals } from './refusals.ts';
import type { UdeskRelay } from './udesk-relay.ts';
import type { UnknownWords } from './unknown-words.ts';

interface Parts {
  readonly appId: string;
  readonly secret: string;
  /** Hears what Udesk says of its agents. */
  readonly relay: Pick<UdeskRelay, 'hear'>;
  readonly lostCallers: LostCallers;
  /** A caller's number as Udesk dials it. */
  readonly numberOf: (clientNumber: string) => string | undefined;
  /** Whoever was lost longer ago is not called back. */
  readonly lostWithinMs: number;
  readonly clock: Pick<Clock, 'now' | 'monotonic'>;
  readonly log: Log;
  readonly unknownWords: UnknownWords;
}

/** What Udesk sends to us, from its signature to what follows from it. */
export class SignedInbox implements UdeskInbox {
  readonly #parts: Parts;
  readonly #seen = newReplayMemory();
  readonly #refusals: Refusals;
  readonly #startedAt: number;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#refusals = new Refusals(parts);
    this.#startedAt = parts.clock.monotonic();
  }

  callback(query: UdeskQuery, body: string): 'taken' | 'refused' {
    const verdict = verifyCallback(this.#received(query, body));
    // Said again by Udesk, which did not hear our answer, or by somebody else: it changes nothing either way.
    if (!verdict.ok && verdict.reason === 'replayed') return 'taken';
    if (!verdict.ok) return this.#refuse('callback', verdict.reason);
    const event = callbackEventOf(body);
    this.#parts.unknownWords.look(event);
    if (event.kind === 'agent-state') this.#parts.relay.hear(event, event.state, event.subState);
    this.#parts.log.debug({ event: event.kind }, 'told by Udesk');
    return 'taken';
  }

  async numbers(query: UdeskQuery, body: string): Promise<NumbersAnswer | 'refused'> {
    const reading = readNumbersRequest(this.#asked(query, body));
    if (reading.kind === 'refused') return this.#refuse('numbers', reading.why);
    if (reading.kind === 'repeated') return NOBODY_NOW;
    if (reading.kind === 'faulty') return faultyAnswer(reading.why);
    const { lostCallers, numberOf, lostWithinMs, clock, log } = this.#parts;
    const { taskId: task, count } = reading.request;
    const now = clock.now();
    const handedOut = await lostCallers.handOutLost({
      task,
      count,
      since: now - lostWithinMs,
      now,
      numberOf,
    });
    for (const { callId } of handedOut.callers) log.info({ callId, task }, 'lost caller handed to Udesk');
    return numbersAnswer(handedOut);
  }

  async stop(query: UdeskQuery, body: string): Promise<ListAnswer | 'refused'> {
    const reading = readStopRequest(this.#asked(query, body));
    if (reading.kind === 'refused') return this.#refuse('stop', reading.why);
    if (reading.kind === 'faulty') return faultyAnswer(reading.why);
    if (reading.kind === 'asked')
      this.#parts.log.info({ task: reading.request.taskId }, 'Udesk has ended a dialling task');
    return STOP_NOTED;
  }

  #received(query: UdeskQuery, body: string) {
    const { appId, secret, clock } = this.#parts;
    return { query, body, now: clock.now(), appId, secret, seen: this.#seen };
  }

  /** The start is counted back from now: who mends the clock does not shut Udesk out. */
  #asked(query: UdeskQuery, body: string) {
    const received = this.#received(query, body);
    const runningMs = this.#parts.clock.monotonic() - this.#startedAt;
    return { ...received, memoryBegan: received.now - runningMs };
  }

  #refuse(what: string, why: string): 'refused' {
    this.#refusals.say(what, why);
    return 'refused';
  }
}
