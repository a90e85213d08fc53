import type { IncomingMessage } from 'node:http';
import { CcaiClient, type CcaiClientOptions } from '../../../src/adapters/ccai/client.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { aWebServer } from '../movidesk/far-side.ts';

const SUBDOMAIN = 'acme';
export const TOKEN = 'c0ffee-api-token';
/** `printf acme:c0ffee-api-token | base64` */
export const CREDENTIAL = 'YWNtZTpjMGZmZWUtYXBpLXRva2Vu';

/** One request as it came. */
export interface Recorded {
  readonly method: string | undefined;
  readonly path: string | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}

export interface Script {
  readonly status?: number;
  /** Text goes out as it is, everything else as JSON. */
  readonly answer?: unknown;
  readonly headers?: Record<string, string>;
}

/** A server that answers every request alike, and keeps what it was asked. */
export async function aCcai({ status = 201, answer = {}, headers = {} }: Script = {}) {
  const requests: Recorded[] = [];
  const server = await aWebServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString();
    const { method, url: path } = request;
    requests.push({
      method,
      path,
      headers: request.headers,
      body: text === '' ? undefined : JSON.parse(text),
    });
    response.writeHead(status, headers).end(typeof answer === 'string' ? answer : JSON.stringify(answer));
  });
  return {
    baseUrl: baseUrlOf(server.port),
    requests,
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export const baseUrlOf = (port: number) => `http://127.0.0.1:${port}/apps/api/v1`;

export function aClient(options: Partial<CcaiClientOptions> & { readonly baseUrl: string }) {
  const client = new CcaiClient({
    subdomain: SUBDOMAIN,
    token: TOKEN,
    timeoutMs: 5_000,
    clock: systemClock,
    ...options,
  });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

/** The failure of an outcome that must be one. */
export function failureIn<Failed>(outcome: { ok: true } | { ok: false; failure: Failed }): Failed {
  if (outcome.ok) throw new Error(`expected a failure, got ${JSON.stringify(outcome)}`);
  return outcome.failure;
}

/** The value of an outcome that must have one. */
export function valueIn<Value>(outcome: { ok: true; value: Value } | { ok: false }): Value {
  if (!outcome.ok) throw new Error(`expected a value, got ${JSON.stringify(outcome)}`);
  return outcome.value;
}
