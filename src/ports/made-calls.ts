import type { CallId } from '../domain/identity.ts';
import type { CallWish, WishProblem } from '../domain/made-call/wish.ts';

/** What came of somebody's wish that an agent calls a customer. */
export type MakeCallAnswer =
  /** The agent's phone rings; or it did already, for the same call, and nobody is rung twice. */
  | { readonly kind: 'made'; readonly callId: CallId }
  /** The wish makes no sense, or may not be. */
  | { readonly kind: 'refused'; readonly why: WishProblem }
  /** The agent is in a call that they made, or is being sent a caller; or has made as many as they may. */
  | { readonly kind: 'in-a-call' | 'too-many'; readonly retryAfterMs: number }
  /** The PBX could not be asked, or does not do it; the log says why. */
  | { readonly kind: 'unavailable' }
  /** The PBX was asked and did not answer: perhaps the agent's phone rings. */
  | { readonly kind: 'unknown' };

/** Rings an agent, and then the customer. Never rejects; answers within some seconds. */
export type MakeCall = (wish: CallWish) => Promise<MakeCallAnswer>;
