import type { MakeCallAnswer } from '../../src/ports/made-calls.ts';
import type { Kept, Step } from '../../src/ports/store.ts';
import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import { type Channel, ChannelState } from '../../src/simulators/pbx/channel.ts';
import type { PbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import { isFree } from './checkers.ts';
import type { Life } from './life.ts';
import type { MadeTruth, RealMadeCall } from './made-truth.ts';
import type { VirtualTime } from './virtual-time.ts';
import type { Wish, WishWitness } from './wishers.ts';

interface Parts {
  readonly time: VirtualTime;
  readonly pbx: PbxSimulator;
  readonly truth: MadeTruth;
  readonly breach: (text: string) => void;
  /** Until when nothing arrives at the PBX, or from it. */
  readonly stalledUntilMs: () => number;
  /** The process that there is. */
  readonly life: () => Life | undefined;
  /** Nothing goes wrong in this world. */
  readonly isCalm: boolean;
}

// The daemon reads what a phone shows, and then has it rung: by an AMI that is well this takes milliseconds, and for 400 of
// them a phone that is sent a call shows nothing yet. Where AMI is stalled an answer may be 5 s old, its deadline, and what
// is done about it is under way for as long.
const READ_BEFORE_MS = 1_000;
const READ_BEFORE_IF_STALLED_MS = 10_000;
// For so long after a wish its agent is neither rung for another nor offered a caller, whatever their phone shows.
const RESERVED_MS = 10_000;
// A wish takes its way through the inbox.
const ALMOST_MS = 100;
// Of the two things that the PBX may be asked each has 5 s; the rest is for a loop that is behind.
const ANSWERED_WITHIN_MS = 20_000;
// A step is kept at once here; a process that dies of it did not keep it.
const KEPT_WITHIN_MS = 1_000;
// Before that the daemon may be starting, and whoever wishes so often may be refused.
const CALM_AFTER_MS = 90_000;
// A caller who was on the way to the agent rings them by then.
const OFFERED_WITHIN_MS = 5_000;

/** What is promised of calls that agents make from the help desk, held against what is seen. */
export class MadeCallCheckers implements WishWitness {
  readonly #parts: Parts;
  readonly #wishes = new Map<string, Wish>();
  readonly #answers = new Map<string, MakeCallAnswer>();
  /** Ids that the help desk was given. */
  readonly #given = new Set<string>();
  /** Ids of which the daemon knows that it was not. */
  readonly #withheld = new Set<string>();
  readonly #told = new Map<string, string[]>();
  readonly #heard = new Map<string, Set<string>>();
  readonly #lastWishAt = new Map<string, number>();
  readonly #lastOfferAt = new Map<string, number>();
  rung = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.truth.onRung = (call) => this.#isRung(call);
    parts.truth.onOffered = (extension) => this.#isOffered(extension);
  }

  get wishes(): number {
    return this.#wishes.size;
  }

  get links(): number {
    return this.#told.size;
  }

  wished(wish: Wish): void {
    const { time, breach } = this.#parts;
    this.#wishes.set(wish.callId, wish);
    if (this.#mustBeMade(wish)) this.#expectMade(wish);
    this.#lastWishAt.set(wish.agent, wish.at);
    time.after(ANSWERED_WITHIN_MS, () => {
      if (wish.life.isAlive && !this.#answers.has(wish.callId))
        breach(`nobody answers the wish for ${wish.callId}`);
    });
  }

  answered(wish: Wish, answer: MakeCallAnswer, isHeard: boolean): void {
    const { breach, truth } = this.#parts;
    const { callId } = wish;
    if (this.#answers.has(callId)) breach(`the wish for ${callId} is answered twice`);
    this.#answers.set(callId, answer);
    if (answer.kind === 'made') {
      this.#isOfSameWish(wish, answer.callId);
      if (isHeard) this.#given.add(answer.callId);
    } else if (!mayRing(answer) && truth.find(callId) !== undefined)
      breach(`${callId} is answered with ${answer.kind}, and rings`);
    const same = this.#sameWishBefore(wish);
    if (answer.kind === 'in-a-call' && same !== undefined)
      breach(`${callId} is wished for as ${same} was, and answered with ${answer.kind}`);
    if (answer.kind === 'unknown' || !isHeard) this.#withhold(wish);
  }

  /** Each step as it was kept. */
  committed({ entries }: Step): void {
    const { breach, truth } = this.#parts;
    for (const { report } of entries) {
      if (report.kind !== 'made-call-link') continue;
      const { callId, link } = report;
      const told = [...(this.#told.get(callId) ?? []), link];
      this.#told.set(callId, told);
      const call = truth.find(callId);
      if (told.length > 1) breach(`the link of ${callId} is told ${told.length} times`);
      if (call?.recording === undefined) breach(`${callId} has a link, and no customer answered`);
      else if (!link.endsWith(`/${call.recording}`)) breach(`${callId} has the link ${link}`);
      if (call?.isOver === false) breach(`the link of ${callId} is told, and they are still talking`);
    }
  }

  /** What Movidesk hears, and takes. */
  readonly hear = ({ operation, callId, query, status }: LedgerEntry): void => {
    if (operation !== 'setMadeCallLink' || status !== 200) return;
    this.#heard.set(callId, (this.#heard.get(callId) ?? new Set()).add(query['Link'] ?? ''));
  };

  /** After the faults have ended and everything has come to its end. */
  conclude({ openMadeCalls }: Kept): void {
    const { pbx, truth, breach } = this.#parts;
    for (const { callId } of openMadeCalls) breach(`${callId} still counts as open`);
    for (const call of truth.all) if (call.recording !== undefined) this.#mustBeLinked(call);
    for (const callId of this.#wishes.keys()) {
      const diary = pbx.diary(callId);
      if (diary !== '') breach(`the diary of ${callId} is left: ${diary}`);
    }
  }

  #mustBeLinked({ callId, recording }: RealMadeCall): void {
    const { breach } = this.#parts;
    const told = this.#told.get(callId) ?? [];
    const heard = [...(this.#heard.get(callId) ?? [])];
    if (this.#given.has(callId) && told.length === 0) breach(`${callId} was answered, and has no link`);
    if (!this.#given.has(callId) && this.#withheld.has(callId) && told.length > 0)
      breach(`${callId} has a link, and the help desk was never given its id`);
    if (told.length > 0 && (heard.length !== 1 || !heard[0]?.endsWith(`/${recording}`)))
      breach(`Movidesk heard of ${callId} the links ${heard.join(', ')}`);
  }

  /** No id was given to whoever wished for it, and the daemon knows. */
  #withhold({ callId, life }: Wish): void {
    this.#parts.time.after(KEPT_WITHIN_MS, () => {
      if (life.isAlive) this.#withheld.add(callId);
    });
  }

  /** The id is its own, or that of the same wish of a moment before. */
  #isOfSameWish(wish: Wish, callId: string): void {
    const other = this.#wishes.get(callId);
    const isSame = other?.agent === wish.agent && other.number === wish.number && other.life === wish.life;
    if (!isSame || wish.at - other.at > RESERVED_MS)
      this.#parts.breach(`the wish for ${wish.callId} is answered with ${callId}`);
  }

  /** What was wished for by the same agent a moment ago, and rings them or goes on: they are not rung for it once more. */
  #sameWishBefore({ agent, number, at, life }: Wish): string | undefined {
    const open = this.#parts.truth.openOf(agent).flatMap(({ callId }) => this.#wishes.get(callId) ?? []);
    return open.find(
      (one) =>
        one.number === number &&
        one.life === life &&
        at - one.at < RESERVED_MS - ALMOST_MS &&
        this.#given.has(one.callId),
    )?.callId;
  }

  /** An agent's phone is about to ring for a call of their own. */
  #isRung(call: RealMadeCall): void {
    const { breach, pbx, truth } = this.#parts;
    this.rung += 1;
    const { callId, agent } = call;
    const wish = this.#wishes.get(callId);
    const answer = this.#answers.get(callId);
    if (wish?.agent !== agent) breach(`${agent} is rung for ${callId}, which nobody wished for`);
    if (truth.find(callId) !== undefined) breach(`${agent} is rung for ${callId} a second time`);
    if (answer !== undefined && !mayRing(answer))
      breach(`${callId} was answered with ${answer.kind}, and rings`);
    const legs = [...pbx.phone(agent).legs].filter(({ uniqueid }) => uniqueid !== call.leg);
    for (const earlier of truth.openOf(agent)) {
      const isInUse = legs.some(({ uniqueid }) => uniqueid === earlier.leg);
      if (isInUse && !this.#mayHaveSeenFree(earlier, wish))
        breach(`${agent} is rung for ${callId}, and their phone is in use for ${earlier.callId}`);
    }
    if (legs.some(isRingingForCaller)) breach(`${agent} is rung for ${callId}, and for a caller`);
  }

  /** An agent's phone is about to ring for a caller. */
  #isOffered(agent: string): void {
    const { breach, truth, time, pbx, life } = this.#parts;
    this.#lastOfferAt.set(agent, time.passedMs);
    const { legs } = pbx.phone(agent);
    for (const call of truth.openOf(agent)) {
      const isInUse = [...legs].some(({ uniqueid }) => uniqueid === call.leg);
      if (isInUse && !this.#mayHaveSeenFree(call, { life: life(), at: time.passedMs }))
        breach(`${agent} is rung for a caller, and their phone is in use for ${call.callId}`);
    }
  }

  /** When the PBX was asked, the phone that is in use for this call by now may have shown that it was free. */
  #mayHaveSeenFree(
    { callId, rungAt }: RealMadeCall,
    asked: { readonly life: Life | undefined; readonly at: number } | undefined,
  ): boolean {
    const { time, stalledUntilMs } = this.#parts;
    const earlier = this.#wishes.get(callId);
    // Of what the very same process was asked for a moment ago it need not be told by the PBX.
    if (earlier !== undefined && earlier.life === asked?.life && asked.at - earlier.at < RESERVED_MS)
      return false;
    const isStalled = stalledUntilMs() > time.passedMs - READ_BEFORE_MS;
    return time.passedMs - rungAt < (isStalled ? READ_BEFORE_IF_STALLED_MS : READ_BEFORE_MS);
  }

  /** Nothing goes wrong, and nothing speaks against it. */
  #mustBeMade({ agent, at }: Wish): boolean {
    const { isCalm, pbx, truth } = this.#parts;
    const isFirstInAMinute = at - (this.#lastWishAt.get(agent) ?? 0) > CALM_AFTER_MS;
    return isCalm && isFirstInAMinute && isFree(pbx.phone(agent), pbx) && truth.openOf(agent).length === 0;
  }

  #expectMade({ callId, agent, at }: Wish): void {
    const { time, breach } = this.#parts;
    time.after(OFFERED_WITHIN_MS, () => {
      const answer = this.#answers.get(callId)?.kind ?? 'nothing';
      const isOffered = (this.#lastOfferAt.get(agent) ?? -Infinity) >= at;
      if (answer !== 'made' && !isOffered)
        breach(`${agent} was free, and the wish for ${callId} was answered with ${answer}`);
    });
  }
}

const mayRing = ({ kind }: MakeCallAnswer): boolean => kind === 'made' || kind === 'unknown';

const isRingingForCaller = ({ isOffer, state }: Channel): boolean => isOffer && state !== ChannelState.up;
