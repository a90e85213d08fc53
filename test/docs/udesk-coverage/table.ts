import type { Chapter } from '../coverage/row.ts';
import { callbackEventsChapter, servedChapter } from './callbacks.ts';
import { operationsChapter } from './operations.ts';
import { eventsChapter, requestsChapter } from './session.ts';

/** Everything that Udesk's document has. */
export function coverage(): readonly Chapter[] {
  return [operationsChapter(), requestsChapter, eventsChapter, callbackEventsChapter, servedChapter];
}
