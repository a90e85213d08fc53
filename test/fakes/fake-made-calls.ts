import type { Diary } from '../../src/domain/call/input.ts';
import type { CallId } from '../../src/domain/identity.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { CallToMake, Originated, PbxEvent } from '../../src/ports/pbx.ts';
import type { FakePhones } from './fake-phones.ts';

/** Calls that agents make, in the fake PBX. */
export class FakeMadeCalls {
  /** What it says to making a call. */
  originates: Originated = { ok: true };
  /** It makes them, and its word for it is lost. */
  isMadeSilently = false;
  readonly #clock: Clock;
  readonly #diaries: Map<string, Diary>;
  readonly #phones: FakePhones;
  readonly #tell: (event: PbxEvent) => void;
  readonly #calls = new Map<string, CallToMake>();
  /** Those whose agent is still with them. */
  readonly #attended = new Set<string>();

  constructor(parts: {
    readonly clock: Clock;
    readonly diaries: Map<string, Diary>;
    readonly phones: FakePhones;
    readonly tell: (event: PbxEvent) => void;
  }) {
    this.#clock = parts.clock;
    this.#diaries = parts.diaries;
    this.#phones = parts.phones;
    this.#tell = parts.tell;
  }

  make(call: CallToMake): Originated {
    if (!this.originates.ok) return this.originates;
    this.#calls.set(call.callId, call);
    this.#attended.add(call.callId);
    this.#phones.shows(call.agent, 'RINGING');
    return this.isMadeSilently
      ? { ok: false, problem: 'unknown-outcome', cause: 'no answer' }
      : this.originates;
  }

  has(callId: string): boolean {
    return this.#calls.has(callId);
  }

  /** Whose channels are there. */
  get all(): readonly CallToMake[] {
    return [...this.#calls.values()];
  }

  /** The machine loses its power. */
  clear(): void {
    for (const callId of this.#calls.keys()) this.#isLeft(callId);
    this.#calls.clear();
  }

  /** The agent has taken it, and so does the customer; it is recorded. */
  isAnswered(callId: CallId): void {
    const { agent: answeredBy } = this.#call(callId);
    const recording = `${callId}-${answeredBy}-1.wav`;
    this.#phones.shows(answeredBy, 'INUSE');
    this.#diaries.set(callId, { answeredBy, answeredAt: this.#clock.now(), endedAt: undefined, recording });
  }

  /** The agent sends the customer to somebody else, and hangs up. */
  isPassedOn(callId: CallId): void {
    this.#call(callId);
    this.#isLeft(callId);
  }

  /** The end of it, whoever ended it. */
  ends(callId: CallId): void {
    this.#call(callId);
    this.#isLeft(callId);
    this.#calls.delete(callId);
    const diary = this.#diaries.get(callId);
    if (diary !== undefined) this.#diaries.set(callId, { ...diary, endedAt: this.#clock.now() });
    this.tellsOver(callId);
  }

  /** The dialplan's word for it, or that of somebody who forges it. */
  tellsOver(callId: CallId): void {
    this.#tell({ kind: 'made-call-over', callId });
  }

  #isLeft(callId: string): void {
    const agent = this.#calls.get(callId)?.agent;
    if (agent !== undefined && this.#attended.delete(callId)) this.#phones.shows(agent, 'NOT_INUSE');
  }

  #call(callId: CallId): CallToMake {
    const call = this.#calls.get(callId);
    if (call === undefined) throw new Error(`${callId} is not being made.`);
    return call;
  }
}
