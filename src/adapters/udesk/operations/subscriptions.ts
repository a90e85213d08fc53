import { boolean, list, nothing, number, object, oneOf, optional, subscriptionIds, text } from './kind.ts';
import type { Operations } from './operation.ts';

const SUBSCRIBED_EVENTS = list(
  object({
    category: oneOf('agent_state', 'ext_state', 'agent_call_mode', 'call'),
    // The names of the events, in spite of its own.
    all_type: list(text),
  }),
);

const SUBSCRIPTION = { callback: text, name: text, events: list(text) };

// The document's subscriptions carry no id, without which none can be changed or deleted: it is read where it comes.
const SUBSCRIPTION_FOUND = object({ id: number, ...SUBSCRIPTION, enable: boolean });

/** What Udesk tells us of its own accord, in its two forms: events of the application, and named subscriptions. */
export const SUBSCRIPTIONS = {
  eventsAppend: {
    title: 'Subscribe to Events (POST)',
    method: 'POST',
    path: 'webhooks/events',
    app: 'AppId',
    body: { Events: SUBSCRIBED_EVENTS },
    answer: 'Result',
    result: nothing,
    // Nobody says whether an event appended twice is told twice.
    repeating: 'harmful',
  },
  eventsReplace: {
    title: 'Subscribe to Events (PUT)',
    method: 'PUT',
    path: 'webhooks/events',
    app: 'AppId',
    body: { Events: SUBSCRIBED_EVENTS },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  eventsDelete: {
    title: 'Subscribe to Events (DELETE)',
    method: 'DELETE',
    path: 'webhooks/events',
    app: 'AppId',
    // The one table is for all three methods, but this one "removes all events": there is nothing to choose.
    body: { Events: optional(SUBSCRIBED_EVENTS) },
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
  subscriptionCreate: {
    title: 'Message Subscription',
    method: 'POST',
    path: 'subscriptions',
    app: 'AppId',
    body: { subscriptions: list(object(SUBSCRIPTION)) },
    answer: 'Result',
    result: optional(object({ sub_succ: list(object({ id: number, name: text })), sub_fail: list(text) })),
    // The list's example has two of one name: a second one would tell everything twice.
    repeating: 'harmful',
  },
  subscriptionList: {
    title: 'Batch Query for Message Subscriptions',
    method: 'GET',
    path: 'subscriptions',
    app: 'AppId',
    answer: 'Result',
    result: list(SUBSCRIPTION_FOUND),
    repeating: 'harmless',
  },
  subscriptionGet: {
    title: 'Single Query for Message Subscription',
    method: 'GET',
    path: 'subscriptions/{id}',
    app: 'AppId',
    answer: 'Result',
    result: SUBSCRIPTION_FOUND,
    repeating: 'harmless',
  },
  subscriptionUpdate: {
    title: 'Update Message Subscription',
    method: 'PUT',
    path: 'subscriptions/{id}',
    app: 'AppId',
    // The table wraps these in `subscription` and demands `enable`; the example does neither and has a `state` that is
    // explained nowhere. Sent as in the example, with either of the two where the caller gives it.
    body: { ...SUBSCRIPTION, enable: optional(boolean), state: optional(number) },
    answer: 'Result',
    result: optional(subscriptionIds),
    repeating: 'harmless',
  },
  subscriptionDelete: {
    title: 'Delete Message Subscription',
    method: 'DELETE',
    path: 'subscriptions/{id}',
    app: 'AppId',
    answer: 'Result',
    result: nothing,
    repeating: 'harmless',
  },
} as const satisfies Operations;
