/**
 * What a value is, as data: from it follow the type an argument must have, the type a result has (`operation-types.ts`)
 * and how an answer is read (`reading.ts`). The document's `string (digits)`, `uuid`, `url` and the like are all text.
 */
export type Kind =
  | { readonly is: 'text' }
  | { readonly is: 'number'; readonly meanings: readonly string[] }
  | { readonly is: 'boolean' }
  | { readonly is: 'word'; readonly words: readonly string[] }
  | { readonly is: 'list'; readonly of: Kind }
  | { readonly is: 'map' }
  | { readonly is: 'object'; readonly fields: Kinds }
  | { readonly is: 'text-in'; readonly field: string }
  | { readonly is: 'or-default'; readonly of: Kind }
  | { readonly is: 'optional'; readonly of: Kind }
  | { readonly is: 'subscription-ids' }
  | { readonly is: 'anything' }
  | { readonly is: 'nothing' };

/** Kinds by the name of their parameter or field. One that is not `optional` is required where it is sent. */
export type Kinds = Readonly<Record<string, Kind>>;

export const text = { is: 'text' } as const;
/** Instants too: the document's examples of them are milliseconds since the epoch, 0 where it never happened. */
export const number = { is: 'number', meanings: [] } as const;
export const boolean = { is: 'boolean' } as const;
export const map = { is: 'map' } as const;
/** A field that the document calls meaningless. */
export const anything = { is: 'anything' } as const;
/** An operation that answers with nothing beside its code. */
export const nothing = { is: 'nothing' } as const;
/** The ids of subscriptions, which come as `[{"SubId": 7, "name": "sub1"}]` or `{"sub1": 7}`. */
export const subscriptionIds = { is: 'subscription-ids' } as const;

/** A number that stands for the text at its place in the list. */
export const numberMeaning = (meanings: readonly string[]) => ({ is: 'number', meanings }) as const;
/** One of these words where it is sent; any text where it is read, for the far side's words grow. */
export const oneOf = <const Words extends readonly string[]>(...words: Words) =>
  ({ is: 'word', words }) as const;
export const list = <const Of extends Kind>(of: Of) => ({ is: 'list', of }) as const;
export const object = <const Fields extends Kinds>(fields: Fields) => ({ is: 'object', fields }) as const;
/** Text that may come wrapped in an object, under this name. */
export const textIn = (field: string) => ({ is: 'text-in', field }) as const;
/** The thing itself or the word `default`. */
export const orDefault = <const Of extends Kind>(of: Of) => ({ is: 'or-default', of }) as const;
/** May be left out where it is sent; may be missing or unreadable where it is the whole result. */
export const optional = <const Of extends Kind>(of: Of) => ({ is: 'optional', of }) as const;
