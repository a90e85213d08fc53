import type { ExtensionReading } from '../../domain/extension/availability.ts';
import type { DeviceNames } from '../../domain/extension/extension-board.ts';
import type { Extension } from '../../domain/identity.ts';
import { type AgentState, agentStateOf } from '../../domain/relay/agent-state.ts';

/** An agent whose devices are to be asked about, and which change of theirs was the last one known when that began. */
export interface AgentToRead {
  readonly extension: Extension;
  readonly changes: number;
}

interface Mirrored {
  device: string | undefined;
  dnd: string | undefined;
  /** Changes told of their devices so far. */
  changes: number;
  /** What was told of them last. */
  shown: AgentState | undefined;
}

/**
 * The agents of whom a relay is told, as their devices show them. What the PBX tells of a change is newer than what it
 * answered before; so an answer counts only where nothing was told while it was waited for.
 */
export class AgentMirror {
  readonly #devices: DeviceNames;
  readonly #agents = new Map<Extension, Mirrored>();
  /** Whom a device belongs to. */
  readonly #owners = new Map<string, Extension>();

  constructor(devices: DeviceNames) {
    this.#devices = devices;
  }

  /** From now on these, and no others. Those who were there before keep what is known of them. */
  follow(extensions: readonly Extension[]): void {
    const followed = new Set(extensions);
    for (const extension of this.#agents.keys()) if (!followed.has(extension)) this.#agents.delete(extension);
    this.#owners.clear();
    for (const extension of followed) {
      const unknown = { device: undefined, dnd: undefined, changes: 0, shown: undefined };
      if (!this.#agents.has(extension)) this.#agents.set(extension, unknown);
      this.#owners.set(this.#devices.phone(extension), extension);
      const dnd = this.#devices.dnd(extension);
      if (dnd !== undefined) this.#owners.set(dnd, extension);
    }
  }

  /** A device tells of a change; the state that its owner has by it, where that is a new one. */
  deviceChanged(device: string, state: string): Shown | undefined {
    const extension = this.#owners.get(device);
    const agent = extension === undefined ? undefined : this.#agents.get(extension);
    if (extension === undefined || agent === undefined) return undefined;
    agent.changes += 1;
    if (device === this.#devices.phone(extension)) agent.device = state;
    else agent.dnd = state;
    return this.#show(extension, agent);
  }

  /** Nobody told of changes for a while: what their devices show must be asked before it counts again. */
  forgetDevices(): void {
    for (const agent of this.#agents.values()) {
      agent.device = undefined;
      agent.dnd = undefined;
    }
  }

  /** Everybody. */
  toRead(): readonly AgentToRead[] {
    return [...this.#agents].map(([extension, { changes }]) => ({ extension, changes }));
  }

  /** What the PBX answered. `again`: it is older than what it told since, so it must be asked once more. */
  read({ extension, changes }: AgentToRead, reading: ExtensionReading): Shown | AgentToRead | undefined {
    const agent = this.#agents.get(extension);
    if (agent === undefined) return undefined;
    if (agent.changes !== changes) return { extension, changes: agent.changes };
    agent.device = reading.device;
    agent.dnd = reading.dnd;
    return this.#show(extension, agent);
  }

  /** Everybody, with the last word on their devices. */
  get seen(): ReadonlyMap<
    Extension,
    { readonly device: string | undefined; readonly dnd: string | undefined }
  > {
    return this.#agents;
  }

  extensionOf(device: string): Extension | undefined {
    return this.#owners.get(device);
  }

  #show(extension: Extension, agent: Mirrored): Shown | undefined {
    const state = this.#stateOf(extension, agent);
    if (state === undefined || state === agent.shown) return undefined;
    agent.shown = state;
    return { extension, state };
  }

  /** Nothing while it is half known: a phone that is free may be that of somebody who does not want to be disturbed. */
  #stateOf(extension: Extension, { device, dnd }: Mirrored): AgentState | undefined {
    if (device === undefined) return undefined;
    const state = agentStateOf({ device, dnd });
    const isUnsure = state === 'idle' && dnd === undefined && this.#devices.dnd(extension) !== undefined;
    return isUnsure ? undefined : state;
  }
}

export interface Shown {
  readonly extension: Extension;
  readonly state: AgentState;
}
