import { parse } from 'yaml';
import { type RelayRow, StoreReader } from '../../../src/adapters/sqlite/store-reader.ts';
import type { RequestEntry } from '../../../src/simulators/ccai/request-entry.ts';
import { CcaiSimulator } from '../../../src/simulators/ccai/simulator.ts';
import { DailyOpening } from './daily-opening.ts';
import { waitFor } from './wait-for.ts';

const SUBDOMAIN = 'lab';
const TOKEN = 'lab-ccai-token-2f60b8';
export const OUTBOUND_TOKEN = 'lab-ccai-outbound-e417a9';
/** No log may show them. */
export const CCAI_SECRETS = [
  TOKEN,
  Buffer.from(`${SUBDOMAIN}:${TOKEN}`).toString('base64'),
  OUTBOUND_TOKEN,
] as const;

/** What differs between tests. */
export interface CcaiPlan {
  readonly delaySeconds?: number;
  readonly timeoutMs?: number;
  readonly repeatCustomerDays?: number;
  readonly badActors?: readonly string[];
}

// So that no two of the losses in a test lead to the same request.
const RULES = parse(`
- { queue: sales, reason: gave-up, then: nothing }
- { queue: sales, reason: [holiday, closed], then: schedule, menuId: 51, lang: en, recordingPermission: denied }
- { reason: [holiday, closed], then: schedule, menuId: 50, lang: pt }
- { reason: waited, then: call-back, menuId: 12, lang: es, recordingPermission: granted, outboundNumber: "+55 11 3265-4321" }
- { reason: gave-up, then: call-back, menuId: 9, lang: en, recordingPermission: denied }
- { then: call-back, menuId: 9, lang: pt }
`);

// Any will do at an address of this lab's own.
const DAEMONS_PORT = 9095;

/** A CCAI Platform with the menus that the daemon's rules name, and one agent who can call out. */
export class LabCcai {
  readonly simulator: CcaiSimulator;
  /** Where the daemon serves over HTTP. */
  readonly daemonsPlace: { readonly host: string; readonly port: number };
  /** When the queues open next. No clock is changed in these zones. The first day of support is a holiday. */
  readonly openings: { readonly support: DailyOpening; readonly sales: DailyOpening };
  readonly #plan: CcaiPlan;

  private constructor(parts: Pick<LabCcai, 'simulator' | 'openings'>, host: string, plan: CcaiPlan) {
    this.simulator = parts.simulator;
    this.openings = parts.openings;
    this.daemonsPlace = { host, port: DAEMONS_PORT };
    this.#plan = plan;
  }

  static async start(plan: CcaiPlan, host: string): Promise<LabCcai> {
    const support = new DailyOpening('Asia/Kathmandu');
    const sales = new DailyOpening('America/Sao_Paulo');
    const simulator = await CcaiSimulator.start({
      subdomain: SUBDOMAIN,
      token: TOKEN,
      menus: [
        { id: 9, name: 'Support', types: ['ivr'] },
        { id: 12, name: 'Those who waited', types: ['mobile'] },
        // Whoever schedules a call for the wrong opening is refused.
        { id: 50, name: 'Later', types: ['web'], state: { afterHoursUntil: support.nextDayAt } },
        { id: 51, name: 'Later, sales', types: ['web'], state: { afterHoursUntil: sales.at } },
      ],
      agents: [{ id: 1, email: 'ana@example.com', firstName: 'Ana', lastName: 'Lima' }],
      languages: ['en', 'es', 'pt'],
      outboundNumbers: ['+551132654321', '+551132654322'],
      firstIds: { call: 515 },
    });
    return new LabCcai({ simulator, openings: { support, sales } }, host, plan);
  }

  /** The group `ccai` of the daemon's configuration. */
  get config(): Readonly<Record<string, unknown>> {
    const { support, sales } = this.openings;
    return {
      enabled: true,
      subdomain: SUBDOMAIN,
      baseUrl: this.simulator.baseUrl,
      token: TOKEN,
      outboundToken: OUTBOUND_TOKEN,
      timeoutMs: 2_000,
      delaySeconds: 1,
      rules: RULES,
      openingHours: [
        { queue: 'support', ...support.hours, holidays: [support.date] },
        { queue: 'sales', ...sales.hours },
      ],
      ...this.#plan,
    };
  }

  /** What was asked so far: what, and with which body. */
  get asked(): readonly { readonly asked: string; readonly body: unknown }[] {
    return this.simulator.ledger.map(({ method, path, body }) => ({ asked: `${method} ${path}`, body }));
  }

  /** What the daemon is asked over HTTP. */
  fetch(path: string, request: RequestInit = {}): Promise<Response> {
    const { host, port } = this.daemonsPlace;
    return fetch(`http://${host}:${port}${path}`, request);
  }

  /** What `/readyz` says: whether callers are served, and how this relay is. */
  async readiness(): Promise<{ readonly status: number; readonly ccai: unknown }> {
    const answer = await this.fetch('/readyz');
    const { parts } = (await answer.json()) as { parts: Readonly<Record<string, unknown>> };
    return { status: answer.status, ccai: parts['ccai'] };
  }

  /** The daemon owes CCAI Platform nothing any more. */
  async toldAll(storePath: string, timeoutMs = 20_000): Promise<void> {
    await waitFor('everything to be told', () => owedIn(storePath).length === 0, timeoutMs);
  }

  /** For whoever reads it after a failure. */
  report(): readonly string[] {
    const { ledger, violations } = this.simulator;
    return ['— CCAI Platform —', ...ledger.map(lineOf), '— its broken rules —', ...violations];
  }

  close(): Promise<void> {
    return this.simulator.close();
  }
}

function lineOf({ at, method, path, body, status, answer }: RequestEntry): string {
  const told = `${method} ${path} ${JSON.stringify(body)} ${status} ${JSON.stringify(answer)}`;
  return `${new Date(at).toISOString()} ${told}`;
}

/** What was to be told and is not, parked or on its way. */
export function owedIn(storePath: string): readonly RelayRow[] {
  using reader = new StoreReader(storePath);
  return reader.undeliveredRelays();
}

/** What became of that which was to be told of a call. */
export function relaysOf(storePath: string, callId: string): readonly RelayRow[] {
  using reader = new StoreReader(storePath);
  return reader.relaysOf(callId);
}
