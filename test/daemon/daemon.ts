import { type App, startDaemon } from '../../src/app.ts';
import { loadConfig } from '../../src/config/load.ts';
import { formatMistakes } from '../../src/config/mistake.ts';
import type { Log } from '../../src/ports/log.ts';

/** What an operator writes into the environment, without the prefix. */
export type Settings = Readonly<Record<string, string>>;

export function environmentOf(settings: Settings): Settings {
  return Object.fromEntries(
    Object.entries(settings).map(([name, value]) => [`ASTERISK_MOVIDESK_${name}`, value]),
  );
}

/** The daemon as `run` starts it, in this process. */
export class Daemon {
  readonly #stop = new AbortController();
  readonly #stopped: Promise<void>;
  /** Where it serves HTTP. */
  readonly url: string;

  static async start(settings: Settings, log: Log): Promise<Daemon> {
    const loaded = loadConfig({ env: environmentOf(settings) });
    if (!loaded.ok) throw new Error(formatMistakes(loaded.mistakes));
    return new Daemon(await startDaemon(loaded.config, log));
  }

  private constructor(app: App) {
    this.url = app.url;
    this.#stopped = app.untilStopped(this.#stop.signal);
    // Told by `stop`: a test that fails first is to say why itself.
    this.#stopped.catch(() => {});
  }

  /** In order, as on SIGTERM. Rejects where the daemon broke. */
  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#stopped;
  }
}
