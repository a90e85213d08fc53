import { listOf, objectOf, optional, required } from '../fields.ts';
import * as formats from '../formats.ts';
import { REFUSALS, type Refusal } from '../refusal.ts';
import type { Readings } from '../state/account.ts';
import type { Application } from '../state/application.ts';
import { EVENT_CATEGORIES } from '../state/event-names.ts';
import { isKnown, type MessageSubscription } from '../state/message-subscriptions.ts';
import { operation } from './operation.ts';

const SUBSCRIPTION = {
  callback: required(formats.callbackUrl),
  name: required(formats.text),
  events: required(listOf(formats.text)),
};

// `enable` in the table, `state` in the example; bare in the example, inside of `subscription` in the table.
const ENABLE = { enable: optional(formats.boolean), state: optional(formats.oneOf(0, 1)) };
const CHANGED = {
  callback: optional(formats.callbackUrl),
  name: optional(formats.text),
  events: optional(listOf(formats.text)),
  ...ENABLE,
  subscription: optional(objectOf({ ...SUBSCRIPTION, ...ENABLE })),
};

const CATEGORIES = {
  Events: required(
    listOf(objectOf({ category: required(formats.text), all_type: required(listOf(formats.text)) })),
  ),
};

export const SUBSCRIPTIONS = {
  'POST webhooks/events': operation({
    fields: CATEGORIES,
    act: ({ application, body }) => subscribe(application, body.Events),
  }),

  'PUT webhooks/events': operation({
    fields: CATEGORIES,
    act: ({ application, body }) => subscribe(application, body.Events, () => application.events.clear()),
  }),

  'DELETE webhooks/events': operation({
    // The table wants Events for all three methods, and this one has no use for them.
    body: 'ignored',
    act({ application }) {
      application.events.clear();
      return null;
    },
  }),

  'POST subscriptions': operation({
    fields: { subscriptions: required(listOf(objectOf(SUBSCRIPTION))) },
    act({ application, body }) {
      const tried = body.subscriptions.map((facts) => ({
        name: facts.name,
        id: application.subscriptions.create(facts)?.id,
      }));
      return {
        sub_succ: tried.filter(({ id }) => id !== undefined).map(({ id, name }) => ({ id, name })),
        sub_fail: tried.filter(({ id }) => id === undefined).map(({ name }) => name),
      };
    },
  }),

  'GET subscriptions': operation({
    act: ({ account: { readings }, application }) =>
      application.subscriptions.all().map((subscription) => shown(subscription, readings)),
  }),

  'GET subscriptions/{id}': operation({
    act({ application, path }) {
      const subscription = application.subscriptions.find(Number(path['id']));
      return subscription === undefined ? REFUSALS.recordNotFound : shown(subscription);
    },
  }),

  'PUT subscriptions/{id}': operation({
    fields: CHANGED,
    act({ application, path, body }) {
      const { callback, name, events, enable, state } = body.subscription ?? body;
      if (callback === undefined || name === undefined || events === undefined)
        return REFUSALS.parameterError;
      const enabled = enable ?? (state === undefined ? undefined : state === 1);
      if (enabled === undefined || !isKnown(events)) return REFUSALS.parameterError;
      const id = Number(path['id']);
      const facts = { callback, name, events };
      return application.subscriptions.update(id, facts, enabled) ? { [name]: id } : REFUSALS.recordNotFound;
    },
  }),

  'DELETE subscriptions/{id}': operation({
    act: ({ application, path }) =>
      application.subscriptions.delete(Number(path['id'])) ? '' : REFUSALS.doesNotExist,
  }),
};

interface Category {
  readonly category: string;
  readonly all_type: readonly string[];
}

/** All of them or none. */
function subscribe({ events }: Application, wanted: readonly Category[], before = () => {}): Refusal | null {
  const isOffered = ({ category, all_type }: Category) =>
    all_type.every((event) => EVENT_CATEGORIES[category]?.includes(event) === true);
  if (!wanted.every(isOffered)) return REFUSALS.paramsInvalid;
  before();
  for (const { category, all_type } of wanted) events.append(category, all_type);
  return null;
}

function shown({ id, callback, name, events, enable }: MessageSubscription, readings?: Readings): object {
  const subscription = { callback, name, events, enable };
  return readings?.listsSubscriptionIds === true ? { id, ...subscription } : subscription;
}
