import type { CcaiCall } from './call-object.ts';
import type { CustomerFlags } from './customer-flags.ts';
import type { Kinds } from './kind.ts';
import type { OPERATIONS, OperationName } from './operations.ts';
import type { CcaiRefusal } from './refusal.ts';
import type { Flat, SentFields } from './table-types.ts';

/** What an operation takes in its body: every parameter of its row. */
export type ArgumentsOf<Name extends OperationName> =
  Row<Name> extends { readonly body: infer Fields extends Kinds } ? SentFields<Fields> : never;

/** What an operation answers: each answer that the document has is a value. */
export type AnswerOf<Name extends OperationName> =
  | Told<Row<Name>['answers'][keyof Row<Name>['answers']] & keyof Tellings>
  | { readonly kind: 'refused'; readonly why: CcaiRefusal };

type Row<Name extends OperationName> = (typeof OPERATIONS)[Name];
type Told<Kind extends keyof Tellings> = {
  [One in Kind]: Flat<{ readonly kind: One } & Tellings[One]>;
}[Kind];

interface Tellings {
  /** 201. */
  readonly created: { readonly call: CcaiCall };
  /** 202: taken, and the agent must go on by hand in the widget. */
  readonly 'needs-agent': unknown;
  /** 200: the agent must choose the number to call out with. Who is to be called whom, as it was understood there. */
  readonly 'needs-outbound-number': { readonly request: OutboundRequest };
  readonly flags: { readonly flags: CustomerFlags };
  readonly set: unknown;
}

interface OutboundRequest {
  readonly callType: string | null;
  readonly agentEmail: string | null;
  readonly endUserNumber: string | null;
  readonly lang: string | null;
}
