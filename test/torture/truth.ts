/** What really happened in a round, as the PBX showed it to the witness. Instants are of this machine's wall clock. */
export interface Truth {
  readonly callers: readonly CallerTruth[];
  /** When the daemon was alive, linked and reconciled, and so could see. In order; the last one may be open. */
  readonly sight: readonly Span[];
  /** When the daemon was killed, or told to stop. */
  readonly deaths: readonly number[];
  /** When the PBX was killed (`abrupt`) or stopped. */
  readonly pbxDeaths: readonly { readonly at: number; readonly abrupt: boolean }[];
  /** Offers of ours to a phone that had a call. */
  readonly secondOffers: readonly string[];
  /** The longest for which the machine did nothing for us: by so much all may be late. */
  readonly stallMs: number;
}

// From an event until the daemon has it on the disk, on a machine that has time for it.
const KNOWN_AFTER_MS = 300;

/** How long something must have stood before the daemon's eyes to be known for sure. */
export const knownAfterMs = ({ stallMs }: Pick<Truth, 'stallMs'>): number => KNOWN_AFTER_MS + 2 * stallMs;

/** The daemon saw it, and had the time to put it on the disk. */
export const isSeen = (at: number, truth: Pick<Truth, 'sight' | 'stallMs'>): boolean =>
  truth.sight.some(({ from, to }) => from <= at && at <= to - knownAfterMs(truth));

export interface Span {
  readonly from: number;
  readonly to: number;
}

export interface CallerTruth {
  readonly number: string;
  readonly uniqueid: string;
  /** One for each time that they entered a queue of ours. */
  readonly visits: readonly VisitTruth[];
}

export interface VisitTruth {
  readonly queueId: number;
  readonly enteredAt: number;
  readonly offers: readonly OfferTruth[];
  /** They heard that nobody comes: sent there by us (`lost`), or by us or the dialplan (`fallback`). */
  readonly sentAway: { readonly at: number; readonly to: 'lost' | 'fallback' } | undefined;
  /** File and time of the message they left. */
  readonly message: { readonly at: number; readonly file: string } | undefined;
  readonly end: { readonly at: number; readonly how: 'hung-up' | 'entered-again' | 'pbx-died' };
}

export interface OfferTruth {
  readonly extension: string;
  readonly at: number;
  /** The agent picked up. */
  readonly answeredAt: number | undefined;
  /** Caller and agent stood in one bridge: they heard each other. */
  readonly connectedAt: number | undefined;
  /** File that the talk was recorded to. */
  readonly recording: string;
}

// Asterisk puts its database on the disk once a second (db.c, db_sync_thread): killed before, it has forgotten.
const ON_DISK_AFTER_MS = 1_500;

/** What was written into the PBX's database then was lost when it was killed. */
export const isOffDisk = (at: number, { pbxDeaths }: Pick<Truth, 'pbxDeaths'>): boolean =>
  pbxDeaths.some((death) => death.abrupt && death.at >= at && death.at - at < ON_DISK_AFTER_MS);
