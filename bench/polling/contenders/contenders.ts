import type { SpendingPolicy } from '../../../src/domain/budget/spending.ts';
import type { Oracle } from '../oracle.ts';
import { clairvoyant } from './clairvoyant.ts';
import { headOnly } from './head-only.ts';
import { perCaller } from './per-caller.ts';

/** A way to spend the limit. */
export interface Contender {
  readonly name: string;
  /** Knows what nobody can. */
  readonly isClairvoyant: boolean;
  /** Whether Movidesk limits it. */
  readonly hasLimit: boolean;
  /** Nothing: the daemon's own. */
  readonly policy: ((oracle: Oracle) => SpendingPolicy) | undefined;
}

const FIELD = { isClairvoyant: false, hasLimit: true } as const;

export const OURS: Contender = { ...FIELD, name: 'ours', policy: undefined };

export const SAME_LIMIT: Contender = {
  name: 'clairvoyant, same limit',
  isClairvoyant: true,
  hasLimit: true,
  policy: (oracle) => clairvoyant(oracle, { hasLimit: true }),
};

export const NO_LIMIT: Contender = {
  name: 'clairvoyant, no limit',
  isClairvoyant: true,
  hasLimit: false,
  policy: (oracle) => clairvoyant(oracle, { hasLimit: false }),
};

export const CONTENDERS: readonly Contender[] = [
  { ...FIELD, name: 'per caller, every 5 s', policy: () => perCaller(5_000) },
  { ...FIELD, name: 'per caller, every 10 s', policy: () => perCaller(10_000) },
  { ...FIELD, name: 'head only, fixed spacing', policy: headOnly },
  OURS,
  SAME_LIMIT,
  NO_LIMIT,
];
