import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SimulatedCall } from '../../src/simulators/movidesk/call-book.ts';
import { type MovideskSimulator, startMovideskSimulator } from '../../src/simulators/movidesk/simulator.ts';
import type { Caller } from '../../src/simulators/pbx/caller.ts';
import { type PbxSimulator, startPbxSimulator } from '../../src/simulators/pbx/pbx-simulator.ts';
import type { Phone } from '../../src/simulators/pbx/phone.ts';
import type { PbxTiming } from '../../src/simulators/pbx/timing.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { Daemon, environmentOf, type Settings } from './daemon.ts';

export interface TownSettings {
  /** Extensions, in the order in which Movidesk names them. */
  readonly agents?: readonly string[];
  readonly requestsPerMinute?: number;
  readonly maxWaitSeconds?: number;
  readonly ringSeconds?: number;
  readonly failOpenAfterSeconds?: number;
  /** Whether Movidesk keeps an agent for the caller to whom it named them. */
  readonly reserveNamed?: boolean;
  readonly timing?: Partial<PbxTiming>;
  /** The daemon's manager user may make calls. */
  readonly mayOriginate?: boolean;
  /** What else an operator has configured. */
  readonly more?: Settings;
}

export const SUPPORT = 1;
const SALES = 2;
export const LINKS = 'https://pbx.example.com/recordings/';
const ACCESS = { username: 'movidesk', secret: 'sesame' };
const TOKEN = 'c0ffee00-0000-4000-8000-000000000000';

// Nothing of a call's course depends on how long it takes, so everybody is quick.
const QUICK: Partial<PbxTiming> = {
  ringingAfterMs: 20,
  answerMs: 5,
  phonesRingSeconds: 1,
  holdTurnMs: 200,
  promptMs: 100,
  silenceMs: 300,
  consultMs: 50,
  outsideAnswersAfterMs: 20,
  shutdownAfterMs: 50,
};

/** A PBX with its phones and callers, Movidesk, and the daemon in between, on real connections and real time. */
export class Town implements AsyncDisposable {
  readonly pbx: PbxSimulator;
  readonly movidesk: MovideskSimulator;
  readonly log = new MemoryLog();
  readonly #folder: string;
  readonly #settings: Settings;
  #daemon: Daemon | undefined;

  static async build(settings: TownSettings): Promise<Town> {
    const {
      agents = ['1001', '1002'],
      requestsPerMinute = 600,
      reserveNamed = true,
      timing,
      mayOriginate = false,
    } = settings;
    const pbx = await startPbxSimulator({
      ...ACCESS,
      phones: agents,
      queues: ['sales'],
      mayOriginate,
      timing: { ...QUICK, ...timing },
    });
    const queues = [SUPPORT, SALES].map((id) => ({ id, agents }));
    const movidesk = await startMovideskSimulator({ token: TOKEN, requestsPerMinute, queues, reserveNamed });
    const folder = await mkdtemp(join(tmpdir(), 'asterisk-movidesk-'));
    const town = new Town({ pbx, movidesk, folder, settings: { ...settings, requestsPerMinute } });
    for (const phone of pbx.phones) phone.setBehaviour({ kind: 'answers', afterMs: 20 });
    try {
      await town.startDaemon();
      return town;
    } catch (error) {
      await town[Symbol.asyncDispose]();
      throw error;
    }
  }

  private constructor(parts: {
    pbx: PbxSimulator;
    movidesk: MovideskSimulator;
    folder: string;
    settings: TownSettings;
  }) {
    this.pbx = parts.pbx;
    this.movidesk = parts.movidesk;
    this.#folder = parts.folder;
    this.#settings = daemonSettings(parts);
  }

  /** The next start takes up what the last one kept. Ready when callers may come. */
  async startDaemon(changes: Settings = {}): Promise<void> {
    this.#daemon = await Daemon.start({ ...this.#settings, ...changes }, this.log);
    await this.#heartbeat();
  }

  async #heartbeat(): Promise<void> {
    // A little older than it was, so that a beat within the same second shows, and still fresh.
    const older = String(Number(this.pbx.variable(ALIVE)) - 1);
    this.pbx.setVariable(ALIVE, older);
    await this.until(() => this.pbx.variable(ALIVE) !== older && this.pbx.variable(ALIVE) !== '');
  }

  /** Where the daemon serves HTTP. */
  get url(): string {
    return this.#daemon?.url ?? '';
  }

  async stopDaemon(): Promise<void> {
    await this.#daemon?.stop();
    this.#daemon = undefined;
  }

  /** For a command beside the daemon. */
  get environment(): Settings {
    return environmentOf(this.#settings);
  }

  get storePath(): string {
    return this.#settings['STORE_PATH'] ?? '';
  }

  arrives(arrival: { number?: string; name?: string; via?: 'dialplan' | 'asterisk-queue' } = {}): Caller {
    const queue = arrival.via === 'asterisk-queue' ? 'sales' : 'support';
    return this.pbx.callerArrives({ queue, number: '5511987654321', ...arrival });
  }

  /** Somebody calls, and is talking to an agent. */
  async arrivesAndTalks(arrival: Parameters<Town['arrives']>[0] = {}): Promise<Caller> {
    const caller = this.arrives(arrival);
    await this.until(() => caller.place === 'talking');
    return caller;
  }

  phone(extension: string): Phone {
    return this.pbx.phone(extension);
  }

  /** What Movidesk knows of a caller's visit. */
  visit(caller: Caller, visit = 1): SimulatedCall | undefined {
    return this.movidesk.calls().find(({ callId }) => callId === idOf(caller, visit));
  }

  /** What Movidesk took in about a visit, in order; of questions repeated, one. */
  told(caller: Caller, visit = 1): readonly string[] {
    const words = this.movidesk.ledger
      .filter(({ callId, status }) => callId === idOf(caller, visit) && status === 200)
      .map(({ operation = '', query }) => [WORDS[operation] ?? operation, query['branchLine']])
      .map(([word, extension]) => (extension === undefined ? `${word}` : `${word} ${extension}`));
    return words.filter((word, index) => word !== words[index - 1]);
  }

  /** The extensions that Movidesk named for a visit, in order. */
  named(caller: Caller, visit = 1): readonly string[] {
    return this.movidesk.ledger
      .filter(({ callId, operation }) => callId === idOf(caller, visit) && operation === ASK)
      .flatMap(({ body }) => /[0-9]{2,}/.exec(body)?.[0] ?? []);
  }

  /** The visit, once Movidesk has heard how it ended. */
  async ended(caller: Caller, visit = 1): Promise<SimulatedCall> {
    await this.until(() => this.visit(caller, visit)?.phase === 'ended');
    const call = this.visit(caller, visit);
    if (call === undefined) throw new Error('forgotten again');
    return call;
  }

  /** Looked at again and again; the story so far is told where it does not come true. */
  async until(isTrue: () => boolean | Promise<boolean>, withinMs = 9_000): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (!(await isTrue())) {
      if (performance.now() > deadline) throw new Error(`not true within ${withinMs} ms: ${isTrue}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  /** For whoever has to find out why a test failed. */
  get tale(): string {
    const log = this.log.lines
      .filter(({ level }) => level !== 'debug')
      .map(({ level, facts, message }) => `  ${level} ${message} ${JSON.stringify(facts)}`);
    const ledger = this.movidesk.ledger.map(
      ({ operation, callId, query, status, body }) =>
        `  ${operation} ${callId} ${query['branchLine'] ?? ''} → ${status} ${body}`,
    );
    const latest = (lines: readonly string[]) => lines.slice(-60).join('\n');
    return `The daemon's log:\n${latest(log)}\nWhat Movidesk heard:\n${latest(ledger)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.stopDaemon();
    await this.pbx.close();
    await this.movidesk.close();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

// The dialplan's own word for it (dialplan contract).
export const ALIVE = 'MOVIDESK_BRIDGE_ALIVE';
const ASK = 'asterisk_receivedCall';
const WORDS: Readonly<Record<string, string>> = {
  [ASK]: 'received',
  asterisk_transferedCall: 'transfered',
  asterisk_completedCall: 'completed',
  asterisk_lostCall: 'lost',
  asterisk_canceledCall: 'canceled',
};

function idOf({ uniqueid }: Caller, visit: number): string {
  return visit === 1 ? `town-${uniqueid}` : `town-${uniqueid}-${visit}`;
}

function daemonSettings(parts: {
  pbx: PbxSimulator;
  movidesk: MovideskSimulator;
  folder: string;
  settings: TownSettings;
}): Settings {
  const { settings } = parts;
  // A phone answers after 20 ms; a machine on which much else runs may stand still for a second and more.
  const { requestsPerMinute, maxWaitSeconds = 600, ringSeconds = 4, failOpenAfterSeconds = 60 } = settings;
  const limits = { maxWaitSeconds, ringSeconds };
  const queues = [
    { name: 'support', movideskQueueId: SUPPORT, ...limits },
    { name: 'sales', movideskQueueId: SALES, asteriskQueue: 'sales', ...limits },
  ];
  return {
    ASTERISK_NAME: 'town',
    ASTERISK_PORT: String(parts.pbx.port),
    ASTERISK_USERNAME: ACCESS.username,
    ASTERISK_SECRET: ACCESS.secret,
    MOVIDESK_BASE_URL: parts.movidesk.url,
    MOVIDESK_TOKEN: TOKEN,
    MOVIDESK_REQUESTS_PER_MINUTE: String(requestsPerMinute),
    MOVIDESK_TIMEOUT_MS: '2000',
    FAIL_OPEN_AFTER_SECONDS: String(failOpenAfterSeconds),
    RECORDINGS_LINK_TEMPLATE: `${LINKS}{file}`,
    STORE_PATH: join(parts.folder, 'bridge.db'),
    HTTP_PORT: '0',
    QUEUES: JSON.stringify(queues),
    ...settings.more,
  };
}
