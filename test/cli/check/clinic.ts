import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigFolder } from '../process.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));

export interface Found {
  readonly area: string;
  readonly name: string;
  readonly state: string;
  readonly found: string;
  readonly remedy?: string;
}

/** What `check` said, whatever its exit code. */
export interface Checked {
  readonly code: number;
  readonly stdout: string;
  readonly findings: readonly Found[];
}

/** Where somebody runs `check`: a folder, a configuration in it, and nobody who answers as PBX or Movidesk. */
export class Clinic implements Disposable {
  readonly folder = new ConfigFolder();
  readonly storePath = join(this.folder.path, 'bridge.db');

  /** `parts` are laid over a configuration with which all goes well but PBX and Movidesk. */
  config(parts: Readonly<Record<string, object>> = {}): string {
    const whole = {
      asterisk: { host: '127.0.0.1', port: 1, secret: 'sesame-open' },
      movidesk: { baseUrl: 'http://127.0.0.1:1', token: 'c0ffee00-token', timeoutMs: 2_000 },
      queues: [{ name: 'support', movideskQueueId: 1 }],
      store: { path: this.storePath },
      http: { port: 0 },
      ...parts,
    };
    return this.folder.write('config.yaml', JSON.stringify(whole));
  }

  /** In JSON, and as a user whom permissions bind: root, under whom tests may run, is not. */
  check(file: string, ...words: readonly string[]): Promise<Checked> {
    return this.#run([...words, 'check', '--json', '--config', file]);
  }

  /** As a person sees it. */
  see(file: string): Promise<Checked> {
    return this.#run(['check', '--config', file]);
  }

  #run(words: readonly string[]): Promise<Checked> {
    const own = [process.execPath, MAIN, ...words];
    const command = process.getuid?.() === 0 ? [...WITHOUT_PRIVILEGE, ...own] : own;
    const [program = '', ...args] = command;
    return new Promise((resolve) => {
      execFile(program, args, { env: { PATH: process.env['PATH'] ?? '' } }, (error, stdout, stderr) => {
        const isJson = stdout.startsWith('[');
        resolve({
          code: typeof error?.code === 'number' ? error.code : 0,
          stdout: stdout + stderr,
          findings: isJson ? (JSON.parse(stdout) as Found[]) : [],
        });
      });
    });
  }

  [Symbol.dispose](): void {
    this.folder[Symbol.dispose]();
  }
}

// Still root, but bound by the permissions of files like everybody else.
const WITHOUT_PRIVILEGE = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];

export const named = (findings: readonly Found[], area: string, name: string): Found | undefined =>
  findings.find((finding) => finding.area === area && finding.name === name);
