import type { SimulatedCall } from '../../src/simulators/movidesk/call-book.ts';
import type { LedgerEntry } from '../../src/simulators/movidesk/ledger.ts';
import { isOffDisk, isSeen, type OfferTruth, type Truth, type VisitTruth } from './truth.ts';

/** One visit and what Movidesk says of it. */
export interface Case {
  readonly number: string;
  readonly visit: VisitTruth;
  readonly call: SimulatedCall;
  readonly truth: Truth;
  readonly ledger: readonly LedgerEntry[];
  readonly maxWaitSeconds: number;
  /** The link that must lead to a file, and whether somebody can be heard there. */
  readonly links: Links;
}

export interface Links {
  linkTo(file: string): string;
  hasSound(file: string): boolean;
}

/** They heard each other. */
export const talkOf = ({ offers }: VisitTruth): OfferTruth | undefined =>
  offers.find(({ connectedAt }) => connectedAt !== undefined);

/** The agent picked up; whether the caller was still there is another matter. */
export const pickUpOf = ({ offers }: VisitTruth): OfferTruth | undefined =>
  offers.find(({ answeredAt }) => answeredAt !== undefined);

/** The daemon did not see it, and the PBX was killed before its diary was on the disk: nobody knows of it. */
export const isForgotten = (at: number, truth: Truth): boolean => !isSeen(at, truth) && isOffDisk(at, truth);

/** Nobody knows that the agent picked up. */
export const isAnswerForgotten = ({ answeredAt, at }: OfferTruth, truth: Truth): boolean =>
  isForgotten(answeredAt ?? at, truth);
