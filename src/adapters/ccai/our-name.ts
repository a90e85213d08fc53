import type { OurName } from './table-types.ts';

/** The name that a parameter or field of the document has with us. */
export function ourName<Name extends string>(name: Name): OurName<Name> {
  // The type says the same of the name as this does; no compiler can see it.
  return name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase()) as OurName<Name>;
}
