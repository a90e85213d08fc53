import type { OpenCall } from '../domain/call/call.ts';
import type { CallId, Uniqueid } from '../domain/identity.ts';
import type { Log } from '../ports/log.ts';
import type { EnteredCaller, Pbx, Snapshot } from '../ports/pbx.ts';
import type { Draft } from './draft.ts';
import type { Input } from './input.ts';
import type { Findings } from './reconcile.ts';
import { reconcile } from './reconcile.ts';
import type { World } from './world.ts';

/** Whether the PBX can be believed: after each login its snapshot is reconciled with our calls first. */
export class PbxLink {
  readonly #pbx: Pbx;
  readonly #world: World;
  readonly #log: Log;
  readonly #push: (input: Input) => void;
  /** Counts the logins, so that findings about an earlier one are not believed. */
  #link = 0;
  #latest: Snapshot | undefined;
  /** The open calls as they were when the snapshot came: what is not in it and came later is not gone. */
  #callsThen: readonly OpenCall[] = [];
  #isReconciled = false;

  constructor(parts: { pbx: Pbx; world: World; log: Log; push: (input: Input) => void }) {
    this.#pbx = parts.pbx;
    this.#world = parts.world;
    this.#log = parts.log;
    this.#push = parts.push;
  }

  get isReconciled(): boolean {
    return this.#isReconciled;
  }

  linked(draft: Draft, snapshot: Snapshot): void {
    this.#link += 1;
    this.#latest = snapshot;
    this.#callsThen = this.#world.calls.all();
    // What their devices did while nobody listened is not told again.
    this.#world.forgetDevices();
    draft.deeds.push({ kind: 'reconcile' });
  }

  unlinked(why: string): void {
    this.#link += 1;
    this.#isReconciled = false;
    this.#log.warn({ why }, 'PBX not connected: nobody can be moved');
  }

  /** Gathers what the snapshot means; it comes back as `reconciled`. */
  async reconcile(): Promise<void> {
    const link = this.#link;
    if (this.#latest === undefined) return;
    const findings = await reconcile(this.#callsThen, this.#latest, this.#pbx);
    this.#push({ kind: 'reconciled', link, findings });
  }

  /** Whom to let in: callers on hold without a call. Nothing where the link was lost again meanwhile. */
  reconciled(
    draft: Draft,
    { link, findings }: Extract<Input, { kind: 'reconciled' }>,
  ): readonly EnteredCaller[] | undefined {
    if (link !== this.#link) return undefined;
    const changed = this.#callsThen.filter((call) => this.#world.calls.get(call.callId) !== call);
    this.#apply(draft, findings, new Set(changed.map((call) => call.callId)));
    this.#isReconciled = true;
    const pbxStartedAt = new Date(this.#latest?.pbxStartedAt ?? 0).toISOString();
    const facts = { calls: findings.inputs.length, onHold: findings.onHold.length, pbxStartedAt };
    this.#log.info(facts, 'PBX reconciled');
    return this.#withoutCall(findings.onHold, new Set(changed.map((call) => call.uniqueid)));
  }

  /** A call that has changed since the snapshot is newer than it, and is looked for again; gone remains gone. */
  #apply(draft: Draft, { inputs }: Findings, changed: ReadonlySet<CallId>): void {
    for (const { callId, input } of inputs) {
      const call = this.#world.calls.get(callId);
      if (input.kind === 'missed-hangup' || !changed.has(callId)) this.#world.apply(draft, callId, input);
      else if (call !== undefined) draft.deeds.push({ kind: 'for-call', call, effect: { kind: 'locate' } });
    }
  }

  /** Those who are being sent away do not wait anew, and those whose call has changed since are looked for. */
  #withoutCall(onHold: readonly EnteredCaller[], changed: ReadonlySet<Uniqueid>): readonly EnteredCaller[] {
    return onHold.filter(
      ({ uniqueid }) => !changed.has(uniqueid) && this.#world.calls.of(uniqueid)?.phase !== 'leaving',
    );
  }
}
