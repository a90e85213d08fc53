import type { Place } from '../../domain/call/input.ts';
import { extensionFrom } from '../../domain/identity.ts';
import { AGENT_VARIABLE, type Dialplan, ENTRY_CONTEXT, PHONE_CONTEXT } from './dialplan-names.ts';
import { type Packet, textOf, variableOf } from './packet.ts';

export interface PlaceNames {
  readonly dialplan: Dialplan;
  readonly asteriskQueues: ReadonlySet<string>;
}

/** Where the channel of a `Status` item is. */
export function placeOf(status: Packet, { dialplan, asteriskQueues }: PlaceNames): Place {
  const queue = asteriskQueueOf(status);
  if (queue !== undefined && asteriskQueues.has(queue)) return { at: 'hold' };
  const bridged = textOf(status, 'bridgeid') !== '';
  switch (textOf(status, 'context')) {
    case dialplan.holdContext:
    // Told of already, while `Answer` waits up to half a second for the caller's first sound.
    case ENTRY_CONTEXT:
      return { at: 'hold' };
    case dialplan.agentContext:
    case PHONE_CONTEXT:
      return {
        at: 'agent',
        extension: extensionFrom(variableOf(status, 'variable', AGENT_VARIABLE)),
        bridged,
      };
    case dialplan.lostContext:
      return { at: 'lost' };
    case dialplan.fallbackContext:
      return { at: 'fallback', bridged };
    default:
      return { at: 'elsewhere', bridged };
  }
}

/** The queue of Asterisk's own in which this channel waits: the first argument of the application. */
export function asteriskQueueOf(status: Packet): string | undefined {
  if (textOf(status, 'application') !== 'Queue') return undefined;
  return textOf(status, 'data').split(',')[0];
}
