import { type Failure, failed, success } from '../../ports/failure.ts';
import type { Notes } from '../../ports/notes.ts';
import type { UdeskOutcome } from './answer.ts';
import type { UdeskClient } from './client.ts';
import type { ResultOf } from './operation-types.ts';

export interface WantedSubscription {
  /** Ours by its name; what has another is somebody else's and is never touched. */
  readonly name: string;
  /** Empty: there is to be none. */
  readonly callback: string;
  readonly events: readonly string[];
}

interface Parts {
  readonly client: Pick<UdeskClient, 'call'>;
  readonly wanted: WantedSubscription;
  /** By the document, only the answer to its creation tells the id by which a subscription can be changed. */
  readonly notes: Notes;
}

type Listed = ResultOf<'subscriptionGet'>;

/** What is to be done so that there is exactly the one that is wanted, switched on. */
export type SubscriptionStep =
  | { readonly kind: 'create' }
  | { readonly kind: 'update'; readonly id: number }
  | { readonly kind: 'delete'; readonly id: number }
  /** Nobody says by which id it could be changed or deleted. */
  | { readonly kind: 'unchangeable' };

/** Makes it so. The first step that fails ends it, to be tried again as a whole; nothing done twice does harm. */
export async function keepSubscription(
  parts: Parts,
): Promise<UdeskOutcome<readonly SubscriptionStep['kind'][]>> {
  const { client, wanted } = parts;
  const listed = await client.call('subscriptionList');
  if (!listed.ok) return isNotForUs(listed.failure) && wanted.callback === '' ? success([]) : listed;
  const ours = listed.value.filter(({ name }) => name === wanted.name);
  const identified = isSettled(wanted, ours) ? success(ours) : await withNotedId(parts, ours);
  if (!identified.ok) return identified;
  const steps = subscriptionSteps(wanted, identified.value);
  for (const step of steps) {
    const done = await perform(parts, step);
    if (!done.ok) return done;
  }
  return success(steps.map(({ kind }) => kind));
}

function isSettled(wanted: WantedSubscription, ours: readonly Listed[]): boolean {
  return subscriptionSteps(wanted, ours).every(({ kind }) => kind === 'create');
}

/** One of our name that cannot be changed does not keep us from having one that is right. */
function subscriptionSteps(wanted: WantedSubscription, ours: readonly Listed[]): readonly SubscriptionStep[] {
  if (wanted.callback === '') return ours.map(removal);
  const kept = ours.find((one) => isAsWanted(wanted, one)) ?? ours.find(({ id }) => id !== null);
  const others = ours.filter((one) => one !== kept).map(removal);
  if (kept === undefined) return [{ kind: 'create' }, ...others];
  if (kept.id === null || isAsWanted(wanted, kept)) return others;
  return [{ kind: 'update', id: kept.id }, ...others];
}

function removal({ id }: Listed): SubscriptionStep {
  return id === null ? { kind: 'unchangeable' } : { kind: 'delete', id };
}

function isAsWanted(wanted: WantedSubscription, { callback, events, enable }: Listed): boolean {
  return callback === wanted.callback && enable !== false && isSame(events, wanted.events);
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && others.every((one) => some.includes(one));
}

/** The noted id counts only while the subscription that has it bears our name. */
async function withNotedId(
  { client, wanted, notes }: Parts,
  ours: readonly Listed[],
): Promise<UdeskOutcome<readonly Listed[]>> {
  const id = Number((await notes.readNote(noteOf(wanted))) || Number.NaN);
  const isOfUse = Number.isSafeInteger(id) && ours.some((one) => one.id === null);
  if (!isOfUse || ours.some((one) => one.id === id)) return success(ours);
  const found = await client.call('subscriptionGet', { id });
  if (!found.ok) return found.failure.kind === 'refused' ? success(ours) : failed(found.failure);
  if (found.value.name !== wanted.name) return success(ours);
  const nameless = ours.filter((one) => one.id === null);
  const row = nameless.find((one) => isLike(one, found.value)) ?? nameless[0];
  return success(ours.map((one) => (one === row ? { ...found.value, id } : one)));
}

function isLike(one: Listed, other: Listed): boolean {
  return one.callback === other.callback && one.enable === other.enable && isSame(one.events, other.events);
}

async function perform(parts: Parts, step: SubscriptionStep): Promise<UdeskOutcome<unknown>> {
  const { client, wanted } = parts;
  const { name, callback, events } = wanted;
  switch (step.kind) {
    case 'create':
      return create(parts);
    case 'update':
      return client.call('subscriptionUpdate', { id: step.id, name, callback, events, enable: true });
    case 'delete':
      return client.call('subscriptionDelete', { id: step.id });
    case 'unchangeable':
      return success(undefined);
  }
}

async function create({ client, wanted, notes }: Parts): Promise<UdeskOutcome<unknown>> {
  const { name, callback, events } = wanted;
  const answer = await client.call('subscriptionCreate', { subscriptions: [{ name, callback, events }] });
  if (!answer.ok) return answer;
  const { sub_succ = [], sub_fail = [] } = answer.value ?? {};
  if (sub_fail.length > 0) return failed({ kind: 'refused', status: 200, cause: NOT_TAKEN });
  const id = sub_succ.find((one) => one.name === name)?.id;
  if (id !== undefined && id !== null) await notes.writeNote(noteOf(wanted), String(id));
  return success(undefined);
}

/** An account that may not even list them has none of ours. */
const isNotForUs = ({ kind }: Failure): boolean => kind === 'refused' || kind === 'unauthorized';

const NOT_TAKEN =
  'POST subscriptions: Udesk names ours among those that failed; perhaps it does not know an event, or there are too many';

const noteOf = ({ name }: WantedSubscription) => `udesk subscription ${name}`;
