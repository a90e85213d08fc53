import { EXIT } from './exit-codes.ts';

/** As far of a stream as it takes; stdout and stderr are such. */
export interface Printing {
  write(text: string, done: () => void): unknown;
  on(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
  off(event: 'error', listener: (error: NodeJS.ErrnoException) => void): unknown;
}

/**
 * Whether what a command prints arrives. A reader who has seen enough (`check | head`) is no fault of anybody's, and no
 * reason to fall over; a disk that takes no more of it is told at the end, lest a script take half a list for the whole.
 */
export class Printed implements Disposable {
  readonly #unread = new AbortController();
  readonly #out: Printing;
  readonly #complaints: Printing;
  #lostBecause: string | undefined;

  constructor(out: Printing = process.stdout, complaints: Printing = process.stderr) {
    this.#out = out;
    this.#complaints = complaints;
    out.on('error', this.#onError);
    complaints.on('error', ignore);
  }

  /** Aborted when nobody reads on. */
  get unread(): AbortSignal {
    return this.#unread.signal;
  }

  /** The code with which to end a command that would end with this one, once all that it printed is out. */
  async exitCode(code: number): Promise<number> {
    // What went wrong with earlier lines is told before this one is done.
    await new Promise<void>((resolve) => {
      this.#out.write('', () => resolve());
    });
    if (this.#lostBecause === undefined) return code;
    console.error(
      `asterisk-movidesk: what was to be printed could not be written (${this.#lostBecause}); make room there.`,
    );
    return code === EXIT.OK ? EXIT.UNDONE : code;
  }

  [Symbol.dispose](): void {
    this.#out.off('error', this.#onError);
    this.#complaints.off('error', ignore);
  }

  readonly #onError = ({ code, message }: NodeJS.ErrnoException): void => {
    if (code === 'EPIPE') this.#unread.abort();
    else this.#lostBecause = code ?? message;
  };
}

// There is nowhere left to tell it.
const ignore = (): void => {};
