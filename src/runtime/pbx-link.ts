import type { CallInput } from '../domain/call/input.ts';
import type { CallId, Instant, Uniqueid } from '../domain/identity.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { Meter } from '../ports/meter.ts';
import type { EnteredCaller, Pbx, Snapshot } from '../ports/pbx.ts';
import type { Draft } from './draft.ts';
import type { Input } from './input.ts';
import { type Findings, type Look, reconcile } from './reconcile.ts';
import type { World } from './world.ts';

/** Whether the PBX can be believed: after each login, and on the rounds, its snapshot is held against our calls. */
export class PbxLink {
  readonly #pbx: Pbx;
  readonly #world: World;
  readonly #clock: Clock;
  readonly #meter: Meter;
  readonly #log: Log;
  readonly #push: (input: Input) => void;
  readonly #isConfirming: (callId: CallId) => boolean;
  #link = 0;
  /** When the last link was lost. */
  #lostAt: Instant | undefined;
  #isReconciled = false;
  #isConnected = false;
  #since: Instant | undefined;
  #whyUnlinked: string | undefined;

  constructor(parts: {
    pbx: Pbx;
    world: World;
    clock: Clock;
    meter: Meter;
    log: Log;
    push: (input: Input) => void;
    /** A hangup was told, and is being asked about: what comes of it knows more than the snapshot. */
    isConfirming: (callId: CallId) => boolean;
  }) {
    this.#pbx = parts.pbx;
    this.#clock = parts.clock;
    this.#isConfirming = parts.isConfirming;
    this.#world = parts.world;
    this.#meter = parts.meter;
    this.#log = parts.log;
    this.#push = parts.push;
  }

  /** Logged in; until it is reconciled as well nobody is moved. */
  get isConnected(): boolean {
    return this.#isConnected;
  }

  /** When it last became so, or when it was lost. Nothing before the first word of it. */
  get since(): Instant | undefined {
    return this.#since;
  }

  /** Why it is not connected, as it was told last. Nothing before the first word of it. */
  get whyUnlinked(): string | undefined {
    return this.#whyUnlinked;
  }

  get isReconciled(): boolean {
    return this.#isReconciled;
  }

  linked(draft: Draft, snapshot: Snapshot): void {
    this.#link += 1;
    this.#isConnected = true;
    this.#since = this.#clock.now();
    // What their devices did while nobody listened is not told again.
    this.#world.forgetDevices();
    this.#log.info({ pbxStartedAt: isoOf(snapshot.pbxStartedAt) }, 'PBX connected');
    this.#look(draft, snapshot);
    this.#lostAt = undefined;
  }

  unlinked(why: string): void {
    this.#link += 1;
    this.#isReconciled = false;
    if (this.#isConnected || this.#since === undefined) this.#since = this.#clock.now();
    this.#isConnected = false;
    this.#lostAt ??= this.#clock.now();
    this.#whyUnlinked = why;
    this.#log.warn({ why }, 'PBX not connected: nobody can be moved');
  }

  /** An event may be lost, refused or filtered away: no call stays open, and no caller unnoticed, for that. */
  goRound(draft: Draft): void {
    if (this.#isReconciled) this.#look(draft, undefined);
  }

  /** Gathers what the snapshot means; it comes back as `reconciled`. Nothing where the PBX does not answer. */
  async look({ calls, link, snapshot, lostAt }: Look): Promise<void> {
    const seen = snapshot ?? (await this.#pbx.survey());
    if (seen === undefined) return;
    const findings = await reconcile(calls, { snapshot: seen, lostAt }, this.#pbx);
    this.#push({ kind: 'reconciled', calls, link, findings });
  }

  /** Whom to let in: callers on hold without a call. Nothing where the link was lost again meanwhile. */
  reconciled(
    draft: Draft,
    { calls, link, findings }: Extract<Input, { kind: 'reconciled' }>,
  ): readonly EnteredCaller[] | undefined {
    if (link !== this.#link) return undefined;
    const changed = calls.filter((call) => this.#world.calls.get(call.callId) !== call);
    this.#apply(draft, findings, new Set(changed.map((call) => call.callId)));
    const facts = { calls: findings.inputs.length, onHold: findings.onHold.length };
    if (this.#isReconciled) this.#log.debug(facts, 'made the rounds');
    else this.#log.info(facts, 'PBX reconciled');
    this.#isReconciled = true;
    return this.#withoutCall(findings.onHold, new Set(changed.map((call) => call.uniqueid)));
  }

  #look(draft: Draft, snapshot: Snapshot | undefined): void {
    const calls = this.#world.calls.all();
    const look = { calls, link: this.#link, snapshot, lostAt: this.#lostAt };
    draft.deeds.push({ kind: 'look', look });
  }

  /** A call that has changed since the snapshot is newer than it, and is looked for again; gone remains gone. */
  #apply(draft: Draft, { inputs }: Findings, changed: ReadonlySet<CallId>): void {
    for (const { callId, input } of inputs) {
      const call = this.#world.calls.get(callId);
      if (input.kind === 'missed-hangup' && this.#isConfirming(callId)) continue;
      if (input.kind === 'missed-hangup' || !changed.has(callId)) this.#correct(draft, callId, input);
      else if (call !== undefined) draft.deeds.push({ kind: 'for-call', call, effect: { kind: 'locate' } });
    }
  }

  #correct(draft: Draft, callId: CallId, input: CallInput): void {
    const before = this.#world.calls.get(callId)?.phase;
    this.#world.apply(draft, callId, input);
    const after = this.#world.calls.get(callId)?.phase;
    if (before !== undefined && before !== after) this.#meter.found(after === undefined ? 'ended' : 'moved');
  }

  /** Those who are being sent away do not wait anew, and those whose call has changed since are looked for. */
  #withoutCall(onHold: readonly EnteredCaller[], changed: ReadonlySet<Uniqueid>): readonly EnteredCaller[] {
    return onHold.filter(
      ({ uniqueid }) => !changed.has(uniqueid) && this.#world.calls.of(uniqueid)?.phase !== 'leaving',
    );
  }
}

/** An instant that the PBX told; a date that is none would throw. */
function isoOf(instant: Instant): string {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? 'unknown' : date.toISOString();
}
