import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Log } from '../../ports/log.ts';
import type { ServiceManager, ServiceNews } from '../../ports/service-manager.ts';

// It takes a few milliseconds. Far below any watchdog's patience: news that hang must not hold back the next.
const TELL_WITHIN_MS = 5_000;
const MICROSECONDS_PER_MS = 1_000;

const run = promisify(execFile);

/**
 * systemd's notification protocol (sd_notify(3)). The socket is a datagram one of the Unix family, which Node does not
 * have: systemd's own command speaks for us, from a process of the same unit (`NotifyAccess=all`).
 */
export class Systemd implements ServiceManager {
  readonly patienceMs: number | undefined;
  readonly #env: { readonly NOTIFY_SOCKET: string; readonly PATH: string };
  readonly #log: Pick<Log, 'warn'>;
  #last: Promise<void> = Promise.resolve();
  #isStarting = true;
  #isDeaf = false;

  /** Nothing where the process was not started by a systemd that wants to be told. */
  static of(env: Readonly<Record<string, string | undefined>>, log: Pick<Log, 'warn'>): Systemd | undefined {
    const { NOTIFY_SOCKET, PATH = '' } = env;
    if (NOTIFY_SOCKET === undefined || NOTIFY_SOCKET === '') return undefined;
    return new Systemd({ NOTIFY_SOCKET, PATH }, patienceIn(env), log);
  }

  private constructor(
    env: { readonly NOTIFY_SOCKET: string; readonly PATH: string },
    patienceMs: number | undefined,
    log: Pick<Log, 'warn'>,
  ) {
    this.#env = env;
    this.patienceMs = patienceMs;
    this.#log = log;
  }

  tell(news: ServiceNews): void {
    if (news.ready || news.stopping) this.#isStarting = false;
    const lines = [...linesOf(news), ...(news.alive ? this.#moreTimeToStart() : [])];
    this.#last = this.#last.then(() => this.#tellNow(lines));
  }

  settled(): Promise<void> {
    return this.#last;
  }

  /**
   * The watchdog sleeps until the start is over (systemd.service(5)), and the PBX may keep it from being over for days. So the
   * start is given time from one sign of life to the next. Not the stop, which must end though the loop still comes round.
   */
  #moreTimeToStart(): readonly string[] {
    if (!this.#isStarting || this.patienceMs === undefined) return [];
    return [`EXTEND_TIMEOUT_USEC=${Math.round(this.patienceMs * MICROSECONDS_PER_MS)}`];
  }

  async #tellNow(lines: readonly string[]): Promise<void> {
    try {
      await run('systemd-notify', [...lines], { env: this.#env, timeout: TELL_WITHIN_MS });
      this.#isDeaf = false;
    } catch (error) {
      if (this.#isDeaf) return;
      this.#isDeaf = true;
      this.#log.warn(
        { cause: String(error) },
        'systemd could not be told: systemd-notify must be there, and the unit have NotifyAccess=all',
      );
    }
  }
}

/** A process that the watchdog is not meant for inherits its variables all the same (sd_watchdog_enabled(3)). */
function patienceIn(env: Readonly<Record<string, string | undefined>>): number | undefined {
  const { WATCHDOG_USEC, WATCHDOG_PID = String(process.pid) } = env;
  if (WATCHDOG_PID !== String(process.pid)) return undefined;
  const microseconds = Number(WATCHDOG_USEC);
  return microseconds > 0 ? microseconds / MICROSECONDS_PER_MS : undefined;
}

function linesOf({ ready, alive, stopping, status }: ServiceNews): readonly string[] {
  return [
    ...(ready ? ['READY=1'] : []),
    ...(alive ? ['WATCHDOG=1'] : []),
    ...(stopping ? ['STOPPING=1'] : []),
    // One variable a line: what follows a line break would be another.
    ...(status === undefined ? [] : [`STATUS=${status.replace(/\s+/g, ' ')}`]),
  ];
}
