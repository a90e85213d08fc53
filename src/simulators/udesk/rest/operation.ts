import type { Fields, ValuesOf } from '../fields.ts';
import type { Refusal } from '../refusal.ts';
import type { Account } from '../state/account.ts';
import type { Application } from '../state/application.ts';

/**
 * How an answer is written: `result` is ErrCode, ErrDesc and Result; `message` has msg_id, results and data beside the
 * code; `control` is code, message, results; `beside` puts the result's own keys beside the code.
 */
export type Shape = 'result' | 'message' | 'control' | 'beside';

interface Common {
  readonly account: Account;
  /** What the path names, as `AgentId` in `agents/{AgentId}`. */
  readonly path: Readonly<Record<string, string>>;
  /** Writes down what the document does not allow, though it is answered. */
  readonly object: (breach: string) => void;
}

export interface RestRequest extends Common {
  readonly application: Application | undefined;
  readonly values: unknown;
}

export type Result = Refusal | string | object | null;

/** One operation of the document: what it wants, and what it does. */
export interface RestOperation {
  readonly app: 'AppId' | 'app_id' | 'none';
  readonly fields: Fields | undefined;
  /** Whether there is to be a body: as JSON, not at all, or as one likes, unread. */
  readonly body: 'json' | 'none' | 'ignored';
  readonly shape: Shape;
  readonly desc: string;
  readonly perform: (request: RestRequest) => Result;
}

interface Wants<F extends Fields> {
  /** The body's; without them there is to be no body. */
  readonly fields?: F;
  readonly body?: 'ignored';
  readonly shape?: Shape;
  /** ErrDesc of a success, where the document's example has something else than OK. */
  readonly desc?: string;
}

interface InApplication<F extends Fields> extends Wants<F> {
  readonly app?: 'AppId' | 'app_id';
  readonly act: (
    request: Common & { readonly application: Application; readonly body: ValuesOf<F> },
  ) => Result;
}

interface InAccount<F extends Fields> extends Wants<F> {
  readonly act: (request: Common & { readonly body: ValuesOf<F> }) => Result;
}

/** An operation on one application. */
export function operation<F extends Fields>({
  app = 'AppId',
  act,
  ...wants
}: InApplication<F>): RestOperation {
  return {
    ...common(app, wants),
    perform({ application, values, ...rest }) {
      if (application === undefined)
        throw new Error('the reception let a request in without its application');
      return act({ ...rest, application, body: values as ValuesOf<F> });
    },
  };
}

/** An operation that names no application. */
export function accountOperation<F extends Fields>({ act, ...wants }: InAccount<F>): RestOperation {
  return {
    ...common('none', wants),
    perform: ({ values, ...rest }) => act({ ...rest, body: values as ValuesOf<F> }),
  };
}

function common<F extends Fields>(app: RestOperation['app'], wants: Wants<F>) {
  const { fields, shape = 'result', desc = 'OK' } = wants;
  const body = wants.body ?? (fields === undefined ? ('none' as const) : ('json' as const));
  return { app, fields, body, shape, desc };
}
