import type { IncomingMessage } from 'node:http';
import { UdeskClient, type UdeskClientOptions } from '../../../src/adapters/udesk/client.ts';
import { aWebServer } from '../movidesk/far-side.ts';

// Account and application of the document's examples, and the instant of most of them.
export const SID = '123456789abcdef';
export const APP_ID = 'a54a8b77-f12d-4ac9-742d-5b2bef5c4d11';
const NOW = 1_566_446_286_123;
export const AUTH_TOKEN = 'c0ffee-auth-token';
/** `printf 123456789abcdefc0ffee-auth-token1566446286 | sha1sum` */
export const SIGN = 'fcfa458b8c4c0943a2b4708dd9b1e872e7660a6a';

const OK = { ErrCode: '000000', ErrDesc: 'OK', Result: null };

/** One request as it came. */
export interface Recorded {
  readonly method: string | undefined;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A server that answers every request alike, and keeps what it was asked, whatever the method. */
export async function aUdesk({ status = 200, answer = OK }: { status?: number; answer?: unknown } = {}) {
  const requests: Recorded[] = [];
  const server = await aWebServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    requests.push(recorded(request, Buffer.concat(chunks).toString()));
    response.writeHead(status).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  return {
    baseUrl: baseUrlOf(server.port),
    requests,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const baseUrlOf = (port: number) => `http://127.0.0.1:${port}/ccapi/v2`;

function recorded(request: IncomingMessage, body: string): Recorded {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  return {
    method: request.method,
    path,
    query: Object.fromEntries(new URLSearchParams(query)),
    headers: request.headers,
    body,
  };
}

export function aClient(options: Partial<UdeskClientOptions> & { readonly baseUrl: string }) {
  const client = new UdeskClient({
    sid: SID,
    authToken: AUTH_TOKEN,
    appId: APP_ID,
    timestampUnit: 'seconds',
    timeoutMs: 5_000,
    clock: { now: () => NOW, monotonic: () => 0, after: () => () => {} },
    ...options,
  });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}
