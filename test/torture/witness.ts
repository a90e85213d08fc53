import { LAB_USER } from '../asterisk/lab/asterisk-config.ts';
import { ManagerClient, type Packet } from '../asterisk/lab/manager-client.ts';
import { waitFor } from '../asterisk/lab/wait-for.ts';

export interface Seen {
  /** When it came here, by the wall clock of this machine, which is the PBX's and the daemon's as well. */
  readonly at: number;
  readonly packet: Packet;
}

// As often as the packets are looked at; far below every tolerance.
const LOOK_MS = 5;

/** Sees all that the PBX does, by a manager user of its own that may see everything; the daemon knows nothing of it. */
export class Witness {
  readonly #host: string;
  readonly #tell: (seen: Seen) => void;
  #client: ManagerClient | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(host: string, tell: (seen: Seen) => void) {
    this.#host = host;
    this.#tell = tell;
  }

  /** Again after the PBX was restarted. Asterisk lets managers in before it takes calls, so none is missed. */
  async watch(): Promise<void> {
    this.leave();
    this.#client = await waitFor('the witness to be let in', () => this.#login(), 30_000);
    this.#timer = setInterval(() => this.#look(), LOOK_MS);
  }

  async #login(): Promise<ManagerClient | undefined> {
    try {
      return await ManagerClient.login({ host: this.#host, ...LAB_USER });
    } catch {
      return undefined;
    }
  }

  /** What has come is told, and no more is. */
  leave(): void {
    this.#look();
    clearInterval(this.#timer);
    this.#client?.close();
    this.#client = undefined;
  }

  #look(): void {
    const at = Date.now();
    for (const packet of this.#client?.packets.splice(0) ?? []) this.#tell({ at, packet });
  }
}
