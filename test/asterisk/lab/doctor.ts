import { mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckOptions, check } from '../../../src/cli/check.ts';
import {
  type MovideskSimulator,
  startMovideskSimulator,
} from '../../../src/simulators/movidesk/simulator.ts';
import { AMI_PORT, BRIDGE_USER } from './asterisk-config.ts';
import type { Lab } from './lab.ts';

const TOKEN = 'lab-token-7f3a9c';

export interface Found {
  readonly area: string;
  readonly name: string;
  readonly state: 'ok' | 'warn' | 'FAIL' | 'skipped';
  readonly found: string;
  readonly remedy?: string;
}

const RELOADS = {
  'manager_movidesk.conf': 'manager reload',
  'extensions_movidesk.conf': 'dialplan reload',
  'hints_movidesk.conf': 'dialplan reload',
  'queues_movidesk.conf': 'queue reload all',
} as const;
type PbxFile = keyof typeof RELOADS;

interface Parts {
  readonly asterisk?: object;
  readonly movidesk?: object;
  readonly queues?: readonly object[];
  readonly agents?: object;
  readonly [group: string]: unknown;
}

/** What `asterisk-movidesk check` says of a lab's PBX. */
export class Doctor {
  readonly #lab: Lab;
  readonly #folder = mkdtempSync(join(tmpdir(), 'check-'));
  readonly movidesk: MovideskSimulator;
  #seconds = 0;

  private constructor(lab: Lab, movidesk: MovideskSimulator) {
    this.#lab = lab;
    this.movidesk = movidesk;
  }

  static async of(lab: Lab): Promise<Doctor> {
    const queues = [{ id: 1, agents: ['1001'] }];
    return new Doctor(lab, await startMovideskSimulator({ token: TOKEN, requestsPerMinute: 600, queues }));
  }

  /** All findings, and the exit code; `parts` are laid over the configuration of a small installation. */
  async check(
    parts: Parts = {},
    options: Partial<CheckOptions> = {},
  ): Promise<{ code: unknown; findings: readonly Found[] }> {
    const file = join(this.#folder, 'config.yaml');
    writeFileSync(file, JSON.stringify(this.#config(parts)), { mode: 0o600 });
    const lines: string[] = [];
    const code = await check(
      { config: file, json: true, ...options },
      { env: {}, stop: new AbortController().signal },
      { print: (line) => lines.push(line), progress: undefined },
    );
    return { code, findings: JSON.parse(lines.join('\n')) };
  }

  /** The one finding of that name. */
  async finding(
    name: string,
    parts: Parts = {},
    options: Partial<CheckOptions> = {},
  ): Promise<Found | undefined> {
    const { findings } = await this.check(parts, options);
    const named = findings.filter((finding) => finding.name === name);
    if (named.length !== 1)
      throw new Error(`${named.length} findings of ${name}: ${JSON.stringify(findings)}`);
    return named[0];
  }

  #config({ asterisk, movidesk, queues, ...rest }: Parts): object {
    return {
      asterisk: { host: this.#lab.pbx.host, port: AMI_PORT, ...BRIDGE_USER, ...asterisk },
      movidesk: { baseUrl: this.movidesk.url, token: TOKEN, requestsPerMinute: 600, ...movidesk },
      queues: queues ?? [
        { name: 'support', movideskQueueId: 1 },
        { name: 'sales', movideskQueueId: 2, asteriskQueue: 'sales' },
      ],
      store: { path: join(this.#folder, 'bridge.db') },
      http: { port: 0 },
      recordings: { linkTemplate: 'https://pbx.example.com/recordings/{file}', folder: this.#folder },
      ...rest,
    };
  }

  /** The admin edits a file of the PBX and reloads it; all is put back when the looking is over. */
  async with<Result>(
    { file, edit }: { readonly file: PbxFile; readonly edit: (text: string) => string },
    look: () => Promise<Result>,
  ): Promise<Result> {
    const before = readFileSync(this.#path(file), 'utf8');
    const after = edit(before);
    if (after === before) throw new Error(`${file} was not changed`);
    try {
      await this.#write(file, after);
      return await look();
    } finally {
      await this.#write(file, before);
    }
  }

  async #write(file: PbxFile, text: string): Promise<void> {
    writeFileSync(this.#path(file), text);
    // Asterisk goes by the second in which a file was changed.
    this.#seconds += 2;
    const later = new Date(Date.now() + this.#seconds * 1_000);
    utimesSync(this.#path(file), later, later);
    await this.#lab.pbx.console(RELOADS[file]);
  }

  async close(): Promise<void> {
    await this.movidesk.close();
    rmSync(this.#folder, { recursive: true });
  }

  #path(file: PbxFile): string {
    return join(this.#lab.pbx.home.outside, 'etc', file);
  }
}
