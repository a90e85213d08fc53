import { CcaiSimulator, type CcaiSimulatorOptions } from '../../../src/simulators/ccai/simulator.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

const SUBDOMAIN = 'somedomain';
export const TOKEN = 'a-token';
/** The moment of the document's inbound examples. */
export const THEN = Date.parse('2019-09-10T00:19:14.421Z');

/** The callers and agents of the document; the contact's number it does not tell is one that nobody has. */
const FURNITURE = {
  menus: [
    { id: 9, name: 'Lock Star', types: ['ivr', 'mobile'] },
    { id: 50, name: 'Web', types: ['web'] },
  ],
  agents: [
    {
      id: 1,
      email: 'admin@somedomain.com',
      firstName: 'Admin',
      lastName: 'UJET',
      avatarUrl: 'https://somedomain.com/avatar.jpg',
    },
    { id: 2, email: 'agent@somedomain.com', firstName: 'An', lastName: 'Agent' },
    { id: 3, email: 'allen@somedomain.com', firstName: 'Allen', lastName: 'Agent' },
  ],
  contacts: [
    { id: 67, number: '+1 202-555-0167', outContactId: '381630957514', tickets: ['71450'] },
    { id: 75, number: '+82-10-6861-2345', outContactId: '389391400633', tickets: ['76517'] },
  ],
  outboundNumbers: ['+1 339-219-5276', '+1 760-410-8538', '+1 760-867-5309'],
} as const satisfies Partial<CcaiSimulatorOptions>;

export interface Ask {
  readonly method?: string;
  /** From the base path on. */
  readonly path?: string;
  /** Sent as JSON, unless it is text. */
  readonly body?: unknown;
  readonly user?: string;
  readonly password?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** Nothing where there is no text; the text where it is no JSON. */
  readonly json: unknown;
}

/** A simulator, a clock of the test's, and requests as anybody could write them: nothing of ours in between. */
export async function aPlatform({
  at = THEN,
  ...options
}: Partial<CcaiSimulatorOptions> & { readonly at?: number } = {}) {
  const clock = new ManualClock(at);
  const common = { subdomain: SUBDOMAIN, token: TOKEN, clock };
  const simulator = await CcaiSimulator.start({ ...common, ...FURNITURE, ...options });

  async function ask(request: Ask = {}): Promise<Answered> {
    const { method = 'POST', path = '/calls', body, user = SUBDOMAIN, password = TOKEN, headers } = request;
    const response = await fetch(`${simulator.baseUrl}${path}`, {
      method,
      headers: { 'content-type': 'application/json', authorization: basic(user, password), ...headers },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  }

  return {
    simulator,
    clock,
    ask,
    /** Creates a call. */
    call: (body: unknown) => ask({ body }),
    /** The status and the message, as one text. */
    verdictOn: async (body: unknown) => {
      const { status, json } = await ask({ body });
      return `${status} ${messageIn(json)}`.trim();
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export type Platform = Awaited<ReturnType<typeof aPlatform>>;

export function basic(user: string, password: string): string {
  return `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
}

function messageIn(json: unknown): string {
  return typeof json === 'object' && json !== null && 'message' in json ? String(json.message) : '';
}

function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return text;
  }
}
