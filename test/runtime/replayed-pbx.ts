import type { Place } from '../../src/domain/call/input.ts';
import type { Uniqueid } from '../../src/domain/identity.ts';
import type { AgentOffer, DiaryReading, Leave, Located, Moved, Pbx, PbxEvent } from '../../src/ports/pbx.ts';

/** A PBX that says what was recorded, and does whatever it is told: what it is told is kept. */
export class ReplayedPbx implements Pbx {
  readonly told: string[];
  /** As the recording implies it; nothing once they have hung up. */
  readonly #places = new Map<Uniqueid, Place>();
  #listener: (event: PbxEvent) => void = () => {};

  constructor(told: string[]) {
    this.told = told;
  }

  say(event: PbxEvent): void {
    this.#follow(event);
    this.#listener(event);
  }

  start(listener: (event: PbxEvent) => void): void {
    this.#listener = listener;
    listener({ kind: 'linked', snapshot: { pbxStartedAt: 0, callers: [] } });
  }

  async readExtension() {
    return { device: 'NOT_INUSE', dnd: undefined, hint: undefined };
  }

  async sendToAgent({ uniqueid, extension }: AgentOffer): Promise<Moved> {
    return this.#do(`PBX: send ${uniqueid} to ${extension}`);
  }

  async sendToHold(uniqueid: Uniqueid): Promise<Moved> {
    return this.#do(`PBX: send ${uniqueid} to hold`);
  }

  async sendAway({ uniqueid, reason }: Leave): Promise<Moved> {
    this.#places.set(uniqueid, { at: 'lost' });
    return this.#do(`PBX: send ${uniqueid} away, ${reason}`);
  }

  async mark(uniqueid: Uniqueid): Promise<Moved> {
    return this.#do(`PBX: mark ${uniqueid}`);
  }

  async locate(uniqueid: Uniqueid): Promise<Located> {
    const place = this.#places.get(uniqueid);
    return place === undefined ? { kind: 'gone' } : { kind: 'here', place };
  }

  async listDiaries(): Promise<never[]> {
    return [];
  }

  async survey(): Promise<undefined> {
    return undefined;
  }

  async readDiary(): Promise<DiaryReading> {
    return { ok: true, diary: undefined };
  }

  async eraseDiary(): Promise<void> {}

  async beat(): Promise<boolean> {
    return true;
  }

  async close(): Promise<void> {}

  #follow(event: PbxEvent): void {
    switch (event.kind) {
      case 'caller-entered':
        this.#places.set(event.caller.uniqueid, { at: 'hold' });
        break;
      case 'ringing':
        this.#places.set(event.uniqueid, { at: 'agent', extension: event.extension, bridged: false });
        break;
      case 'answered': {
        const extension = event.by.context === 'agent' ? event.by.extension : undefined;
        this.#places.set(event.uniqueid, { at: 'agent', extension, bridged: true });
        break;
      }
      case 'offer-failed':
        this.#places.set(event.uniqueid, { at: 'hold' });
        break;
      case 'hung-up':
        this.#places.delete(event.uniqueid);
        break;
      default:
        break;
    }
  }

  #do(deed: string): Moved {
    this.told.push(deed);
    return { ok: true };
  }
}
