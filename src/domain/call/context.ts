import type { Instant } from '../identity.ts';
import type { CallRules } from './call.ts';

/** What a decision may know besides call and input: the present instant, and the rules of the call's queue. */
export interface Context {
  readonly now: Instant;
  readonly rules: CallRules;
}
