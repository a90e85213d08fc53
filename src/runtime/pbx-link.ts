import type { Log } from '../ports/log.ts';
import type { Pbx, Snapshot } from '../ports/pbx.ts';
import type { Draft } from './draft.ts';
import type { Input } from './input.ts';
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
  #snapshot: Snapshot | undefined;
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
    this.#snapshot = snapshot;
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
    if (this.#snapshot === undefined) return;
    const findings = await reconcile(this.#world.calls.all(), this.#snapshot, this.#pbx);
    this.#push({ kind: 'reconciled', link, findings });
  }

  /** False where the link was lost again meanwhile. */
  reconciled(draft: Draft, { link, findings }: Extract<Input, { kind: 'reconciled' }>): boolean {
    if (link !== this.#link) return false;
    for (const { callId, input } of findings.inputs) this.#world.apply(draft, callId, input);
    this.#isReconciled = true;
    this.#log.info({ calls: findings.inputs.length, onHold: findings.onHold.length }, 'PBX reconciled');
    return true;
  }
}
