import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { stringify } from 'yaml';
import { keepOutput, secretsGiven } from '../../kept-output/kept-output.ts';
import { BRIDGE_USER } from './asterisk-config.ts';
import type { Lab } from './lab.ts';
import type { LabCcai } from './lab-ccai.ts';
import type { LabRecordings } from './lab-recordings.ts';
import type { LabUdesk } from './lab-udesk.ts';
import { header, type Packet } from './manager-client.ts';
import { endWithin, hasExited } from './processes.ts';
import { waitFor } from './wait-for.ts';

const MAIN = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
/** Of the lab's account in Movidesk; no log may show it. */
export const TOKEN = 'lab-token-7f3a9c';
export const LINKS = 'https://pbx.example.com/recordings/';
const STORE = 'bridge.db';

/** What differs between tests; the rest is the configuration of a small installation. */
export interface BridgePlan {
  readonly movideskUrl: string;
  /** Where AMI is, as far as the daemon knows. */
  readonly ami: { readonly host: string; readonly port: number };
  /** AMI is spoken over TLS, and these authorities are trusted. */
  readonly tls?: { readonly caFile: string; readonly port: number };
  readonly requestsPerMinute: number;
  readonly maxWaitSeconds: number;
  readonly ringSeconds: number;
  readonly movideskTimeoutMs: number;
  readonly failOpenAfterSeconds: number;
  readonly agents: { readonly dndDeviceState: string; readonly hintContext?: string };
  /** The daemon hands recordings out itself. */
  readonly served?: LabRecordings | undefined;
  /** Calls that agents make from Movidesk: the group of the configuration. Where HTTP is, `served` says. */
  readonly activeCall?: Readonly<Record<string, unknown>> | undefined;
  /** The Udesk to which agents and calls are relayed. */
  readonly udesk?: LabUdesk | undefined;
  /** The CCAI Platform from which lost callers are called back. */
  readonly ccai?: LabCcai | undefined;
}

function configOf(plan: BridgePlan, folder: string): string {
  const { maxWaitSeconds, ringSeconds, ami, served, udesk, ccai } = plan;
  const tls = plan.tls && { tls: true, caFile: plan.tls.caFile };
  return stringify({
    asterisk: { name: 'pbx1', host: ami.host, port: ami.port, ...tls, ...BRIDGE_USER },
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
    recordings: served?.config ?? { linkTemplate: `${LINKS}{file}` },
    store: { path: join(folder, STORE) },
    http: served?.daemonsPlace ?? udesk?.daemonsPlace ?? ccai?.daemonsPlace ?? { port: 0 },
    ...(plan.activeCall && { activeCall: plan.activeCall }),
    ...(udesk && { udesk: udesk.config }),
    ...(ccai && { ccai: ccai.config }),
    // All that the daemon can say: for whoever reads it after a failure, and for the search for secrets.
    log: { level: 'debug' },
  });
}

// It takes one or two; a machine on which much else runs, ten and more.
const START_MS = 30_000;

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
  /** The daemon's memory, which outlives it. */
  readonly storePath: string;
  #process: ChildProcess | undefined;
  #output = '';

  constructor(lab: Lab, plan: BridgePlan) {
    const folder = mkdtempSync(join(lab.pbx.home.outside, 'bridge-'));
    this.#lab = lab;
    this.#configFile = join(folder, 'config.yaml');
    this.storePath = join(folder, STORE);
    writeFileSync(this.#configFile, configOf(plan, folder), { mode: 0o600 });
  }

  /** Until it has reconciled with the PBX, which is when it beats first. Again after `stop`: with the same store. */
  async start(): Promise<void> {
    const beat = this.nextBeat();
    this.launch();
    await beat;
  }

  /** Starts the process, and waits for nothing. */
  launch(): void {
    const child = spawn(
      'setpriv',
      ['--pdeathsig', 'KILL', process.execPath, MAIN, 'run', '--config', this.#configFile],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    this.#process = child;
    const before = this.#output.length;
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        this.#output += text;
      });
    }
    const secrets = secretsGiven([this.#configFile], {});
    child.once('close', () => keepOutput({ secrets, text: this.#output.slice(before) }));
  }

  /** What `asterisk-movidesk` prints for these words, with the daemon's configuration. Rejects where its exit code is not 0. */
  async command(...words: readonly string[]): Promise<string> {
    const args = [MAIN, ...words, '--config', this.#configFile];
    const { stdout, stderr } = await promisify(execFile)(process.execPath, args, { timeout: START_MS });
    keepOutput({ secrets: secretsGiven([this.#configFile], {}), text: stdout + stderr });
    return stdout;
  }

  /** Its next word to the PBX that it can serve: it is linked, and has reconciled. */
  nextBeat(timeoutMs = START_MS): Promise<void> {
    return this.#beatAfter(this.#beats(), timeoutMs);
  }

  /** Its first word to a PBX that was started again. */
  firstBeat(): Promise<void> {
    return this.#beatAfter(0, START_MS);
  }

  async #beatAfter(before: number, timeoutMs: number): Promise<void> {
    await waitFor(
      'the bridge to beat',
      () => {
        const child = this.#process;
        if (child !== undefined && hasExited(child))
          throw new Error(`The bridge ended instead of beating, with ${child.exitCode}.`);
        return this.#beats() > before;
      },
      timeoutMs,
    );
  }

  #beats(): number {
    return beats(this.#lab.pbx.manager.packets).length;
  }

  /** As systemd stops it. Answers the exit code. */
  async stop(): Promise<number | null> {
    this.signal('SIGTERM');
    return (await this.exited(20_000)).code;
  }

  signal(name: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): void {
    this.#process?.kill(name);
  }

  /** The end of the process: by its own will, or killed because it did not come in time. */
  async exited(timeoutMs: number): Promise<{ code: number | null; afterMs: number }> {
    const child = this.#process;
    if (child === undefined) return { code: 0, afterMs: 0 };
    const from = Date.now();
    await endWithin(child, timeoutMs);
    this.#process = undefined;
    return { code: child.exitCode, afterMs: Date.now() - from };
  }

  get isRunning(): boolean {
    return this.#process !== undefined && !hasExited(this.#process);
  }

  /** All it has written since the first start. */
  get output(): string {
    return this.#output;
  }
}
