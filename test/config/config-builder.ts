import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config/config.ts';
import { type LoadResult, loadConfig } from '../../src/config/load.ts';
import type { Mistake } from '../../src/config/mistake.ts';

export const AMI_SECRET = 'gh0st-in-the-ami';
export const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';

/** A folder of its own for one test, and files in it. */
export class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), 'config-test-'));

  write(name: string, content: string | Uint8Array, mode = 0o600): string {
    const path = join(this.path, name);
    writeFileSync(path, content);
    // Not given to `writeFileSync`, where the umask of whoever runs the test would take bits away.
    chmodSync(path, mode);
    return path;
  }

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Groups of a configuration file; a group given as `undefined` is left out. */
export interface Parts {
  readonly asterisk?: Readonly<Record<string, unknown>>;
  readonly movidesk?: Readonly<Record<string, unknown>>;
  readonly queues?: unknown;
  readonly [group: string]: unknown;
}

export const SUPPORT = { name: 'support', movideskQueueId: 1 };

/** The least that is a configuration, with `parts` laid over it. JSON, which is YAML too. */
export function fileWith(parts: Parts = {}): string {
  const whole = {
    queues: [SUPPORT],
    ...parts,
    asterisk: { secret: AMI_SECRET, ...parts.asterisk },
    movidesk: { token: TOKEN, ...parts.movidesk },
  };
  return JSON.stringify(whole);
}

/** Everything that takes a secret is switched on, and has what else it needs. */
export const WITH_ALL_SECRETS = {
  asterisk: {},
  movidesk: {},
  http: {},
  recordings: { serve: true, folder: '/var/spool/asterisk', publicUrl: 'https://pbx.example.com/recordings' },
  activeCall: { enabled: true, extensions: ['1001'], dialContext: 'from-internal' },
  udesk: {
    enabled: true,
    baseUrl: 'https://udesk.example.com/v2',
    appId: '6f142ddb-47ed-442e-83e7-6d2574d77aa2',
    sid: 'sid-1',
  },
  ccai: { enabled: true, subdomain: 'acme', domain: 'ccai.example.com' },
};

export interface Given {
  readonly yaml: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
  readonly mode?: number;
}

export function load({ yaml, env = {}, mode = 0o600 }: Given): LoadResult {
  using folder = new Folder();
  return loadConfig({ file: folder.write('config.yaml', yaml, mode), env });
}

export function configOf(result: LoadResult): Config {
  if (!result.ok) throw new Error(`refused: ${JSON.stringify(result.mistakes)}`);
  return result.config;
}

export function mistakesOf(result: LoadResult): readonly Mistake[] {
  if (result.ok) throw new Error('accepted, though it should have been refused');
  return result.mistakes;
}

/** The only mistake there is; a second one is a failure. */
export function onlyMistake(result: LoadResult): Mistake {
  const [only, ...others] = mistakesOf(result);
  if (only === undefined || others.length > 0) throw new Error(JSON.stringify(mistakesOf(result)));
  return only;
}
