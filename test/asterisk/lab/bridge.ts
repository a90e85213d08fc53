import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { BRIDGE_USER } from './asterisk-config.ts';
import type { Lab } from './lab.ts';
import { header, type Packet } from './manager-client.ts';
import { endWithin, hasExited } from './processes.ts';
import { waitFor } from './wait-for.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
/** Of the lab's account in Movidesk; no log may show it. */
export const TOKEN = 'lab-token-7f3a9c';
export const LINKS = 'https://pbx.example.com/recordings/';

/** What differs between tests; the rest is the configuration of a small installation. */
export interface BridgePlan {
  readonly movideskUrl: string;
  readonly requestsPerMinute: number;
  readonly maxWaitSeconds: number;
  readonly ringSeconds: number;
  readonly movideskTimeoutMs: number;
  readonly failOpenAfterSeconds: number;
  readonly agents: { readonly dndDeviceState: string; readonly hintContext?: string };
}

function configOf(lab: Lab, plan: BridgePlan, folder: string): string {
  const { maxWaitSeconds, ringSeconds } = plan;
  return stringify({
    asterisk: { name: 'pbx1', host: lab.pbx.host, port: 5038, ...BRIDGE_USER },
    movidesk: {
      baseUrl: plan.movideskUrl,
      token: TOKEN,
      requestsPerMinute: plan.requestsPerMinute,
      timeoutMs: plan.movideskTimeoutMs,
    },
    queues: [
      { name: 'support', movideskQueueId: 1, maxWaitSeconds, ringSeconds },
      { name: 'sales', movideskQueueId: 2, maxWaitSeconds, ringSeconds, asteriskQueue: 'sales' },
    ],
    agents: { device: 'PJSIP/{extension}', ...plan.agents },
    failOpenAfterSeconds: plan.failOpenAfterSeconds,
    recordings: { linkTemplate: `${LINKS}{file}` },
    store: { path: join(folder, 'bridge.db') },
    http: { port: 0 },
    // All that the daemon can say: for whoever reads it after a failure, and for the search for secrets.
    log: { level: 'debug' },
  });
}

/** Each beat of a bridge, as the PBX tells it. */
export function beats(packets: readonly Packet[]): number[] {
  return packets
    .filter((packet) => header(packet, 'Event') === 'VarSet')
    .filter((packet) => header(packet, 'Variable') === 'MOVIDESK_BRIDGE_ALIVE')
    .map((packet) => Number(header(packet, 'Value')));
}

/** The daemon as an admin runs it: a process of its own, with a configuration file and the shipped manager user. */
export class Bridge {
  readonly #lab: Lab;
  readonly #configFile: string;
  #process: ChildProcess | undefined;
  #output = '';

  constructor(lab: Lab, plan: BridgePlan) {
    const folder = mkdtempSync(join(lab.pbx.home.outside, 'bridge-'));
    this.#lab = lab;
    this.#configFile = join(folder, 'config.yaml');
    writeFileSync(this.#configFile, configOf(lab, plan, folder), { mode: 0o600 });
  }

  /** Until it has reconciled with the PBX, which is when it beats first. Again after `stop`: with the same store. */
  async start(): Promise<void> {
    const told = this.#lab.pbx.manager.packets;
    const from = told.length;
    const child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', process.execPath, MAIN, 'run', '--config', this.#configFile],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    await waitFor('the bridge to beat', () => {
      if (hasExited(child)) throw new Error(`The bridge ended while starting, with ${child.exitCode}.`);
      return beats(told.slice(from)).length > 0;
    });
  }

  /** As systemd stops it. Answers the exit code. */
  async stop(): Promise<number | null> {
    const child = this.#process;
    if (child === undefined) return 0;
    this.#process = undefined;
    child.kill('SIGTERM');
    await endWithin(child, 20_000);
    return child.exitCode;
  }

  get isRunning(): boolean {
    return this.#process !== undefined && !hasExited(this.#process);
  }

  /** All it has written since the first start. */
  get output(): string {
    return this.#output;
  }
}
