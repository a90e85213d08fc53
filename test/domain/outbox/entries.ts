import { callIdFrom, queueNameFrom } from '../../../src/domain/identity.ts';
import type { Entry } from '../../../src/domain/outbox/entry.ts';
import type { Report } from '../../../src/domain/outbox/report.ts';
import { extension, MORNING } from '../builders.ts';

/** A report of the given kind, of the call of that name. */
export function aReport(kind: Report['kind'], call: string): Report {
  const callId = callIdFrom(call);
  const at = MORNING;
  switch (kind) {
    case 'received':
      return {
        kind,
        callId,
        queue: queueNameFrom('support'),
        helpDeskQueueId: 7,
        clientNumber: '+5547999990000',
        at,
        mayHoldAgent: false,
      };
    case 'transfered':
      return { kind, callId, extension: extension('1001'), at };
    case 'completed':
    case 'lost':
      return { kind, callId, link: undefined, at };
    case 'canceled':
      return { kind, callId, at };
    case 'made-call-link':
    case 'repaired-link':
      return { kind, callId, link: 'https://pbx.example.com/recordings/made.wav' };
  }
}

export function anEntry(seq: number, kind: Report['kind'], call: string, parked?: string): Entry {
  return { seq, report: aReport(kind, call), attempts: 0, parkedBecause: parked };
}
