import { join } from 'node:path';
import { type MovideskSimulator, startMovideskSimulator } from '../src/simulators/movidesk/simulator.ts';
import { type PbxSimulator, startPbxSimulator } from '../src/simulators/pbx/pbx-simulator.ts';
import { startPeople } from '../src/simulators/pbx/people.ts';
import { seededRandom } from '../src/simulators/pbx/random.ts';

const ACCESS = { username: 'soak', secret: 'soak-secret' };
const TOKEN = 'soak-token';
export const REQUESTS_PER_MINUTE = 300;
// Fifty calls a minute, each a quarter of a minute with its agent, keep a dozen busy; the others are away, on the phone
// by themselves or do not want to be disturbed, as `startPeople` has it.
const AGENTS = Array.from({ length: 30 }, (_, index) => String(1001 + index));
const TALK_SECONDS = 12;
const PATIENCE_SECONDS = 40;
const QUEUES = [{ queue: 'support' }, { queue: 'sales', via: 'asterisk-queue' }] as const;
// What goes wrong on an ordinary day, many times as often.
const LINK_DROPS_EVERY_MS = 120_000;
const LINK_FREEZES_EVERY_MS = 600_000;
const MOVIDESK_FAILS_EVERY_MS = 180_000;
const MOVIDESK_FAILS_FOR_MS = 4_000;

/** A PBX with its people and a strict Movidesk, in this process. */
export class SoakDay {
  readonly pbx: PbxSimulator;
  readonly movidesk: MovideskSimulator;
  readonly troubles = { 'link drops': 0, 'link freezes': 0, 'Movidesk failures': 0 };
  readonly #timers: NodeJS.Timeout[] = [];
  #visits = 0;
  #people: { stop(): void } | undefined;

  static async begin(): Promise<SoakDay> {
    const pbx = await startPbxSimulator({ ...ACCESS, phones: AGENTS, queues: ['sales'] });
    const movidesk = await startMovideskSimulator({
      token: TOKEN,
      requestsPerMinute: REQUESTS_PER_MINUTE,
      queues: [1, 2].map((id) => ({ id, agents: AGENTS })),
    });
    return new SoakDay(pbx, movidesk);
  }

  private constructor(pbx: PbxSimulator, movidesk: MovideskSimulator) {
    this.pbx = pbx;
    this.movidesk = movidesk;
    pbx.onEvent(({ name, headers }) => {
      const isEntry = headers.some(([key, value]) => key === 'UserEvent' && value === 'MovideskCall');
      if (isEntry || name === 'QueueCallerJoin') this.#visits += 1;
    });
  }

  /** How often somebody entered a queue. */
  get visits(): number {
    return this.#visits;
  }

  daemonSettings(folder: string): Record<string, string> {
    const limits = { maxWaitSeconds: 120, ringSeconds: 10 };
    const queues = [
      { name: 'support', movideskQueueId: 1, ...limits },
      { name: 'sales', movideskQueueId: 2, asteriskQueue: 'sales', ...limits },
    ];
    const settings = {
      ASTERISK_NAME: 'soak',
      ASTERISK_PORT: String(this.pbx.port),
      ASTERISK_USERNAME: ACCESS.username,
      ASTERISK_SECRET: ACCESS.secret,
      MOVIDESK_BASE_URL: this.movidesk.url,
      MOVIDESK_TOKEN: TOKEN,
      MOVIDESK_REQUESTS_PER_MINUTE: String(REQUESTS_PER_MINUTE),
      MOVIDESK_TIMEOUT_MS: '3000',
      RECORDINGS_LINK_TEMPLATE: 'https://pbx.example.com/recordings/{file}',
      STORE_PATH: join(folder, 'bridge.db'),
      HTTP_PORT: '0',
      QUEUES: JSON.stringify(queues),
    };
    return Object.fromEntries(
      Object.entries(settings).map(([name, value]) => [`ASTERISK_MOVIDESK_${name}`, value]),
    );
  }

  /** Once the daemon beats. */
  async open(callsPerMinute: number): Promise<void> {
    await this.pbx.waitFor(() => this.pbx.variable('MOVIDESK_BRIDGE_ALIVE') !== '');
    this.#people = startPeople(this.pbx, {
      callsPerMinute,
      queues: QUEUES,
      talkSeconds: TALK_SECONDS,
      patienceSeconds: PATIENCE_SECONDS,
      random: seededRandom(1),
    });
    this.#every(LINK_DROPS_EVERY_MS, 'link drops', () => this.pbx.dropConnections());
    this.#every(LINK_FREEZES_EVERY_MS, 'link freezes', () => this.pbx.freezeConnections());
    this.#every(MOVIDESK_FAILS_EVERY_MS, 'Movidesk failures', () => this.#failMovidesk());
  }

  /** Nobody calls any more, and everybody hangs up. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.movidesk.endFaults();
    this.#people?.stop();
    for (const caller of this.pbx.callers) caller.hangUp();
    for (const phone of this.pbx.phones) phone.hangUp();
  }

  async end(): Promise<void> {
    await this.pbx.close();
    await this.movidesk.close();
  }

  #every(periodMs: number, name: keyof SoakDay['troubles'], happen: () => void): void {
    const timer = setInterval(() => {
      this.troubles[name] += 1;
      happen();
    }, periodMs);
    this.#timers.push(timer);
  }

  #failMovidesk(): void {
    this.movidesk.failNext('any', { status: 503, times: Number.MAX_SAFE_INTEGER });
    this.#timers.push(setTimeout(() => this.movidesk.endFaults(), MOVIDESK_FAILS_FOR_MS));
  }
}
