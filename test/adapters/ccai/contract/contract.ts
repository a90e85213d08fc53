import type { OPERATIONS, OperationName } from '../../../../src/adapters/ccai/operations.ts';
import type { Outcome } from '../../../../src/ports/failure.ts';
import type { Changes, Platform } from './platform.ts';

/** How things stand at the platform, and what is asked then. */
export interface Asking {
  readonly stage?: Changes;
  readonly prepare?: (platform: Platform) => unknown;
  readonly ask: (platform: Platform) => Promise<Outcome<unknown>>;
}

/** Everything that the operation can be told, at once. */
interface Whole<Parameter extends string> extends Asking {
  readonly path: string;
  /** What must travel, under the document's names; nothing without a body. */
  readonly sent: Readonly<Record<Parameter, unknown>> | undefined;
  /** What the platform has understood of it. */
  readonly became: (platform: Platform) => unknown;
  readonly becomes: object;
}

interface Least extends Asking {
  readonly sent: Readonly<Record<string, unknown>>;
}

interface Answering extends Asking {
  readonly status: number;
  readonly answer: object;
}

export interface Refusing extends Asking {
  /** 400 where nothing is said. */
  readonly status?: number;
  /** The document's message. */
  readonly says: string;
  /** What the client reads out of it. */
  readonly names?: object;
}

/**
 * One operation with each row of its table: what it takes, answers, and may refuse with. A row that is added to the table
 * does not compile until it has its case here, and each case is played against the simulator. So `docs/ccai.md` may call
 * tested whatever is in a contract.
 */
export interface Contract<Parameter extends string, Status extends string, Code extends string> {
  readonly whole: Whole<Parameter>;
  /** With what must be there alone; nothing where nothing may be left out. */
  readonly least?: Least;
  readonly answers: Readonly<Record<Status, Answering>>;
  readonly refusals: Readonly<Record<Code, Refusing>>;
}

export type ContractOf<Name extends OperationName> = Contract<
  ParameterOf<Name>,
  keyof Row<Name>['answers'] & string,
  RefusalOf<Name>
>;

export type RefusalOf<Name extends OperationName> = Row<Name>['refusals'][number];

export type ParameterOf<Name extends OperationName> =
  | (Row<Name> extends { readonly callType: string } ? 'call_type' : never)
  | (Row<Name> extends { readonly body: infer Body } ? keyof Body & string : never)
  // The document's other spelling.
  | (Name extends 'setCustomerFlags' ? 'repeat_customers' : never);

type Row<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** An answer that the document has, and that nothing at the platform leads to. */
export const told = (status: number, message: string) => ({
  prepare: ({ simulator }: Platform) =>
    simulator.faults.add('any', { status, body: JSON.stringify({ message }) }),
});

/** The document's table of common answers; its examples have none of these two. */
export const MISSING_PARAMETER =
  'Missing parameter - check to ensure that the required parameters have been added';
export const RESOURCE_NOT_FOUND = 'Resource not found';

export const WRONG_SUBDOMAIN: Changes = { client: { subdomain: 'elsewhere' } };
