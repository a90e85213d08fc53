import { expect } from 'vitest';
import { StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import { startUdeskSimulator, type UdeskSimulator } from '../../../src/simulators/udesk/simulator.ts';
import { isOfAgent, isOfCall, UdeskLedger } from './udesk-ledger.ts';
import { waitFor } from './wait-for.ts';

const APP_ID = '6f142ddb-47ed-442e-83e7-6d2574d77aa2';
const SID = 'lab-account-5c1d';
const AUTH_TOKEN = 'lab-udesk-token-91b7e2';
const SECRET = 'lab-udesk-secret-4d80f3';
/** No log may show them. */
export const UDESK_SECRETS = [AUTH_TOKEN, SECRET] as const;

const EXTENSION_PREFIX = '9031046856';
// Any will do at an address of this lab's own.
const DAEMONS_PORT = 9095;

/** A Udesk in which agents of the PBX have a seat each. The daemon learns from Udesk itself who has which extension. */
export class LabUdesk {
  readonly simulator: UdeskSimulator;
  /** Where the daemon serves over HTTP: Udesk must know it before the daemon is there. */
  readonly daemonsPlace: { readonly host: string; readonly port: number };

  private constructor(simulator: UdeskSimulator, host: string) {
    this.simulator = simulator;
    this.daemonsPlace = { host, port: DAEMONS_PORT };
  }

  static async start(extensions: readonly string[], host: string): Promise<LabUdesk> {
    const agents = extensions.map((extension) => ({ agentId: agentOf(extension), extensions: [extension] }));
    const application = { appId: APP_ID, secret: SECRET, extensionPrefix: EXTENSION_PREFIX, agents };
    return new LabUdesk(
      await startUdeskSimulator({
        sid: SID,
        authToken: AUTH_TOKEN,
        application,
        timestampUnit: 'milliseconds',
      }),
      host,
    );
  }

  /** Before `/callback` and `/cc_ad_task`. */
  get daemonsUrl(): string {
    return `http://${this.daemonsPlace.host}:${this.daemonsPlace.port}/udesk`;
  }

  /** The group `udesk` of the daemon's configuration. */
  get config(): Readonly<Record<string, unknown>> {
    return {
      enabled: true,
      baseUrl: this.simulator.url,
      webSocketUrl: this.simulator.agentUrl,
      appId: APP_ID,
      sid: SID,
      authToken: AUTH_TOKEN,
      secret: SECRET,
      timeoutMs: 2_000,
      extensionPrefix: EXTENSION_PREFIX,
      callbackUrl: `${this.daemonsUrl}/callback`,
      callbackList: true,
    };
  }

  /** The daemon knows who has a seat, has told of everybody that they are away, and will be told of what happens there. */
  async followed(): Promise<void> {
    const heard = (operation: string) =>
      this.simulator.requests.filter((entry) => entry.operation === operation && entry.status === 200);
    const agents = this.simulator.agents.all().length;
    await waitFor('the daemon to know its agents', () => heard('POST agent/logout').length >= agents);
    await waitFor('the daemon to subscribe', () => heard('POST subscriptions').length > 0);
  }

  /** What an agent is at Udesk, from here on. */
  agentLedger(extension: string): UdeskLedger {
    const agentId = agentOf(extension);
    return new UdeskLedger(this.simulator, extension, (happening) => isOfAgent(happening, agentId));
  }

  /** What is done to a call at Udesk, from here on. */
  callLedger(callId: string): UdeskLedger {
    return new UdeskLedger(this.simulator, 'the call', (happening) => isOfCall(happening, callId));
  }

  /** They are in, and the daemon has nothing more to say of that: a login over REST is followed by one over a session. */
  async areIdle(extensions: readonly string[], storePath: string): Promise<void> {
    const states = () => extensions.map((extension) => this.simulator.agents.find(agentOf(extension)).state);
    await waitFor('agents to be idle', () => states().every((state) => state === 'idle'));
    await this.toldAll(storePath, 10_000);
  }

  /** As the agent themselves would in a Udesk window. */
  setState(extension: string, state: 'idle' | 'busy' | 'onBreak'): void {
    this.simulator.agents.setState(agentOf(extension), state);
  }

  /** A call of Udesk's own for this agent, of which nothing has been said yet but that it is there. Answers its id. */
  beginCall(extension: string): string {
    const facts = {
      agentId: agentOf(extension),
      destNumber: '005511987654321',
      direction: 'Incoming',
    } as const;
    return this.simulator.calls.begin(facts);
  }

  /** How a transfer to an agent names them. */
  transferNumberOf(extension: string): string {
    return `${EXTENSION_PREFIX}${extension}`;
  }

  /** The daemon owes Udesk nothing any more. */
  async toldAll(storePath: string, timeoutMs: number): Promise<void> {
    await waitFor('everything to be told', () => owedIn(storePath).length === 0, timeoutMs);
  }

  /** The phones are gone, and Udesk has heard of it. */
  async everybodyLeft(storePath: string): Promise<void> {
    const states = () => this.simulator.agents.all().map(({ state }) => state);
    await waitFor('every agent to be logged out', () => states().every((state) => state === 'offline'));
    await this.toldAll(storePath, 10_000);
  }

  /** For a daemon that has stopped: it owes Udesk nothing, and has broken none of its rules. */
  expectKept(storePath: string): void {
    expect(owedIn(storePath), 'what Udesk was not told').toEqual([]);
    expect(this.simulator.violations()).toEqual([]);
  }

  /** For whoever reads it after a failure. */
  report(): readonly string[] {
    const { ledger, requests, violations } = this.simulator;
    const happened = ledger.map((happening) => `${momentOf(happening)} ${JSON.stringify(happening)}`);
    const asked = requests.map((entry) => {
      const { operation, query, body, status, code } = entry;
      return `${momentOf(entry)} ${operation} ${JSON.stringify(query)} ${JSON.stringify(body)} ${status} ${code}`;
    });
    return [
      '— Udesk —',
      ...happened,
      '— what it was asked —',
      ...asked,
      '— its broken rules —',
      ...violations(),
    ];
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

const momentOf = ({ at }: { readonly at: number }): string => new Date(at).toISOString();
const agentOf = (extension: string): string => `8${extension}`;

/** What was to be told and is not, parked or on its way. */
function owedIn(storePath: string): readonly object[] {
  using reader = new StoreReader(storePath);
  return reader.undeliveredRelays().map(({ relay, state, cause }) => ({ ...relay, state, cause }));
}
