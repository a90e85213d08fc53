import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import type { CallBackRule } from '../../../src/domain/call-back/rule.ts';
import { aRule } from '../../domain/call-back/some-rules.ts';
import { idOf } from '../../fakes/fake-pbx.ts';
import { ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { WatchedStage, type Watching } from '../watched-stage.ts';

export interface CallingBack extends Omit<Watching, 'callBacks'> {
  /** Whoever is lost is called back, unless told otherwise. */
  readonly rules?: readonly CallBackRule[] | undefined;
  readonly areFlagsTold?: boolean;
  /** For how long they may call again; none, unless told otherwise. */
  readonly delayMs?: number;
}

/** A stage with a relay that calls lost callers back, and its store on a disk. */
export class CallBackStage extends WatchedStage implements AsyncDisposable {
  readonly relay = new ScriptedRelay(this.clock, { lane: 'ccai', mostInFlight: 1 });
  readonly #folder = mkdtempSync(join(tmpdir(), 'call-backs-'));
  readonly #path = join(this.#folder, 'bridge.db');

  constructor({
    rules = [aRule('call-back')],
    areFlagsTold = false,
    delayMs = 0,
    ...watching
  }: CallingBack = {}) {
    super({ ...watching, callBacks: { rules, areFlagsTold, delayMs } });
    this.store = new SqliteStore(this.#path, this.clock);
    this.relays = [this.relay];
  }

  static async calling(settings: CallingBack = {}): Promise<CallBackStage> {
    const stage = new CallBackStage(settings);
    await stage.start();
    return stage;
  }

  /** They come in, wait for a moment and hang up. */
  async givesUp(name: string, queue = 'support'): Promise<void> {
    this.pbx.enters(name, { queue });
    await this.pass(1);
    this.pbx.hangsUp(name);
    await this.pass(0.1);
  }

  /** What is still to be told, in the store: `call-back due`, with what stands in its way; and with what it failed. */
  get owed(): readonly string[] {
    return this.#relays(({ state }) => state === 'due' || state === 'parked');
  }

  /** What was told, and what is told to nobody any more. */
  get settled(): readonly string[] {
    return this.#relays(({ state }) => state === 'delivered' || state === 'dropped');
  }

  /** What a person does with the commands; within five seconds it is noticed. */
  async byHand(work: (parked: ParkedEntries) => void): Promise<void> {
    {
      using parked = new ParkedEntries(this.#path);
      work(parked);
    }
    await this.pass(5);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stop();
    await this.store.close();
    rmSync(this.#folder, { recursive: true });
  }

  #relays(isMeant: (relay: ReturnType<StoreReader['relaysOf']>[number]) => boolean): readonly string[] {
    using reader = new StoreReader(this.#path);
    return ['a', 'b', 'c'].flatMap((name) =>
      reader
        .relaysOf(idOf(name))
        .filter(isMeant)
        .map(
          ({ relay, state, cause }) =>
            `${relay.kind} ${name} ${state}${cause === undefined ? '' : `: ${cause}`}`,
        ),
    );
  }
}
