import { CcaiClient, type CcaiClientOptions } from '../../../../src/adapters/ccai/client.ts';
import { CcaiSimulator, type CcaiSimulatorOptions } from '../../../../src/simulators/ccai/simulator.ts';
import { ManualClock } from '../../../fakes/manual-clock.ts';

export const SUBDOMAIN = 'somedomain';
export const TOKEN = 'c0ffee-api-token';
/** The moment of the document's inbound examples, and that for which they schedule a call. */
const THEN = Date.parse('2019-09-10T00:19:14.421Z');
export const LATER_TEXT = '2019-09-15T00:19:14.421Z';
export const LATER = Date.parse(LATER_TEXT);
export const NUMBER = '+5511987654321';
export const AGENT = 'agent@somedomain.com';
export const TICKET = '76517';

const FURNITURE = {
  menus: [
    { id: 9, name: 'Lock Star', types: ['ivr', 'mobile'], asksForRecording: true },
    { id: 50, name: 'Page', types: ['web'] },
    { id: 51, name: 'Voice', types: ['ivr'] },
  ],
  agents: [{ id: 2, email: AGENT, firstName: 'An', lastName: 'Agent' }],
  contacts: [{ id: 75, number: '+5521987654321', outContactId: '389391400633', tickets: [TICKET] }],
  outboundNumbers: ['+551133334444', '+551155556666'],
} as const satisfies Partial<CcaiSimulatorOptions>;

export interface Changes extends Partial<CcaiSimulatorOptions> {
  readonly client?: Partial<CcaiClientOptions>;
}

/**
 * The simulator, written from the document without a look at the client; and the client. Time stands still in both, so a
 * client asks ten times at most.
 */
export async function aPlatform({ client: changes = {}, ...options }: Changes = {}) {
  const clock = new ManualClock(THEN);
  const account = { subdomain: SUBDOMAIN, token: TOKEN, clock };
  const simulator = await CcaiSimulator.start({ ...account, ...FURNITURE, ...options });
  const client = new CcaiClient({ ...account, baseUrl: simulator.baseUrl, timeoutMs: 10_000, ...changes });
  const close = async () => {
    await client.close();
    await simulator.close();
  };
  return { clock, simulator, client, [Symbol.asyncDispose]: close };
}

export type Platform = Awaited<ReturnType<typeof aPlatform>>;
