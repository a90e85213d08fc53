import type { OperationName } from '../../../../src/adapters/udesk/operations.ts';
import { APPLICATION_EXAMPLES, RELAY_NUMBER_EXAMPLES } from './applications.ts';
import { AUTO_DIALING_EXAMPLES, CALL_EXAMPLES } from './calls.ts';
import type { Examples } from './example.ts';
import { IVR_EXAMPLES } from './ivr.ts';
import { PRESENCE_EXAMPLES } from './presence.ts';
import { EXTENSION_EXAMPLES, QUEUE_EXAMPLES } from './queues.ts';
import { RECORD_EXAMPLES } from './records.ts';
import { SEAT_EXAMPLES } from './seats.ts';
import { SUBSCRIPTION_EXAMPLES } from './subscriptions.ts';

/** One example for every operation: a row of the table without one does not compile here. */
export const EXAMPLES: Examples<OperationName> = {
  ...APPLICATION_EXAMPLES,
  ...RELAY_NUMBER_EXAMPLES,
  ...SEAT_EXAMPLES,
  ...PRESENCE_EXAMPLES,
  ...QUEUE_EXAMPLES,
  ...EXTENSION_EXAMPLES,
  ...IVR_EXAMPLES,
  ...CALL_EXAMPLES,
  ...AUTO_DIALING_EXAMPLES,
  ...SUBSCRIPTION_EXAMPLES,
  ...RECORD_EXAMPLES,
};
