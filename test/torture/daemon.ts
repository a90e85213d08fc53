import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { BRIDGE_USER } from '../asterisk/lab/asterisk-config.ts';
import { LINKS, TOKEN } from '../asterisk/lab/bridge.ts';
import { endWithin, hasExited } from '../asterisk/lab/processes.ts';
import type { Plan } from './plan.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const REQUEST_TIMEOUT_MS = 2_000;
// It waits 15 s at most for what is under way (app.ts); the rest is a machine that is busy.
const STOP_MS = 20_000;

export const PBX_NAME = 'pbx1';

export interface DaemonSurroundings {
  readonly folder: string;
  readonly ami: { readonly host: string; readonly port: number };
  readonly movideskUrl: string;
}

/** The daemon as an admin runs it, started and killed again and again with one store. */
export class Daemon {
  readonly storePath: string;
  readonly deaths: number[] = [];
  /** Ends that nobody asked for, and exit codes that should have been 0. */
  readonly breaches: string[] = [];
  readonly #configFile: string;
  #child: ChildProcess | undefined;
  #output = '';

  constructor(plan: Plan, { folder, ami, movideskUrl }: DaemonSurroundings) {
    this.storePath = join(folder, 'bridge.db');
    this.#configFile = join(folder, 'config.yaml');
    const { maxWaitSeconds, ringSeconds, requestsPerMinute } = plan;
    const config = {
      asterisk: { name: PBX_NAME, ...ami, ...BRIDGE_USER },
      movidesk: { baseUrl: movideskUrl, token: TOKEN, requestsPerMinute, timeoutMs: REQUEST_TIMEOUT_MS },
      queues: [
        { name: 'support', movideskQueueId: 1, maxWaitSeconds, ringSeconds },
        { name: 'sales', movideskQueueId: 2, maxWaitSeconds, ringSeconds, asteriskQueue: 'sales' },
      ],
      agents: { device: 'PJSIP/{extension}', dndDeviceState: 'Custom:DND{extension}' },
      recordings: { linkTemplate: `${LINKS}{file}` },
      store: { path: this.storePath },
      http: { port: 0 },
      // All that it can say: for whoever reads it after a failure, and for the search for secrets.
      log: { level: 'debug' },
    };
    writeFileSync(this.#configFile, stringify(config), { mode: 0o600 });
  }

  get isRunning(): boolean {
    return this.#child !== undefined && !hasExited(this.#child);
  }

  get output(): string {
    return this.#output;
  }

  start(): void {
    const child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', process.execPath, MAIN, 'run', '--config', this.#configFile],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    child.once('exit', (code) => {
      if (this.#child === child) this.breaches.push(`the daemon ended by itself, with ${code}`);
    });
    this.#child = child;
  }

  async kill(): Promise<void> {
    const child = this.#leave();
    if (child === undefined) return;
    child.kill('SIGKILL');
    if (!hasExited(child)) await once(child, 'exit');
  }

  /** As systemd stops it. */
  async terminate(): Promise<void> {
    const child = this.#leave();
    if (child === undefined) return;
    child.kill('SIGTERM');
    await endWithin(child, STOP_MS);
    // Killed by the signal itself: it came before the process had begun to listen for it.
    if (child.exitCode !== 0 && child.signalCode !== 'SIGTERM')
      this.breaches.push(`told to stop, the daemon ended with ${child.exitCode ?? child.signalCode}`);
  }

  #leave(): ChildProcess | undefined {
    const child = this.#child;
    if (child === undefined || hasExited(child)) return undefined;
    this.#child = undefined;
    this.deaths.push(Date.now());
    return child;
  }
}
