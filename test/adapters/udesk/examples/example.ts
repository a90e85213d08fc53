import type { CallArguments, ResultOf } from '../../../../src/adapters/udesk/operation-types.ts';
import type { Operation } from '../../../../src/adapters/udesk/operations/operation.ts';
import type { OperationName } from '../../../../src/adapters/udesk/operations.ts';
import { APP_ID, SID, SIGN } from '../udesk-server.ts';

/** One operation called, seen from both ends: the document's own example where it has one, else one made of its table. */
export interface Example<Name extends OperationName> {
  readonly given: CallArguments<Name>;
  readonly sent: {
    readonly method: Operation['method'];
    readonly path: string;
    readonly query: Readonly<Record<string, string>>;
    /** Undefined where no body is sent at all. */
    readonly body: unknown;
  };
  readonly answer: unknown;
  readonly result: ResultOf<Name>;
}

export type Examples<Name extends OperationName> = { readonly [N in Name]: Example<N> };

export const CONTROL_QUERY = { Timestamp: '1566446286', Sid: SID, Sign: SIGN };
export const QUERY = { ...CONTROL_QUERY, AppId: APP_ID };
export const DONE = { ErrCode: '000000', ErrDesc: 'OK', Result: null };
export const answered = (result: unknown) => ({ ErrCode: '000000', ErrDesc: 'OK', Result: result });
