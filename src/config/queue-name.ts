import { matching, type Rule } from './rules.ts';

/** The name of a queue: two characters at least, for Asterisk keeps names of one for itself (`h`, `i`, `t`). */
export const queueName = (): Rule<string> =>
  matching('2 to 64 letters, digits, dashes and underscores', /^[A-Za-z0-9_-]{2,64}$/);
