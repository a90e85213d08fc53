import { createHash } from 'node:crypto';
import { type IncomingMessage, request } from 'node:http';
import type { FurnishedApplication } from '../../../src/simulators/udesk/furnish.ts';
import { startUdeskSimulator, type UdeskSimulatorOptions } from '../../../src/simulators/udesk/simulator.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';

export const NOON = Date.UTC(2026, 4, 1, 12, 0, 0);
export const SID = '123456789abcdef';
export const AUTH_TOKEN = 'an-auth-token';
export const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
export const SECRET = 'a-secret';

export const sha1 = (...parts: readonly string[]) => createHash('sha1').update(parts.join('')).digest('hex');

/** How a request differs from a good one. */
export interface Change {
  /** Sent as JSON, unless it is text. */
  readonly body?: unknown;
  /** Undefined leaves a parameter out. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Answered {
  readonly status: number;
  readonly text: string;
  /** The text where it is no JSON. */
  readonly json: unknown;
}

const APPLICATION: FurnishedApplication = {
  appId: APP_ID,
  secret: SECRET,
  relayNumbers: ['057126200670', '057128091649'],
  queues: [{ queueId: '9008', name: 'Support' }],
  agents: [
    { agentId: '10031', extensions: ['8001'] },
    { agentId: '10032', extensions: ['8002'] },
    { agentId: '7765' },
  ],
};

type Options = Partial<Omit<UdeskSimulatorOptions, 'application'>> & {
  readonly application?: Partial<FurnishedApplication>;
};

/** A simulator, a clock of the test's, and requests as anybody could write them: nothing of ours in between. */
export async function aCallCentre({ application, ...options }: Options = {}) {
  const clock = new ManualClock(NOON);
  const simulator = await startUdeskSimulator({
    ...{ sid: SID, authToken: AUTH_TOKEN, clock },
    ...options,
    application: { ...APPLICATION, ...application },
  });

  /** As in `POST agents`, signed; the parameter of the application is named as the document names it. */
  async function call(operation: string, { body, query, headers }: Change = {}): Promise<Answered> {
    const [method = '', path = ''] = operation.split(' ');
    const Timestamp = query?.['Timestamp'] ?? String(clock.now());
    const app = path === 'agent/logout' ? 'app_id' : 'AppId';
    const signed = { Timestamp, [app]: APP_ID, Sid: SID, Sign: sha1(SID, AUTH_TOKEN, Timestamp), ...query };
    const search = new URLSearchParams();
    for (const [name, value] of Object.entries(signed)) if (value !== undefined) search.set(name, value);
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const url = `${simulator.url}/${path}?${search}`;
    const json = { accept: 'application/json', 'content-type': 'application/json;charset=utf-8' };
    return exchange(url, { method, headers: { ...json, ...headers }, text });
  }

  return {
    simulator,
    clock,
    call,
    /** The code of the answer, and what it says. */
    codeOf: async (operation: string, change: Change = {}) => {
      const { json } = await call(operation, change);
      const answer = Object(json) as Readonly<Record<string, unknown>>;
      return `${answer['ErrCode'] ?? answer['code']} ${answer['ErrDesc'] ?? answer['message']}`;
    },
    [Symbol.asyncDispose]: () => simulator.close(),
  };
}

export type CallCentre = Awaited<ReturnType<typeof aCallCentre>>;

interface Sent {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string | undefined;
}

/** `fetch` sends no body along with a GET, and this document wants some. */
async function exchange(url: string, { method, headers, text }: Sent): Promise<Answered> {
  const length = { 'content-length': String(Buffer.byteLength(text ?? '')) };
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  const sending = request(url, { method, headers: { ...headers, ...length }, agent: false });
  sending.once('response', resolve).once('error', reject).end(text);
  const response = await promise;
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk);
  const answered = Buffer.concat(chunks).toString();
  return { status: response.statusCode ?? 0, text: answered, json: parsed(answered) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
