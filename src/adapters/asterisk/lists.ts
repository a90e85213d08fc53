import type { ActionHeaders } from './action-headers.ts';
import type { AmiConnection } from './connection.ts';
import { type Packet, textOf } from './packet.ts';
import type { Answer } from './pending-actions.ts';

export type Listed =
  | {
      readonly kind: 'items';
      readonly items: readonly Packet[] /** Fewer came than the PBX says it sent. */;
      readonly isShort: boolean;
    }
  | Exclude<Answer, { readonly kind: 'success' }>;

// No PBX has so many channels; more would be a stream gone wild, and memory has a limit.
const ITEMS_LIMIT = 100_000;

/**
 * Asks for a list. `onListed` is called at the very packet that completes it, so that what it makes of the list comes
 * before every later event.
 */
export function askList(
  connection: AmiConnection,
  headers: ActionHeaders,
  onListed: (listed: Listed) => void,
): void {
  const items: Packet[] = [];
  const action = headers['Action'] ?? '';
  connection.askAtOnce(headers, {
    list: {
      itemEvents: ITEM_EVENTS[action] ?? [],
      lastEvent: `${action}Complete`,
      onItem: (packet) => {
        if (items.length < ITEMS_LIMIT) items.push(packet);
      },
    },
    onAnswer: (answer) => {
      if (answer.kind !== 'success') onListed(answer);
      else
        onListed({
          kind: 'items',
          items,
          isShort: items.length < Number(textOf(answer.packet, 'listitems')),
        });
    },
  });
}

const ITEM_EVENTS: Readonly<Record<string, readonly string[]>> = {
  Status: ['Status'],
  QueueStatus: ['QueueParams', 'QueueMember', 'QueueEntry'],
};

export function list(connection: AmiConnection, headers: ActionHeaders): Promise<Listed> {
  return new Promise((resolve) => askList(connection, headers, resolve));
}
