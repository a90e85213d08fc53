/** The keys in which the empty text means none: `undefined` for whoever uses them. */
export type OrNone<Group, Key extends keyof Group> = Omit<Group, Key> & {
  readonly [Name in Key]: string | undefined;
};

export const orNone = (text: string): string | undefined => (text === '' ? undefined : text);
