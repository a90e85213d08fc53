import { APPLICATIONS } from './operations/applications.ts';
import { AUTO_DIALING } from './operations/auto-dialing.ts';
import { CALLS } from './operations/calls.ts';
import { EXTENSIONS } from './operations/extensions.ts';
import { IVR } from './operations/ivr.ts';
import type { Operations } from './operations/operation.ts';
import { PRESENCE } from './operations/presence.ts';
import { QUEUES } from './operations/queues.ts';
import { RECORDS } from './operations/records.ts';
import { RELAY_NUMBERS } from './operations/relay-numbers.ts';
import { SEATS } from './operations/seats.ts';
import { SUBSCRIPTIONS } from './operations/subscriptions.ts';

/** Every REST operation of Udesk's ccapi v2 that we may call, in the order of the document's chapters. */
export const OPERATIONS = {
  ...APPLICATIONS,
  ...RELAY_NUMBERS,
  ...SEATS,
  ...PRESENCE,
  ...QUEUES,
  ...EXTENSIONS,
  ...IVR,
  ...CALLS,
  ...AUTO_DIALING,
  ...SUBSCRIPTIONS,
  ...RECORDS,
} as const satisfies Operations;

export type OperationName = keyof typeof OPERATIONS;
