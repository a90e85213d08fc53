import { spansToLookAt } from '../domain/recording/link-repair.ts';
import type { CallRecords, EndedWithLink } from '../ports/call-records.ts';
import type { Clock } from '../ports/clock.ts';
import type { Log } from '../ports/log.ts';
import type { RecordingSearch, WantedRecording } from '../ports/recording-search.ts';
import type { RecordingsFound } from './input.ts';
import { Patrol } from './patrol.ts';

// Looks are minutes and hours after a call's end: nobody misses this minute.
const EVERY_MS = 60_000;

// Our choice: as many files as are ever looked through take less on a disk that works. One that is away answers never.
const SLOW_AFTER_MS = 5 * 60_000;

const SEE_DISK =
  'see whether the disk of recordings.folder answers (df -h); where it does and is slow, remove old recordings, or let pathTemplate and pbxPathTemplate name their places';

export interface LinkRepairsParts {
  readonly search: RecordingSearch;
  readonly records: Pick<CallRecords, 'endedWithin'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  readonly push: (found: RecordingsFound) => void;
}

/**
 * Looks, some time after the end of a call, where its recording is by now: it may have been converted or moved, or nobody
 * may have seen its name. What is kept of calls is asked each time; nothing need be remembered but when that was last done.
 */
export class LinkRepairs {
  readonly #parts: LinkRepairsParts;
  readonly #patrol: Patrol;
  #lastLook: number | undefined;
  #isLooking = false;
  #isFailing = false;
  #isSlow = false;
  #stopWaiting: () => void = () => {};

  constructor(parts: LinkRepairsParts) {
    this.#parts = parts;
    this.#patrol = new Patrol(parts.clock, EVERY_MS, () => void this.#look());
  }

  /**
   * At once: much may have come due while nobody looked. The PBX need not be linked: what it tells later of calls that ended
   * meanwhile has its looks after that.
   */
  start(): void {
    void this.#look();
    this.#patrol.start();
  }

  /** What a look under way finds is for the next start to find. */
  stop(): void {
    this.#patrol.stop();
    this.#stopWaiting();
  }

  async #look(): Promise<void> {
    // A disk on another machine may take its time.
    if (this.#isLooking) return;
    this.#isLooking = true;
    try {
      await this.#lookOnce();
      this.#isFailing = false;
    } catch (error) {
      this.#sayItFails(error);
    } finally {
      this.#isLooking = false;
    }
  }

  async #lookOnce(): Promise<void> {
    const { records, clock, push } = this.#parts;
    const now = clock.now();
    const spans = spansToLookAt(this.#lastLook, now);
    const ended = await records.endedWithin(spans);
    const found = ended.length === 0 ? undefined : await this.#search([...byCall(ended).values()]);
    // A disk takes minutes at times. Whoever was forgotten meanwhile must stay so: a number may stand in a file's name.
    const kept = found === undefined ? [] : unchanged(ended, await records.endedWithin(spans));
    this.#lastLook = now;
    const recordings = kept.flatMap((one) => {
      const where = found?.get(one.call.callId);
      return where === undefined ? [] : [{ ...one, found: where }];
    });
    if (recordings.length > 0) push({ kind: 'recordings-found', recordings });
  }

  async #search(ended: readonly EndedWithLink[]): ReturnType<RecordingSearch> {
    const { clock, search } = this.#parts;
    const startedAt = clock.monotonic();
    this.#stopWaiting = clock.after(SLOW_AFTER_MS, () => this.#sayItIsSlow());
    try {
      return await search(ended.flatMap(wantedOf));
    } finally {
      this.#stopWaiting();
      if (clock.monotonic() - startedAt < SLOW_AFTER_MS) this.#isSlow = false;
    }
  }

  /** Once, until a look is quick again. */
  #sayItIsSlow(): void {
    if (!this.#isSlow)
      this.#parts.log.warn(
        { minutes: SLOW_AFTER_MS / 60_000, remedy: SEE_DISK },
        'recordings are still being looked for: until that is done links stay as they are',
      );
    this.#isSlow = true;
  }

  #sayItFails(error: unknown): void {
    if (!this.#isFailing)
      this.#parts.log.warn({ why: codeOf(error) }, 'recordings cannot be looked for: links stay as they are');
    this.#isFailing = true;
  }
}

/** After a pause the spans may overlap. */
const byCall = (all: readonly EndedWithLink[]): ReadonlyMap<string, EndedWithLink> =>
  new Map(all.map((one) => [one.call.callId, one]));

/** Those that are kept as they were: nothing of them was erased, and none was told another link. */
function unchanged(
  before: readonly EndedWithLink[],
  after: readonly EndedWithLink[],
): readonly EndedWithLink[] {
  const now = byCall(after);
  return [...byCall(before).values()].filter(
    (one) => JSON.stringify(now.get(one.call.callId)) === JSON.stringify(one),
  );
}

function wantedOf({ call }: EndedWithLink): readonly WantedRecording[] {
  const { callId, uniqueid, queue, enteredAt: callAt, recorded } = call;
  if (recorded === undefined) return [];
  const { file, extension } = recorded;
  return [{ callId, uniqueid, queue, callAt, file, extension }];
}

/** Not the message: a file's name stands in it, which may hold a caller's number. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
