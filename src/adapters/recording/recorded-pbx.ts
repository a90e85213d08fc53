import type { Place } from '../../domain/call/input.ts';
import type { ExtensionReading } from '../../domain/extension/availability.ts';
import type { DeviceNames } from '../../domain/extension/extension-board.ts';
import type { Extension, QueueName, Uniqueid } from '../../domain/identity.ts';
import type {
  AgentOffer,
  DiaryReading,
  Leave,
  Located,
  Moved,
  Originated,
  Pbx,
  PbxEvent,
} from '../../ports/pbx.ts';

/** What the PBX would have been told to do. */
export interface Deed {
  readonly did: 'send to agent' | 'send to hold' | 'send away' | 'mark as ours';
  readonly uniqueid: Uniqueid;
  readonly facts: Readonly<Record<string, unknown>>;
}

/**
 * A PBX of which only a recording is left: it says what was recorded, and whatever it is told to do is noted and taken as
 * done. What came of it is for the recording to say.
 */
export class RecordedPbx implements Pbx {
  readonly #devices: DeviceNames;
  readonly #onDeed: (deed: Deed) => void;
  /** As the recording implies it; nothing once they have hung up. */
  readonly #places = new Map<Uniqueid, Place>();
  readonly #states = new Map<string, string>();
  #listener: (event: PbxEvent) => void = () => {};

  constructor(devices: DeviceNames, onDeed: (deed: Deed) => void) {
    this.#devices = devices;
    this.#onDeed = onDeed;
  }

  say(event: PbxEvent): void {
    this.#follow(event);
    this.#listener(event);
  }

  /** Who was there before the recording began is not known. */
  start(listener: (event: PbxEvent) => void): void {
    this.#listener = listener;
    listener({ kind: 'linked', snapshot: { pbxStartedAt: 0, callers: [] } });
  }

  /** As last recorded. A phone of which nothing was ever told is taken to be free. */
  async readExtension(extension: Extension): Promise<ExtensionReading> {
    const dnd = this.#devices.dnd(extension);
    return {
      device: this.#states.get(this.#devices.phone(extension)) ?? 'NOT_INUSE',
      dnd: dnd === undefined ? undefined : (this.#states.get(dnd) ?? 'NOT_INUSE'),
      hint: undefined,
    };
  }

  async sendToAgent({ uniqueid, extension, ringMs }: AgentOffer): Promise<Moved> {
    return this.#do('send to agent', uniqueid, { extension, ringSeconds: Math.ceil(ringMs / 1_000) });
  }

  async sendToHold(uniqueid: Uniqueid): Promise<Moved> {
    this.#places.set(uniqueid, { at: 'hold' });
    return this.#do('send to hold', uniqueid, {});
  }

  async sendAway({ uniqueid, queue, reason }: Leave): Promise<Moved> {
    this.#places.set(uniqueid, { at: 'lost' });
    return this.#do('send away', uniqueid, { queue, reason });
  }

  async mark(uniqueid: Uniqueid, queue: QueueName): Promise<Moved> {
    return this.#do('mark as ours', uniqueid, { queue });
  }

  async locate(uniqueid: Uniqueid): Promise<Located> {
    const place = this.#places.get(uniqueid);
    return place === undefined ? { kind: 'gone' } : { kind: 'here', place };
  }

  async makeCall(): Promise<Originated> {
    return NOT_RECORDED;
  }

  async hearCall(): Promise<Originated> {
    return NOT_RECORDED;
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
      case 'device-changed':
        this.#states.set(event.device, event.state);
        break;
      default:
        break;
    }
  }

  #do(did: Deed['did'], uniqueid: Uniqueid, facts: Deed['facts']): Moved {
    this.#onDeed({ did, uniqueid, facts });
    return { ok: true };
  }
}

// Whoever has calls made asks by HTTP, of which no recording knows.
const NOT_RECORDED: Originated = { ok: false, problem: 'refused', cause: 'a recording makes no calls' };
