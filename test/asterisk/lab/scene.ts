import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import type { SimulatedCall } from '../../../src/simulators/movidesk/call-book.ts';
import type { LedgerEntry } from '../../../src/simulators/movidesk/ledger.ts';
import type { Operation } from '../../../src/simulators/movidesk/operations.ts';
import {
  type MovideskSimulator,
  type MovideskSimulatorOptions,
  startMovideskSimulator,
} from '../../../src/simulators/movidesk/simulator.ts';
import { AMI_PORT, BRIDGE_USER } from './asterisk-config.ts';
import { Bridge, type BridgePlan, TOKEN } from './bridge.ts';
import type { Caller } from './caller.ts';
import { channels, type Dialog } from './channels.ts';
import { Lab } from './lab.ts';
import { CCAI_SECRETS, type CcaiPlan, LabCcai } from './lab-ccai.ts';
import { LabRecordings, RECORDINGS_KEY } from './lab-recordings.ts';
import { LabUdesk, UDESK_SECRETS } from './lab-udesk.ts';
import { ledgerBreaches } from './ledger-rules.ts';
import type { Phone } from './phone.ts';
import { secondCalls } from './phone-rules.ts';
import { hasSound, spoolFile } from './recordings.ts';
import { Relay } from './relay.ts';
import { waitFor } from './wait-for.ts';

export type ScenePlan = Partial<Omit<BridgePlan, 'movideskUrl' | 'ami' | 'served' | 'udesk' | 'ccai'>> &
  Partial<Pick<MovideskSimulatorOptions, 'reserveNamed' | 'firstInFirstOut'>> & {
    /** Extensions, in Movidesk's order, of both queues. */
    readonly serving?: readonly string[];
    /** To whom the daemon has a network that the test can break: `scene.network`. */
    readonly breakable?: 'the PBX' | 'Movidesk';
    /** False for a daemon that the PBX, or who claims to be it, will not do for: then `open` only launches it. */
    readonly willLink?: boolean;
    /** The daemon hands recordings out. */
    readonly served?: boolean;
    /** There is a Udesk as well, in which all who serve have a seat: `scene.udesk`. The PBX must be prepared for it. */
    readonly udesk?: boolean;
    /** There is a CCAI Platform as well: `scene.ccai`. */
    readonly ccai?: CcaiPlan;
  };

const PLAN: Omit<BridgePlan, 'movideskUrl' | 'ami' | 'served' | 'udesk' | 'ccai'> = {
  requestsPerMinute: 600,
  maxWaitSeconds: 120,
  ringSeconds: 10,
  movideskTimeoutMs: 2_000,
  failOpenAfterSeconds: 60,
  agents: { dndDeviceState: 'Custom:DND{extension}' },
};

/** One PBX for the tests of a file; for each test a Movidesk and a daemon of its own. */
export function usePbx(options: Parameters<typeof Lab.start>[0] = {}): {
  open(plan?: ScenePlan): Promise<Scene>;
} {
  let lab: Lab;
  let scene: Scene | undefined;
  beforeAll(async () => {
    lab = await Lab.start(options);
  });
  afterEach(async ({ task }) => {
    const ending = scene;
    scene = undefined;
    await ending?.end(task.result?.state === 'fail');
  });
  afterAll(() => lab.close());
  return {
    open: async (plan = {}) => {
      scene = await Scene.open(lab, plan);
      if (plan.willLink === false) scene.bridge.launch();
      else await scene.bridge.start();
      if (plan.udesk === true) await scene.udesk.followed();
      return scene;
    },
  };
}

/** The daemon between a real Asterisk and the strict Movidesk simulator. */
export class Scene {
  readonly lab: Lab;
  readonly movidesk: MovideskSimulator;
  readonly bridge: Bridge;
  readonly #relay: Relay | undefined;
  readonly #udesk: LabUdesk | undefined;
  readonly #ccai: LabCcai | undefined;
  readonly #logged: number;

  private constructor(parts: {
    lab: Lab;
    movidesk: MovideskSimulator;
    bridge: Bridge;
    relay: Relay | undefined;
    udesk: LabUdesk | undefined;
    ccai: LabCcai | undefined;
  }) {
    this.#logged = parts.lab.pbx.log().length;
    this.lab = parts.lab;
    this.movidesk = parts.movidesk;
    this.bridge = parts.bridge;
    this.#relay = parts.relay;
    this.#udesk = parts.udesk;
    this.#ccai = parts.ccai;
  }

  static async open(lab: Lab, plan: ScenePlan): Promise<Scene> {
    const { serving = ['1001', '1002'], breakable, ...wanted } = plan;
    const { served: isServed, udesk: hasUdesk, ccai: ccaiPlan, ...rest } = wanted;
    const whole = { ...PLAN, ...rest };
    const queues = [1, 2].map((id) => ({ id, agents: serving }));
    const movidesk = await startMovideskSimulator({ ...whole, token: TOKEN, queues });
    const url = new URL(movidesk.url);
    const farSides = {
      'the PBX': { host: lab.pbx.host, port: plan.tls?.port ?? AMI_PORT },
      Movidesk: { host: url.hostname, port: Number(url.port) },
    };
    const relay = breakable && (await Relay.to(farSides[breakable]));
    if (relay !== undefined && breakable === 'Movidesk') url.port = `${relay.port}`;
    const ami = relay !== undefined && breakable === 'the PBX' ? relay : farSides['the PBX'];
    const udesk = hasUdesk ? await LabUdesk.start(serving, lab.pbx.host) : undefined;
    const ccai = ccaiPlan && (await LabCcai.start(ccaiPlan, lab.pbx.host));
    const served = isServed === true ? new LabRecordings(lab) : undefined;
    const bridge = new Bridge(lab, { ...whole, movideskUrl: `${url}`, ami, served, udesk, ccai });
    return new Scene({ lab, movidesk, bridge, relay, udesk, ccai });
  }

  /** Between the daemon and the far side that the scene names as `breakable`. */
  get network(): Relay {
    if (this.#relay === undefined) throw new Error('Nothing is breakable in this scene.');
    return this.#relay;
  }

  get udesk(): LabUdesk {
    if (this.#udesk === undefined) throw new Error('There is no Udesk in this scene.');
    return this.#udesk;
  }

  get ccai(): LabCcai {
    if (this.#ccai === undefined) throw new Error('There is no CCAI Platform in this scene.');
    return this.#ccai;
  }

  /** Movidesk's name for the visit of a caller; an entry into a queue makes the second. */
  callId(caller: { uniqueid: string }, visit = 1): string {
    return `pbx1-${caller.uniqueid}${visit === 1 ? '' : `-${visit}`}`;
  }

  /** What Movidesk knows of a call. */
  call(callId: string): SimulatedCall | undefined {
    return this.movidesk.calls().find((call) => call.callId === callId);
  }

  told(operation: Operation, callId: string, timeoutMs = 10_000): Promise<LedgerEntry> {
    return this.movidesk.waitFor(
      (entry) => entry.operation === operation && entry.callId === callId && entry.status === 200,
      timeoutMs,
    );
  }

  /** A call that Movidesk has heard of so many times that it cannot be but waiting. */
  async waiting(callId: string, asks = 1): Promise<void> {
    await waitFor(`${callId} to be asked about ${asks} times`, () => (this.call(callId)?.asks ?? 0) >= asks);
    expect(this.call(callId)?.phase).toBe('waiting');
  }

  /** The caller is with that agent: Movidesk says so, the phone says so, and the recorder has heard them. */
  async talk(
    caller: Caller,
    phone: Phone,
    { visit = 1, timeoutMs = 20_000 }: { visit?: number; timeoutMs?: number } = {},
  ): Promise<Dialog> {
    const transfer = await this.told('asterisk_transferedCall', this.callId(caller, visit), timeoutMs);
    expect(transfer.query['branchLine']).toBe(phone.extension);
    const dialog = await phone.talking();
    await this.recorded(caller);
    return dialog;
  }

  async recorded(caller: Caller): Promise<void> {
    const name = await this.lab.pbx.manager.getvar('MOVIDESK_RECORDING', caller.channel.name);
    await waitFor(`a voice in ${name}`, () => hasSound(spoolFile(this.lab, name)));
  }

  /** The end of a call as Movidesk heard it. */
  async ended(callId: string, timeoutMs = 10_000): Promise<SimulatedCall> {
    return waitFor(
      `the ending of ${callId}`,
      () => {
        const call = this.call(callId);
        return call?.phase === 'ended' ? call : undefined;
      },
      timeoutMs,
    );
  }

  /** The caller's channel stands in a context of the dialplan. */
  async isIn(caller: { uniqueid: string }, context: string, timeoutMs = 10_000): Promise<void> {
    await waitFor(
      `the caller to be in ${context}`,
      async () =>
        (await channels(this.lab.pbx)).some(
          (one) => one.uniqueid === caller.uniqueid && one.context === context,
        ),
      timeoutMs,
    );
  }

  /** Everybody hangs up, Movidesk hears of it, the daemon stops; then the promises that hold for every test are checked. */
  async end(hasFailed: boolean): Promise<void> {
    try {
      if (!hasFailed) await this.#settle();
    } catch (error) {
      hasFailed = true;
      throw error;
    } finally {
      if (hasFailed) this.#print();
      await this.bridge.stop();
      await this.#relay?.close();
      await this.movidesk.close();
      await this.#udesk?.close();
      await this.#ccai?.close();
      await this.lab.clear();
      // What a failed test leaves in the diary is not the fault of the next one.
      if (hasFailed) await this.lab.pbx.console('database deltree movidesk');
      this.lab.pbx.manager.packets.length = 0;
    }
  }

  async #settle(): Promise<void> {
    await this.lab.clear();
    await waitFor(
      'an ending of every call',
      () => this.movidesk.calls().every(({ phase }) => phase === 'ended'),
      30_000,
    );
    await waitFor('an empty diary', async () =>
      (await this.lab.pbx.console('database show movidesk')).includes('0 results found'),
    );
    await this.#udesk?.everybodyLeft(this.bridge.storePath);
    expect(await this.bridge.stop(), 'exit code').toBe(0);
    this.#udesk?.expectKept(this.bridge.storePath);
    expect(this.movidesk.violations()).toEqual([]);
    expect(this.#ccai?.simulator.violations ?? []).toEqual([]);
    expect(this.movidesk.repeats).toBe(0);
    expect(ledgerBreaches(this.movidesk, this.lab)).toEqual([]);
    expect(secondCalls(this.lab.pbx.manager.packets)).toEqual([]);
    this.#expectNoSecrets();
  }

  #expectNoSecrets(): void {
    const numbers = this.movidesk.calls().map(({ clientNumber }) => clientNumber);
    const phoneNumbers = numbers.filter((number) => /^\+?\d{6,}$/.test(number));
    const secrets = [TOKEN, BRIDGE_USER.secret, RECORDINGS_KEY, ...UDESK_SECRETS, ...CCAI_SECRETS];
    for (const secret of [...secrets, ...phoneNumbers])
      expect(this.bridge.output, 'what the daemon wrote').not.toContain(secret);
  }

  #print(): void {
    const ledger = this.movidesk.ledger.map(
      ({ at, operation, callId, query, status, body }) =>
        `${new Date(at).toISOString()} ${operation} ${callId} ${JSON.stringify(query)} ${status} ${body}`,
    );
    const parts = [
      ...['— the daemon —', this.bridge.output, '— Movidesk —', ...ledger],
      ...['— broken rules —', ...this.movidesk.violations()],
      ...(this.#udesk?.report() ?? []),
      ...(this.#ccai?.report() ?? []),
      ...['— Asterisk —', this.lab.pbx.log().slice(this.#logged)],
    ];
    console.log(parts.join('\n'));
  }
}
