import { expect, test } from 'vitest';
import { UdeskClient, type UdeskClientOptions } from '../../../../src/adapters/udesk/client.ts';
import type { CallArguments, ResultOf } from '../../../../src/adapters/udesk/operation-types.ts';
import type { OperationName } from '../../../../src/adapters/udesk/operations.ts';
import type { FurnishedApplication } from '../../../../src/simulators/udesk/furnish.ts';
import {
  startUdeskSimulator,
  type UdeskSimulator,
  type UdeskSimulatorOptions,
} from '../../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';
import { type Chapter, COVERED_IN } from './coverage.ts';

export const SID = '123456789abcdef';
export const AUTH_TOKEN = 'c0ffee-auth-token';
export const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
export const RELAY_NUMBER = '057126200670';
export const CUSTOMER = '13676546374';

const APPLICATION: FurnishedApplication = {
  appId: APP_ID,
  secret: 'a-secret',
  relayNumbers: [RELAY_NUMBER, '057128091649'],
  queues: [{ queueId: '9008', name: 'Support' }],
  agents: [
    { agentId: '10031', name: 'Li', extensions: ['8001'] },
    { agentId: '10032', name: 'Qian', extensions: ['8002'] },
  ],
};

/** The simulator, written from the document without a look at the client; and the client. Time stands still in both. */
export class Office implements AsyncDisposable {
  readonly simulator: UdeskSimulator;
  readonly client: UdeskClient;
  readonly clock: ManualClock;
  /** Operations that were answered with success so far. */
  readonly answered = new Set<OperationName>();

  constructor(parts: Pick<Office, 'simulator' | 'client' | 'clock'>) {
    this.simulator = parts.simulator;
    this.client = parts.client;
    this.clock = parts.clock;
  }

  /** Calls an operation that must succeed. */
  readonly ask = async <Name extends OperationName>(
    name: Name,
    ...given: CallArguments<Name>
  ): Promise<ResultOf<Name>> => {
    const outcome = await this.client.call(name, ...given);
    if (!outcome.ok) throw new Error(`${name} failed: ${outcome.failure.cause}`);
    this.answered.add(name);
    return outcome.value;
  };

  /** What came to pass at Udesk, without when and where. */
  readonly ledger = () => this.simulator.ledger.map(({ at: _, appId: __, ...facts }) => facts);

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.close();
    await this.simulator.close();
  }
}

interface Changes extends Partial<UdeskSimulatorOptions> {
  readonly client?: Partial<UdeskClientOptions>;
}

export async function anOffice({ client: changes = {}, ...options }: Changes = {}): Promise<Office> {
  const clock = new ManualClock();
  const simulator = await startUdeskSimulator({
    ...{ sid: SID, authToken: AUTH_TOKEN, clock, application: APPLICATION },
    ...options,
  });
  const client = new UdeskClient({
    ...{ baseUrl: simulator.url, sid: SID, authToken: AUTH_TOKEN, appId: APP_ID, clock },
    ...{ timestampUnit: 'milliseconds', timeoutMs: 10_000 },
    ...changes,
  });
  return new Office({ simulator, client, clock });
}

/** A test that calls every operation of its chapter, each with success, and breaks no rule of the document. */
export function covering(chapter: Chapter, sentence: string, run: (office: Office) => Promise<void>): void {
  const owed = Object.entries(COVERED_IN).flatMap(([name, where]) => (where === chapter ? [name] : []));
  test(sentence, async () => {
    await using office = await anOffice();
    await run(office);
    expect(owed.filter((name) => !new Set<string>(office.answered).has(name))).toEqual([]);
    expect(office.simulator.violations()).toEqual([]);
  });
}
