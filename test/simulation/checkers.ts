import { highestAllowed } from '../../src/domain/budget/allowance.ts';
import { isEnding } from '../../src/domain/outbox/entry.ts';
import type { Kept, Step } from '../../src/ports/store.ts';
import type { BridgeSettings } from '../../src/runtime/settings.ts';
import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { Phone } from '../../src/simulators/pbx/phone.ts';
import type { SimulatedMovidesk } from './simulated-movidesk.ts';
import type { Truth, Visit } from './truth.ts';
import { SIMULATION_BEGINS } from './virtual-time.ts';

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

// The dialplan lets nobody in after this (the dialplan contract).
const STALE_SECONDS = 15;
// The slowest of the budgets drawn asks about each of two heads every 26 s; an agent who declined is passed over for 30 s.
const IGNORED_MS = 100_000;
// The smallest of the budgets drawn is spent by the endings of half a minute's calls; the heart rests meanwhile, and until
// it has become stale.
const LIMIT_MS = 60_000;
const RESTS_FOR_MS = 20_000;
const ALL_BUSY = '"4"';
// What happens at one instant in the PBX reaches Movidesk's dates by way of two clocks of whole seconds.
const DATES_DIFFER_MS = 3_000;

interface Undisturbed {
  readonly callId: string;
  readonly visit: Visit;
}

/** What is promised, held against what is seen. The first breach says most; all are kept. */
export class Checkers {
  readonly breaches: string[] = [];
  readonly #parts: Parts;
  readonly #begun = new Map<string, number>();
  /** The latest call of each channel, and when it was begun. */
  readonly #latest = new Map<string, { readonly callId: string; readonly at: number }>();
  readonly #told = new Map<string, string[]>();
  readonly #undisturbed: Undisturbed[] = [];
  /** Since when every phone has been free, for ought that the looks have shown. */
  #allFreeSince = 0;
  /** When the limit was last seen spent. */
  #spentAt = -Infinity;
  #violations = 0;
  #doubleOffers = 0;
  endings = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  breach(text: string): void {
    this.breaches.push(`${(this.#parts.nowMs() / 1_000).toFixed(3)} s: ${text}`);
  }

  /** Each step as it was kept: ids are new, reports in order, one ending, and none of a talk that goes on. */
  committed({ timeline, entries }: Step): void {
    for (const { callId, from, facts } of timeline) {
      if (from !== 'new') continue;
      const times = (this.#begun.get(callId) ?? 0) + 1;
      this.#begun.set(callId, times);
      this.#latest.set(String(facts['uniqueid']), { callId, at: this.#parts.nowMs() });
      if (times > 1) this.breach(`call id ${callId} was given twice`);
    }
    for (const { report } of entries) {
      // Of a call that an agent made: see `MadeCallCheckers`.
      if (report.kind === 'made-call-link') continue;
      this.#reported(report.callId, report.kind, isEnding(report));
      const visit = this.#parts.truth.answered(report.callId);
      if (report.kind === 'completed' && visit !== undefined && visit.end === undefined)
        this.breach(`${report.callId} is told as completed, and they are still talking`);
    }
  }

  /** A visit in which nothing was wrong is over: what was told of it must be true to the letter. */
  endedUndisturbed(visit: Visit): void {
    const latest = this.#latest.get(visit.uniqueid);
    if (latest !== undefined && latest.at >= visit.enteredAt)
      this.#undisturbed.push({ callId: latest.callId, visit });
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
    if (this.#isSpent()) this.#spentAt = this.#parts.nowMs();
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

  /** Nothing has been wrong for long, and requests are to be had: callers are let in. */
  lookAtTheHeart(): void {
    const { pbx, nowMs } = this.#parts;
    if (nowMs() - this.#spentAt < RESTS_FOR_MS) return;
    const nowSeconds = Math.floor((SIMULATION_BEGINS + nowMs()) / 1_000);
    const ageSeconds = nowSeconds - Number(pbx.variable('MOVIDESK_BRIDGE_ALIVE'));
    if (ageSeconds > STALE_SECONDS) this.breach(`the heart last beat ${ageSeconds} s ago`);
  }

  /**
   * Nothing has been wrong for a while: nobody waits while every agent is free. Except behind somebody who was sent away,
   * whose ending is not known before they hang up: this Movidesk keeps their place so long, and names nobody to others.
   */
  lookForTheIgnored(): void {
    const { truth, pbx, nowMs } = this.#parts;
    if (pbx.phones.some((phone) => !isFree(phone, pbx))) this.#allFreeSince = nowMs();
    const placeOf = (of: string) => pbx.callers.find(({ uniqueid }) => uniqueid === of)?.place;
    const open = [...truth.open].sort((one, other) => one.enteredAt - other.enteredAt);
    const waiting = open.filter(
      (visit) => visit.answer === undefined && placeOf(visit.uniqueid) === 'waiting',
    );
    const sentAway = open.filter(({ uniqueid }) => ['leaving', 'fallback'].includes(placeOf(uniqueid) ?? ''));
    for (const { uniqueid, queue, enteredAt } of waiting) {
      const ignoredMs = nowMs() - Math.max(enteredAt, this.#allFreeSince);
      if (ignoredMs <= IGNORED_MS) continue;
      const isBehind = sentAway.some((other) => other.queue === queue && other.enteredAt < enteredAt);
      const head = waiting.find((visit) => visit.queue === queue);
      if (isBehind && head !== undefined && this.#isRefused(head)) continue;
      this.breach(`${uniqueid} has waited for ${Math.round(ignoredMs / 1_000)} s while every agent was free`);
    }
  }

  /** Somebody came in while all was well: we know of them. */
  isKnown({ uniqueid, enteredAt }: Visit): void {
    if ((this.#latest.get(uniqueid)?.at ?? -Infinity) < enteredAt)
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
    for (const one of this.#undisturbed) this.#compareToTheLetter(one);
    this.#lookForDiaries();
  }

  #isSpent(): boolean {
    const { movidesk, settings, nowMs } = this.#parts;
    const { entries } = movidesk.reception.ledger;
    const nth = entries.at(-highestAllowed(settings.requestsPerMinute));
    return nth !== undefined && SIMULATION_BEGINS + nowMs() - nth.at < LIMIT_MS;
  }

  /** The first in line was asked about lately, and all agents are busy, it was said. */
  #isRefused({ uniqueid }: Visit): boolean {
    const { movidesk, nowMs } = this.#parts;
    const callId = this.#latest.get(uniqueid)?.callId;
    const last = movidesk.reception.ledger.entries.findLast((entry) => entry.callId === callId);
    return last?.body === ALL_BUSY && SIMULATION_BEGINS + nowMs() - last.at < IGNORED_MS / 2;
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

  #compareToTheLetter({ callId, visit }: Undisturbed): void {
    const { movidesk, settings } = this.#parts;
    const told = movidesk.account.book.find(callId);
    if (told === undefined || visit.end === undefined) return;
    const queue = settings.queues.find(({ name }) => name === visit.queue);
    if (told.queueId !== queue?.rules.helpDeskQueueId)
      this.breach(`${callId} waited in ${visit.queue}, and was told of as of queue ${told.queueId}`);
    const number = /^[0-9+]+$/.test(visit.number) ? visit.number : settings.anonymousNumber;
    if (told.clientNumber !== number)
      this.breach(`${callId} called as ${number}, told as ${told.clientNumber}`);
    if (!endingsOf(visit).includes(told.ending ?? ''))
      this.breach(`${callId} ended in ${visit.end.context}, and was told as ${told.ending}`);
    const isLinked = told.link?.endsWith(`/${visit.answer?.recording}`) ?? false;
    if (told.ending === 'completed' && !isLinked) this.breach(`${callId} has the link ${told.link}`);
    const differMs = Math.abs((told.endDate ?? 0) - SIMULATION_BEGINS - visit.end.at);
    if (differMs > DATES_DIFFER_MS) this.breach(`${callId} is dated ${Math.round(differMs / 1_000)} s off`);
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

/** How a visit may be told, by where it ended. Whoever hangs up while being sent away may be either. */
function endingsOf({ answer, end }: Visit): readonly string[] {
  if (answer !== undefined) return ['completed'];
  if (end?.context === 'movidesk-lost' || end?.context === 'movidesk-fallback') return ['lost'];
  return end?.context === 'entered anew' ? ['canceled', 'lost'] : ['canceled'];
}

export function isFree(phone: Phone, pbx: PbxSimulator): boolean {
  return (
    phone.isReachable &&
    phone.legs.size === 0 &&
    pbx.variable(`DEVICE_STATE(Custom:DND${phone.name})`) !== 'INUSE'
  );
}
