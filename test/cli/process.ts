import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { keepOutput, secretsGiven } from '../kept-output/kept-output.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** The real process with these arguments, in an environment that names nothing of ours. */
export class Process {
  readonly #child;
  readonly #ended: Promise<Ended>;
  #stdout = '';
  #stderr = '';
  #onOutput: () => void = () => {};

  /** `shell`: what a shell says before it becomes the process, as `ulimit` does. */
  constructor(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
    { shell }: { shell?: string } = {},
  ) {
    const own = [process.execPath, MAIN, ...args] as const;
    const [command, ...words] =
      shell === undefined ? own : ['/bin/sh', '-c', `${shell}; exec "$0" "$@"`, ...own];
    this.#child = spawn(command, words, { env: { PATH: '', ...env } });
    this.#child.stdout.setEncoding('utf8').on('data', (text: string) => {
      this.#stdout += text;
      this.#onOutput();
    });
    this.#child.stderr.setEncoding('utf8').on('data', (text: string) => {
      this.#stderr += text;
    });
    const secrets = secretsGiven(args, env);
    this.#ended = new Promise((resolve, reject) => {
      this.#child.on('error', reject);
      this.#child.on('close', (code) => {
        keepOutput({ secrets, text: this.#stdout + this.#stderr });
        resolve({ code, stdout: this.#stdout, stderr: this.#stderr });
      });
    });
  }

  get ended(): Promise<Ended> {
    return this.#ended;
  }

  signal(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void {
    this.#child.kill(signal);
  }

  /** Resolves, with all that was said by then, when the process has said this; rejects when it ends without. */
  async says(text: string | RegExp): Promise<string> {
    const isSaid = () => (typeof text === 'string' ? this.#stdout.includes(text) : text.test(this.#stdout));
    const said = new Promise<void>((resolve) => {
      this.#onOutput = () => {
        if (isSaid()) resolve();
      };
      this.#onOutput();
    });
    const silent = this.#ended.then((ended) => {
      throw new Error(`The process ended without saying "${text}": ${JSON.stringify(ended)}`);
    });
    await Promise.race([said, silent]);
    return this.#stdout;
  }
}

export const run = (args: readonly string[], env?: Readonly<Record<string, string>>): Promise<Ended> =>
  new Process(args, env).ended;

/** A folder with a configuration in it, which goes when the test is over. */
export class ConfigFolder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'cli-'));

  /** Writes a file that nobody else may read, and answers its path. */
  write(name: string, text: string): string {
    const file = join(this.path, name);
    writeFileSync(file, text, { mode: 0o600 });
    return file;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}
