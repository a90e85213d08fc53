import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { Machine, type Outcome, untilEnded } from './machine.ts';

const POLL_MS = 200;
// A busy machine takes ten times as long as an idle one, which takes a second.
const MOST_MS = 60_000;

/** A machine on which a real systemd runs: enabling, starting and stopping are what they are for an admin. */
export class BootedMachine implements AsyncDisposable {
  readonly machine = new Machine();
  readonly #nspawn: ChildProcess;
  readonly #started = new Set<ChildProcess>();
  readonly #ended: Promise<Outcome>;

  static async boot(): Promise<BootedMachine> {
    const booted = new BootedMachine();
    await booted.until(['systemctl', 'is-system-running'], /running|degraded/);
    return booted;
  }

  private constructor() {
    const { root } = this.machine;
    // A network of its own; nothing is told to a systemd of ours, which may not be there.
    const how = ['--quiet', '--register=no', '--keep-unit', '--private-network', '--console=pipe', '--boot'];
    this.#nspawn = spawn('systemd-nspawn', ['-D', root, ...how], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.#ended = untilEnded(this.#nspawn);
  }

  /** Starts a command within. */
  starts(words: readonly string[]): ChildProcess {
    const child = spawn('nsenter', ['--target', this.#init(), '--all', '--wd', ...words], {
      env: { PATH: '/usr/sbin:/usr/bin:/sbin:/bin', DEBIAN_FRONTEND: 'noninteractive' },
    });
    this.#started.add(child);
    child.once('exit', () => this.#started.delete(child));
    return child;
  }

  runs(...words: readonly string[]): Promise<Outcome> {
    return untilEnded(this.starts(words));
  }

  /** What a command says, without the line break; it may fail, as systemctl does where it answers "inactive". */
  async says(...words: readonly string[]): Promise<string> {
    return (await this.runs(...words)).text.trim();
  }

  /** A property of the service. */
  service(property: string): Promise<string> {
    return this.says('systemctl', 'show', '--value', '--property', property, 'asterisk-movidesk');
  }

  async until(words: readonly string[], wanted: RegExp): Promise<string> {
    const endsAt = performance.now() + MOST_MS;
    let said = '';
    while (performance.now() < endsAt) {
      said = await this.says(...words).catch((error: unknown) => String(error));
      if (wanted.test(said)) return said;
      await pause(POLL_MS);
    }
    const journal = await this.says('journalctl', '--no-pager', '-n', '40');
    throw new Error(`${words.join(' ')} never said ${wanted}, but ${said}\n${journal}`);
  }

  /** The process that is number one within: the child of systemd-nspawn. */
  #init(): string {
    const { pid, exitCode } = this.#nspawn;
    if (exitCode !== null) throw new Error('the machine has ended');
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
    const [init = ''] = children;
    if (init === '') throw new Error('the machine does not run yet');
    return init;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    // What the service said there, for the search for secrets.
    await this.says('journalctl', '--no-pager', '--unit', 'asterisk-movidesk').catch(() => '');
    // nsenter stops when the shutdown stops its child, and then nobody is there to see the child die: the shutdown would wait.
    for (const child of this.#started) child.kill('SIGKILL');
    // To nspawn this is the order to power off.
    this.#nspawn.kill('SIGTERM');
    await this.#ended;
    this.machine[Symbol.dispose]();
  }
}
