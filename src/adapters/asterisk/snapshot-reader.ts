import type { Instant } from '../../domain/identity.ts';
import type { PbxEvent, Snapshot } from '../../ports/pbx.ts';
import { channelStatus, queueStatus } from './actions.ts';
import { causeOf } from './answers.ts';
import { type AmiConnection, OpenFailure } from './connection.ts';
import { askList, type Listed, list } from './lists.ts';
import type { Packet } from './packet.ts';
import type { PlaceNames } from './place.ts';
import { afterEvents, callersOf, SNAPSHOT_VARIABLES } from './snapshot.ts';

export interface SnapshotReaderOptions {
  readonly names: PlaceNames;
  /** A channel of the list was not believed, so a caller may be missing. */
  readonly onShort: () => void;
}

/** Reads the PBX's full truth, events that come meanwhile included. One reading at a time. */
export class SnapshotReader {
  readonly #options: SnapshotReaderOptions;
  #meanwhile: PbxEvent[] | undefined;

  constructor(options: SnapshotReaderOptions) {
    this.#options = options;
  }

  /** An event that was told; it matters while a snapshot is being read. */
  note(event: PbxEvent): void {
    this.#meanwhile?.push(event);
  }

  /**
   * `onSnapshot` is called at the packet that completes it, before any later event. Rejects where the PBX does not list
   * its channels.
   */
  async read(
    connection: AmiConnection,
    pbxStartedAt: Instant,
    onSnapshot: (snapshot: Snapshot) => void,
  ): Promise<void> {
    this.#meanwhile = [];
    try {
      const waiting = await this.#readWaiting(connection);
      await this.#readChannels(connection, (channels) => {
        const listed = callersOf({ waiting, channels }, this.#options.names);
        onSnapshot({ pbxStartedAt, callers: afterEvents(listed, this.#meanwhile ?? []) });
      });
    } finally {
      this.#meanwhile = undefined;
    }
  }

  async #readWaiting(connection: AmiConnection): Promise<readonly Packet[]> {
    const waiting: Packet[] = [];
    for (const queue of this.#options.names.asteriskQueues) {
      const listed = await list(connection, queueStatus(queue));
      if (listed.kind !== 'items') throw unread(`queue ${queue}`, listed);
      waiting.push(...listed.items.filter((item) => item['event'] === 'QueueEntry'));
    }
    return waiting;
  }

  #readChannels(connection: AmiConnection, onChannels: (channels: readonly Packet[]) => void): Promise<void> {
    return new Promise((resolve, reject) => {
      askList(connection, channelStatus(SNAPSHOT_VARIABLES), (listed) => {
        if (listed.kind !== 'items') {
          reject(unread('the channels', listed));
          return;
        }
        if (listed.isShort) this.#options.onShort();
        onChannels(listed.items);
        resolve();
      });
    });
  }
}

/** A link that was lost, or answers nothing, is that; a PBX that says no is something to look at. */
function unread(what: string, answer: Exclude<Listed, { kind: 'items' }>): Error {
  const message = `${what} cannot be listed: ${causeOf(answer)}`;
  return answer.kind === 'silent' ? new OpenFailure('unreachable', message) : new Error(message);
}
