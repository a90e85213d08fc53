/**
 * What a value is, as data: from it follow the type of an argument and of an answer's field (`table-types.ts`), how the
 * one is written (`writing.ts`) and how the other is read (`reading.ts`).
 */
export type Kind =
  | { readonly is: 'text' }
  | { readonly is: 'number' }
  | { readonly is: 'boolean' }
  | { readonly is: 'instant' }
  | Words
  | { readonly is: 'list'; readonly of: Kind }
  | { readonly is: 'object'; readonly fields: Kinds }
  | { readonly is: 'anything' }
  | { readonly is: 'optional'; readonly of: Kind };

/** Kinds by the document's name of their parameter or field. One that is not `optional` is required where it is sent. */
export type Kinds = Readonly<Record<string, Kind>>;

/** One of these words. Blanks, hyphens, underscores and case do not tell two of them apart. */
export interface Words {
  readonly is: 'words';
  readonly words: readonly string[];
  /** What stands before the word where it is sent, and may stand there where it is read. */
  readonly prefix: string;
  /** Other words for some of them, understood where they are read. */
  readonly also: Readonly<Record<string, string>>;
}

export const text = { is: 'text' } as const;
export const number = { is: 'number' } as const;
export const boolean = { is: 'boolean' } as const;
/** ISO 8601 on the wire, milliseconds since the epoch with us. */
export const instant = { is: 'instant' } as const;
/** The document shows that it is there, and nothing of what is in it. */
export const anything = { is: 'anything' } as const;

export const list = <const Of extends Kind>(of: Of) => ({ is: 'list', of }) as const;
export const object = <const Fields extends Kinds>(fields: Fields) => ({ is: 'object', fields }) as const;
export const optional = <const Of extends Kind>(of: Of) => ({ is: 'optional', of }) as const;
export const oneOf = <const All extends readonly string[]>(
  words: All,
  {
    prefix = '',
    also = {},
  }: { readonly prefix?: string; readonly also?: Readonly<Record<string, string>> } = {},
) => ({ is: 'words', words, prefix, also }) as const;
