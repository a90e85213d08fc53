import { isEnding } from '../../src/domain/outbox/entry.ts';
import type { Kept, Step } from '../../src/ports/store.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { SimulatedMovidesk } from './simulated-movidesk.ts';
import type { Truth, Visit } from './truth.ts';

interface Parts {
  readonly pbx: PbxSimulator;
  readonly movidesk: SimulatedMovidesk;
  readonly truth: Truth;
  readonly nowMs: () => number;
  readonly settings: BridgeSettings;
}

// A caller who hears no music any more after the longest wait: the dialplan's turn of music, a patrol and a link that has
// to be found again may all come before somebody moves them.
const STARVED_AFTER_MS = 180_000;
// While the process is dead, a memberless queue keeps its callers this long (the dialplan contract).
const QUEUE_MAX_WAIT_MS = 660_000;

/** What is promised, held against what is seen. The first breach says most; all are kept. */
export class Checkers {
  readonly breaches: string[] = [];
  readonly #parts: Parts;
  readonly #begun = new Map<string, number>();
  readonly #beganAt = new Map<string, number>();
  readonly #told = new Map<string, string[]>();
  #violations = 0;
  #doubleOffers = 0;
  endings = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  breach(text: string): void {
    this.breaches.push(`${(this.#parts.nowMs() / 1_000).toFixed(3)} s: ${text}`);
  }

  /** Each step as it was kept: ids are new, reports in order, one ending. */
  committed({ timeline, entries }: Step): void {
    for (const { callId, from, facts } of timeline) {
      if (from !== 'new') continue;
      const times = (this.#begun.get(callId) ?? 0) + 1;
      this.#begun.set(callId, times);
      this.#beganAt.set(String(facts['uniqueid']), this.#parts.nowMs());
      if (times > 1) this.breach(`call id ${callId} was given twice`);
    }
    for (const { report } of entries) this.#reported(report.callId, report.kind, isEnding(report));
  }

  /** Looked at all the time. */
  look(): void {
    const { reception } = this.#parts.movidesk;
    for (const violation of reception.violations.slice(this.#violations))
      this.breach(`Movidesk: ${violation}`);
    this.#violations = reception.violations.length;
    const { doubleOffers } = this.#parts.pbx.stats;
    if (doubleOffers > this.#doubleOffers) this.breach('two callers were offered to one extension');
    this.#doubleOffers = doubleOffers;
  }

  /** Nobody waits for ever. */
  lookForTheStarved(): void {
    const { truth, pbx, nowMs } = this.#parts;
    for (const { uniqueid, queue, enteredAt, answer } of truth.open) {
      const waitedMs = nowMs() - enteredAt;
      if (answer !== undefined || waitedMs <= this.#longestWaitMs(queue) + STARVED_AFTER_MS) continue;
      const place = pbx.callers.find((caller) => caller.uniqueid === uniqueid)?.place;
      if (place === 'waiting' || place === 'ringing')
        this.breach(`${uniqueid} has been ${place} for ${Math.round(waitedMs / 1_000)} s`);
    }
  }

  /** Somebody came in while all was well: we know of them. */
  isKnown({ uniqueid, enteredAt }: Visit): void {
    if ((this.#beganAt.get(uniqueid) ?? -Infinity) < enteredAt)
      this.breach(`${uniqueid} entered at ${(enteredAt / 1_000).toFixed(3)} s, and nobody noticed`);
  }

  /** After the faults have ended and everybody has gone: what was told is what was. */
  conclude(kept: Kept): void {
    this.look();
    for (const { callId, phase } of kept.openCalls) this.breach(`${callId} is still ${phase}`);
    for (const { report, attempts, parkedBecause } of kept.entries) {
      const why =
        parkedBecause === undefined ? `undelivered after ${attempts} attempts` : `parked: ${parkedBecause}`;
      this.breach(`${report.callId}: ${report.kind} is ${why}`);
    }
    this.#compareWithTruth();
    this.#lookForDiaries();
  }

  #longestWaitMs(name: string): number {
    const queue = this.#parts.settings.queues.find((one) => one.name === name);
    return (queue?.rules.maxWaitMs ?? 0) + (queue?.asteriskQueue === undefined ? 0 : QUEUE_MAX_WAIT_MS);
  }

  #reported(callId: string, kind: string, isAnEnding: boolean): void {
    const told = this.#told.get(callId) ?? [];
    this.#told.set(callId, [...told, kind]);
    if (isAnEnding) this.endings += 1;
    const story = [...told, kind].join(', ');
    if (!/^(received(, |$))?(transfered(, |$)(completed)?|lost|canceled)?$/.test(story))
      this.breach(`${callId} is told as: ${story}`);
  }

  #compareWithTruth(): void {
    const { truth, movidesk } = this.#parts;
    const calls = new Map(movidesk.account.book.all().map((call) => [call.callId, call]));
    for (const { callId, phase, ending, extension } of calls.values()) {
      const answer = truth.answered(callId)?.answer;
      if (phase !== 'ended') this.breach(`Movidesk holds ${callId} for ${phase}`);
      else if (ending === 'completed' && answer === undefined)
        this.breach(`${callId} was reported completed, and nobody answered`);
      else if (ending === 'completed' && answer?.extension !== extension)
        this.breach(`${callId} was answered by ${answer?.extension}, and reported as ${extension}`);
    }
    for (const [callId, { answer }] of truth.allAnswered) {
      const told = calls.get(callId)?.ending ?? 'nothing';
      if (told !== 'completed')
        this.breach(`${callId} was answered by ${answer?.extension}, and reported as ${told}`);
    }
    for (const callId of this.#begun.keys())
      if (!calls.has(callId) && this.#mustBeTold(callId)) this.breach(`Movidesk never heard of ${callId}`);
  }

  /** Who left before anything was asked about them is told of only where the operator wants it. */
  #mustBeTold(callId: string): boolean {
    return this.#told.has(callId) || this.#parts.settings.queues.every(({ rules }) => rules.reportUnheard);
  }

  #lookForDiaries(): void {
    for (const callId of this.#begun.keys()) {
      const diary = this.#parts.pbx.diary(callId);
      if (diary !== '') this.breach(`the diary of ${callId} is left: ${diary}`);
    }
  }
}
