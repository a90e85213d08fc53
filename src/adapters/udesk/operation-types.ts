import type { Kind, Kinds } from './operations/kind.ts';
import type { OPERATIONS, OperationName } from './operations.ts';

/** What an operation takes: every parameter of its row, wherever it travels. */
export type ArgumentsOf<Name extends OperationName> = Closed<
  Flat<InPath<Row<Name>['path']> & In<Row<Name>, 'query'> & In<Row<Name>, 'body'>>
>;

/** What an operation answers with; null where the document promises nothing. */
export type ResultOf<Name extends OperationName> = Read<Row<Name>['result']>;

/** The arguments of a call: they may be left out as a whole where none of them is required. */
export type CallArguments<Name extends OperationName> =
  Readonly<Record<never, never>> extends ArgumentsOf<Name>
    ? [given?: ArgumentsOf<Name>]
    : [given: ArgumentsOf<Name>];

type Row<Name extends OperationName> = (typeof OPERATIONS)[Name];

/** Ids that came as numbers go into a path as they are. */
type InPath<Path extends string> = Readonly<Record<NamesIn<Path>, string | number>>;
type NamesIn<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | NamesIn<Rest>
  : never;

type In<AnyRow, Place extends string> =
  AnyRow extends Readonly<Record<Place, infer Found extends Kinds>> ? SentFields<Found> : unknown;

/** The type of what is sent as this kind. */
type Sent<K extends Kind> = K extends { is: 'text' }
  ? string
  : K extends { is: 'number' }
    ? number
    : K extends { is: 'boolean' }
      ? boolean
      : K extends { is: 'word'; words: readonly (infer Word)[] }
        ? Word
        : K extends { is: 'list'; of: infer Of extends Kind }
          ? readonly Sent<Of>[]
          : K extends { is: 'object'; fields: infer Fields extends Kinds }
            ? Flat<SentFields<Fields>>
            : K extends { is: 'or-default'; of: infer Of extends Kind }
              ? Sent<Of> | 'default'
              : never;

type SentFields<Fields extends Kinds> = {
  readonly [Name in keyof Fields as Fields[Name] extends { is: 'optional' } ? never : Name]: Sent<
    Fields[Name]
  >;
} & {
  readonly [Name in keyof Fields as Fields[Name] extends { is: 'optional' } ? Name : never]?:
    | Sent<Wanted<Fields[Name]>>
    | undefined;
};

/** The kind that may be left out. */
type Wanted<K extends Kind> = K extends { is: 'optional'; of: infer Of extends Kind } ? Of : K;

/** The type that `read` makes of this kind. */
type Read<K extends Kind> = K extends { is: 'text' | 'word' | 'text-in' }
  ? string
  : K extends { is: 'number' }
    ? number
    : K extends { is: 'boolean' }
      ? boolean
      : K extends { is: 'list'; of: infer Of extends Kind }
        ? readonly Read<Of>[]
        : K extends { is: 'map' }
          ? Readonly<Record<string, unknown>>
          : K extends { is: 'object'; fields: infer Fields extends Kinds }
            ? ReadFields<Fields>
            : K extends { is: 'or-default'; of: infer Of extends Kind }
              ? Read<Of> | 'default'
              : K extends { is: 'optional'; of: infer Of extends Kind }
                ? Read<Of> | null
                : K extends { is: 'subscription-ids' }
                  ? readonly SubscriptionId[]
                  : K extends { is: 'nothing' }
                    ? null
                    : unknown;

/** Every documented field is there; null where the answer had none or something else. A missing list is an empty one. */
type ReadFields<Fields extends Kinds> = {
  readonly [Name in keyof Fields]: Fields[Name] extends { is: 'list' }
    ? Read<Fields[Name]>
    : Read<Fields[Name]> | null;
};

export interface SubscriptionId {
  readonly SubId: number;
  readonly name: string;
}

/** One object type instead of an intersection, so that a message names what is missing. */
type Flat<Fields> = { readonly [Name in keyof Fields]: Fields[Name] };
/** Without any parameter, an object type would let every property pass. */
type Closed<Fields> = keyof Fields extends never ? Readonly<Record<string, never>> : Fields;
