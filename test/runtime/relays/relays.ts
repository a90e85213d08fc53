import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import type { RelayEntry } from '../../../src/domain/relay/relay.ts';
import { lineOf, type Relay } from '../../../src/domain/relay/relay.ts';
import { extension, MORNING } from '../../domain/builders.ts';

export const aState = (number: string, state: Extract<Relay, { kind: 'agent-state' }>['state']): Relay => ({
  kind: 'agent-state',
  extension: extension(number),
  state,
});

export const aHold = (linkedCall: string): Relay => ({
  kind: 'call-held',
  extension: extension('1001'),
  linkedCall,
});

export const aResume = (linkedCall: string): Relay => ({
  kind: 'call-resumed',
  extension: extension('1001'),
  linkedCall,
});

export const aTransfer = (linkedCall: string, to: string): Relay => ({
  kind: 'call-transferred',
  extension: extension('1001'),
  linkedCall,
  to,
});

export const aLostCaller = (name: string): Relay => ({
  kind: 'call-back',
  callId: callIdFrom(`pbx1-${name}`),
  loss: { queue: queueNameFrom('support'), ending: 'lost', reason: 'nobody' },
});

/** A relay on its way for the first time. */
export function anEntryOf(seq: number, relay: Relay, changes: Partial<RelayEntry> = {}): RelayEntry {
  const line = lineOf(relay);
  return {
    seq,
    lane: 'udesk',
    line,
    callId: undefined,
    relay,
    at: MORNING,
    attempts: 0,
    parkedBecause: undefined,
    ...changes,
  };
}
