import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ParkedEntries } from '../../../src/adapters/sqlite/parked-entries.ts';
import { SqliteStore } from '../../../src/adapters/sqlite/sqlite-store.ts';
import type { LinkedCallDeed } from '../../../src/ports/pbx.ts';
import { ScriptedRelay } from '../../fakes/scripted-relay.ts';
import { WatchedStage } from '../watched-stage.ts';

/** A stage with a relay that knows some agents. */
export class RelayStage extends WatchedStage {
  relay = new ScriptedRelay(this.clock);

  /** The daemon has started, found the PBX, and told of these agents what there is to tell. */
  static async knowing(...numbers: readonly string[]): Promise<RelayStage> {
    const stage = new RelayStage();
    await stage.begins(...numbers);
    return stage;
  }

  async begins(...numbers: readonly string[]): Promise<void> {
    this.relays = [this.relay];
    await this.start();
    this.relay.knows(...numbers);
    await this.pass(0.1);
  }

  shows(number: string, device: string): void {
    this.pbx.phones.shows(number, device);
  }

  /** An agent does something to a call that the far side knows. */
  does(number: string, kind: 'held' | 'resumed', linkedCall: string): void {
    this.#linked({ kind, device: `PJSIP/${number}`, linkedCall });
  }

  sends(number: string, linkedCall: string, to: string): void {
    this.#linked({ kind: 'transferred', device: `PJSIP/${number}`, linkedCall, to });
  }

  #linked(did: LinkedCallDeed): void {
    this.bridge.hear({ kind: 'linked-call', did });
  }

  /** What is still to be told, in the store: whose line it is, and how it stands. */
  async owed(): Promise<readonly string[]> {
    const { relays } = await this.store.load();
    return relays.map(({ line, parkedBecause }) => `${line}: ${parkedBecause ?? 'due'}`);
  }
}

/** The same with a store on a disk, so that a person can put a hand on it. */
export class RelayOffice extends RelayStage implements AsyncDisposable {
  readonly #folder = mkdtempSync(join(tmpdir(), 'relays-'));
  readonly #path = join(this.#folder, 'bridge.db');

  static override async knowing(...numbers: readonly string[]): Promise<RelayOffice> {
    const office = new RelayOffice();
    office.store = new SqliteStore(office.#path, office.clock);
    await office.begins(...numbers);
    return office;
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
}
