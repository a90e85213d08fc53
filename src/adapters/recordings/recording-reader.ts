import { Readable } from 'node:stream';
import type { Clock } from '../../ports/clock.ts';
import type { OpenRecording, Unreadable } from '../../ports/recordings.ts';
import { faultOf } from './fault-of.ts';
import { inTime } from './in-time.ts';
import type { DiskFile, RecordingsDisk } from './recordings-disk.ts';

// As much as a file stream of Node's reads at a time. Its turn is over with each, so that all who listen get on.
const CHUNK_BYTES = 64 * 1_024;

const SILENT = 'SILENT';
const CUT_SHORT = 'cut short while it was read';

export interface ReaderParts {
  readonly disk: RecordingsDisk;
  readonly clock: Pick<Clock, 'after'>;
}

/** Reads one recording that is open, a chunk at a time, and closes it. */
export class RecordingReader implements Pick<OpenRecording, 'sound' | 'close'> {
  readonly #file: DiskFile;
  readonly #parts: ReaderParts;
  /** What was asked of the disk last. A file that is being read cannot be closed. */
  #reading: Promise<unknown> = Promise.resolve();

  constructor(file: DiskFile, parts: ReaderParts) {
    this.#file = file;
    this.#parts = parts;
  }

  async sound({ first, last }: { first: number; last: number }): Promise<Readable | Unreadable> {
    try {
      return this.#streamOf(await this.#chunk(first, last), { first, last });
    } catch (error) {
      this.close();
      const why = faultOf(error);
      return why === SILENT ? { kind: 'silent' } : { kind: 'closed', why };
    }
  }

  close(): void {
    const close = () => this.#parts.disk.close(this.#file);
    void this.#reading.then(close, close);
  }

  /** Not from a generator: one that was never begun does not clean up, and who asked may be gone by now. */
  #streamOf(begin: Buffer, { first, last }: { first: number; last: number }): Readable {
    let next = first;
    const push = (chunk: Buffer): void => {
      next += chunk.length;
      stream.push(chunk);
    };
    const stream = new Readable({
      highWaterMark: CHUNK_BYTES,
      read: () => {
        if (next === first) push(begin);
        else if (next > last) stream.push(null);
        else
          this.#chunk(next, last).then(push, (error: unknown) =>
            stream.destroy(new Error(`a recording broke off: ${faultOf(error)}`)),
          );
      },
      destroy: (error, done) => {
        this.close();
        done(error);
      },
    });
    return stream;
  }

  /** Rejects where there is none, or not in time. */
  async #chunk(first: number, last: number): Promise<Buffer> {
    const { disk, clock } = this.#parts;
    const into = Buffer.allocUnsafeSlow(Math.min(CHUNK_BYTES, last - first + 1));
    const reading = disk.read(this.#file, into, first);
    this.#reading = reading;
    const bytes = await inTime(reading, { clock, tooLate: () => undefined });
    if (bytes === undefined) throw coded(SILENT);
    if (bytes === 0) throw coded(CUT_SHORT);
    return into.subarray(0, bytes);
  }
}

const coded = (code: string): Error => Object.assign(new Error(code), { code });
