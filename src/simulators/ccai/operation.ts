import type { Answer } from './answer.ts';
import { callKindOf } from './calls/call-kind.ts';
import { createCall } from './calls/create-call.ts';
import { patchFlags, readFlags } from './customer-flags.ts';
import { type Body, breachesIn } from './parameters.ts';
import type { CallKind } from './state/calls.ts';
import type { World } from './state/world.ts';

export const BASE_PATH = '/apps/api/v1';

/** What can be asked, and told to fail; `unknown-call` is a POST of a call type that is none. */
export type OperationName = `${CallKind}-call` | 'unknown-call' | 'read-flags' | 'patch-flags';

export interface Operation {
  readonly name: OperationName;
  readonly perform: (world: World) => Answer;
  /** What the document's tables do not have. */
  readonly breaches: readonly string[];
}

/** What a request asks for; nothing where there is no such place. */
export function operationOf(method: string, path: string, body: Body): Operation | undefined {
  if (method === 'POST' && path === '/calls') return creation(body);
  const [, digits] = /^\/calls\/(\d+)\/customer_flag$/.exec(path) ?? [];
  return digits === undefined ? undefined : flagging(method, Number(digits), body);
}

function creation(body: Body): Operation {
  const kind = callKindOf(body);
  return {
    name: kind === undefined ? 'unknown-call' : `${kind}-call`,
    perform: (world) => createCall(world, body, kind),
    breaches: kind === undefined ? [] : breachesIn(body, kind),
  };
}

function flagging(method: string, callId: number, body: Body): Operation | undefined {
  switch (method) {
    case 'GET':
      return { name: 'read-flags', perform: (world) => readFlags(world, callId), breaches: [] };
    case 'PATCH': {
      const breaches = breachesIn(body, 'flags');
      return { name: 'patch-flags', perform: (world) => patchFlags(world, callId, body), breaches };
    }
    default:
      return undefined;
  }
}
