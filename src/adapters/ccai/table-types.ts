import type { Kind, Kinds } from './kind.ts';

/** `end_user_number` is `endUserNumber` with us. */
export type OurName<Name extends string> = Name extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<OurName<Tail>>}`
  : Name;

/** The parameters of a row, as they are handed in. */
export type SentFields<Fields extends Kinds> = Flat<
  {
    readonly [Name in keyof Fields & string as Fields[Name] extends { is: 'optional' }
      ? never
      : OurName<Name>]: Sent<Fields[Name]>;
  } & {
    readonly [Name in keyof Fields & string as Fields[Name] extends { is: 'optional' }
      ? OurName<Name>
      : never]?: Sent<Fields[Name]> | undefined;
  }
>;

/** Every documented field is there; null where the answer had none or something else. A missing list is an empty one. */
export type ReadFields<Fields extends Kinds> = {
  readonly [Name in keyof Fields & string as OurName<Name>]: Fields[Name] extends { is: 'list' }
    ? Read<Fields[Name]>
    : Read<Fields[Name]> | null;
};

type Sent<K extends Kind> = K extends { is: 'optional'; of: infer Of extends Kind } ? Sent<Of> : Plain<K>;

type Read<K extends Kind> = K extends { is: 'list'; of: infer Of extends Kind }
  ? readonly Read<Of>[]
  : K extends { is: 'object'; fields: infer Fields extends Kinds }
    ? ReadFields<Fields>
    : Plain<K>;

type Plain<K extends Kind> = K extends { is: 'text' }
  ? string
  : K extends { is: 'number' | 'instant' }
    ? number
    : K extends { is: 'boolean' }
      ? boolean
      : K extends { is: 'words'; words: readonly (infer Word)[] }
        ? Word
        : unknown;

/** One object type instead of an intersection, so that a message names what is missing. */
export type Flat<Fields> = { readonly [Name in keyof Fields]: Fields[Name] };
