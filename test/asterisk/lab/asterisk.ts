import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { rootfsPath } from '../../../scripts/asterisk-rootfs.ts';
import { configFiles, LAB_USER, type PbxPlan, withOriginate, withUdeskFilters } from './asterisk-config.ts';
import { ManagerClient } from './manager-client.ts';
import { endWithin, hasExited, spawnInRootfs } from './processes.ts';
import { toneWav } from './tone.ts';
import { waitFor } from './wait-for.ts';

const SHIPPED = fileURLToPath(new URL('../../../config/asterisk/', import.meta.url));

/** Where the lab's files lie, seen from outside and from inside the root filesystem. */
export interface LabHome {
  readonly root: string;
  readonly outside: string;
  readonly inside: string;
}

function makeHome(): LabHome {
  const root = rootfsPath();
  mkdirSync(join(root, 'lab'), { recursive: true });
  const outside = mkdtempSync(join(root, 'lab', 'run-'));
  return { root, outside, inside: `/lab/${basename(outside)}` };
}

function layOut(home: LabHome, plan: PbxPlan): void {
  for (const folder of ['etc', 'lib', 'run', 'spool', 'log', 'cache', 'moh', 'sip'])
    mkdirSync(join(home.outside, folder));
  for (const [name, text] of Object.entries(configFiles(plan)))
    writeFileSync(join(home.outside, 'etc', name), text);
  const shipped = plan.flavour === 'plain' ? SHIPPED : join(SHIPPED, 'freepbx');
  cpSync(shipped, join(home.outside, 'etc'), { recursive: true, filter: (path) => !path.endsWith('.md') });
  const managerFile = join(home.outside, 'etc', 'manager_movidesk.conf');
  if (plan.udesk === true) rewrite(managerFile, withUdeskFilters);
  if (plan.originate === true) rewrite(managerFile, withOriginate);
  writeFileSync(join(home.outside, 'moh', 'tone.wav'), toneWav(2));
}

function rewrite(file: string, change: (text: string) => string): void {
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

/** A real Asterisk with directories, an address and a life of its own. */
export class Asterisk {
  readonly home: LabHome;
  readonly host: string;
  private process: ChildProcess | undefined;
  private client: ManagerClient | undefined;

  private constructor(home: LabHome, host: string) {
    this.home = home;
    this.host = host;
  }

  static async start(plan: Omit<PbxPlan, 'home'>): Promise<Asterisk> {
    const home = makeHome();
    layOut(home, { ...plan, home: home.inside });
    const asterisk = new Asterisk(home, plan.network.pbx);
    await asterisk.boot();
    return asterisk;
  }

  /** Also after `halt`: the same directories, so AstDB and registrations are as they were. */
  async boot(): Promise<void> {
    this.process = this.spawn('-f');
    await this.booted(this.process);
  }

  private spawn(...more: readonly string[]): ChildProcess {
    const command = ['/usr/sbin/asterisk', '-C', `${this.home.inside}/etc/asterisk.conf`, ...more];
    return spawnInRootfs(this.home.root, command);
  }

  private async booted(child: ChildProcess): Promise<void> {
    this.client = await waitFor('Asterisk to accept its manager', () => this.tryLogin(child), 30_000);
    await this.client.event('FullyBooted', {}, 30_000);
  }

  private async tryLogin(child: ChildProcess): Promise<ManagerClient | undefined> {
    if (hasExited(child)) throw new Error(`Asterisk ended while starting:\n${this.log()}`);
    try {
      return await ManagerClient.login({ host: this.host, ...LAB_USER });
    } catch {
      return undefined;
    }
  }

  /** The lab's own all-seeing manager connection. */
  get manager(): ManagerClient {
    if (this.client === undefined) throw new Error('Asterisk is not running.');
    return this.client;
  }

  log(): string {
    return readFileSync(join(this.home.outside, 'log', 'messages'), 'utf8');
  }

  /** What a command of Asterisk's console prints. */
  async console(command: string): Promise<string> {
    const answer = await this.manager.action('Command', { Command: command });
    return answer
      .filter(([name]) => name === 'Output')
      .map(([, value]) => value)
      .join('\n');
  }

  /**
   * Asks for `core restart now` or `gracefully`: the same process begins anew, at once or once the last call has ended.
   * `reborn` waits for that.
   */
  async askToRestart(how: 'now' | 'gracefully'): Promise<void> {
    // Not by the manager, which would die before it could answer.
    await endWithin(this.spawn('-rx', `core restart ${how}`), 10_000);
  }

  async reborn(timeoutMs = 30_000): Promise<void> {
    const { process: child, client } = this;
    if (child === undefined || client === undefined) throw new Error('Asterisk is not running.');
    await waitFor('Asterisk to end', () => client.isClosed, timeoutMs);
    await this.booted(child);
  }

  /** Asterisk ends as if the power failed (`kill`) or in order (`stop`). */
  async halt(how: 'stop' | 'kill'): Promise<void> {
    const child = this.process;
    if (child === undefined) return;
    child.kill(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
    await endWithin(child, 10_000);
    this.client?.close();
    this.process = undefined;
    this.client = undefined;
  }

  async close(): Promise<void> {
    await this.halt('stop');
    rmSync(this.home.outside, { recursive: true, force: true });
  }
}
