import type { PlaceCall } from '../state/place-call.ts';
import { APPLICATIONS } from './applications.ts';
import { CALL_RECORDS } from './call-records.ts';
import { callOperations } from './calls.ts';
import { DIAL_TASKS } from './dial-tasks.ts';
import { EXTENSIONS } from './extensions.ts';
import type { RestOperation } from './operation.ts';
import { QUEUES } from './queues.ts';
import { RELAY_NUMBERS } from './relay-numbers.ts';
import { SEAT_BINDINGS } from './seat-bindings.ts';
import { SEAT_PRESENCE } from './seat-presence.ts';
import { SEATS } from './seats.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';
import { VOICES_AND_ROUTERS } from './voices.ts';

/**
 * The operations, written from the vendor's document and from nothing of ours: the simulator must not learn from the
 * client what it is to check. `cc_ad_task/…`, which the document has among them, goes the other way: Udesk asks us.
 */
export function allOperations(placeCall: PlaceCall) {
  return {
    ...APPLICATIONS,
    ...RELAY_NUMBERS,
    ...SEATS,
    ...SEAT_BINDINGS,
    ...SEAT_PRESENCE,
    ...QUEUES,
    ...EXTENSIONS,
    ...VOICES_AND_ROUTERS,
    ...callOperations(placeCall),
    ...DIAL_TASKS,
    ...SUBSCRIPTIONS,
    ...CALL_RECORDS,
  };
}

/** A method and a path as the document writes them, as in `POST agents`. */
export type OperationName = keyof ReturnType<typeof allOperations>;

/** "https://{host}/{Type}/{version}/{api}". */
export const BASE_PATH = '/ccapi/v2';

export interface Found {
  readonly name: OperationName;
  readonly operation: RestOperation;
  readonly path: Readonly<Record<string, string>>;
}

type Table = Readonly<Record<OperationName, RestOperation>>;

/** The operation, or the status that a web server has for what is not there. */
export function findOperation(table: Table, method: string, path: string): Found | 404 | 405 {
  const api = path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length + 1) : '';
  const fitting = (Object.keys(table) as OperationName[]).flatMap((name) => {
    const [itsMethod = '', template = ''] = name.split(' ');
    const values = match(template, api);
    return values === undefined ? [] : [{ name, method: itsMethod, values }];
  });
  // `agents/statelogs` is no seat: what is written out goes before what is left open.
  const plainest = Math.min(...fitting.map(({ values }) => Object.keys(values).length));
  const candidates = fitting.filter(({ values }) => Object.keys(values).length === plainest);
  if (candidates.length === 0) return 404;
  const found = candidates.find((candidate) => candidate.method === method);
  if (found === undefined) return 405;
  return { name: found.name, operation: table[found.name], path: found.values };
}

function match(template: string, api: string): Record<string, string> | undefined {
  const [wanted, given] = [template.split('/'), api.split('/')];
  if (wanted.length !== given.length) return undefined;
  const values: Record<string, string> = {};
  for (const [at, part] of wanted.entries()) {
    const segment = given[at] ?? '';
    const name = /^\{(\w+)\}$/.exec(part)?.[1];
    if (name === undefined && part !== segment) return undefined;
    if (name !== undefined) values[name] = decodedOrBare(segment);
  }
  return values;
}

function decodedOrBare(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
