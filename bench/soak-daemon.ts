import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../src/main.ts', import.meta.url));
const PROBE = new URL('heap-probe.ts', import.meta.url).href;

/**
 * V8 goes on compiling and taking notes on what it runs for the first hour, about a megabyte in all, which would hide what
 * the daemon holds on to. So it is told to take its notes at the first call of each function, and to compile no further.
 */
const SETTLED_CODE = ['--no-lazy-feedback-allocation', '--no-flush-bytecode', '--no-opt', '--no-maglev'];

/** What is left of the heap after a full collection. */
export interface Collection {
  readonly at: number;
  readonly heapMb: number;
}

/** The real process, as `run` starts it, with a probe of its heap beside it. */
export class SoakDaemon {
  readonly collections: Collection[] = [];
  readonly #child: ChildProcess;
  readonly #counts = { warn: 0, error: 0 };
  /** The latest errors, for whoever has to find out. */
  readonly errors: string[] = [];

  constructor(env: Readonly<Record<string, string>>, { asIs }: { asIs: boolean }) {
    const flags = ['--expose-gc', ...(asIs ? [] : SETTLED_CODE)];
    this.#child = spawn(process.execPath, [...flags, '--import', PROBE, MAIN, 'run'], {
      env: { PATH: '', ...env },
      stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
    });
    const [, log, , heap] = this.#child.stdio;
    eachLine(log, (line) => this.#note(line));
    eachLine(heap, (line) => this.collections.push({ at: Date.now(), heapMb: Number(line) / 1_048_576 }));
    process.once('exit', () => this.#child.kill('SIGKILL'));
  }

  get isRunning(): boolean {
    return this.#child.exitCode === null && this.#child.signalCode === null;
  }

  get warnings(): number {
    return this.#counts.warn;
  }

  get errorCount(): number {
    return this.#counts.error;
  }

  /** Resident memory, as the kernel counts it. */
  get rssMb(): number {
    const status = readFileSync(`/proc/${this.#child.pid}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1]) / 1_024;
  }

  get openFiles(): number {
    return readdirSync(`/proc/${this.#child.pid}/fd`).length;
  }

  /** As systemd stops it. The exit code. */
  async stop(): Promise<number | null> {
    this.#child.kill('SIGTERM');
    if (this.isRunning) await once(this.#child, 'exit');
    return this.#child.exitCode;
  }

  #note(line: string): void {
    if (line.includes('"level":"warn"')) this.#counts.warn += 1;
    if (!line.includes('"level":"error"')) return;
    this.#counts.error += 1;
    this.errors.push(line);
  }
}

function eachLine(stream: unknown, hear: (line: string) => void): void {
  if (stream instanceof Readable) createInterface({ input: stream }).on('line', hear);
}
