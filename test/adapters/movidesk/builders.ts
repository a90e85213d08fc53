import { MovideskClient, type MovideskClientOptions } from '../../../src/adapters/movidesk/client.ts';
import { callIdFrom, type Extension, extensionFrom } from '../../../src/domain/identity.ts';
import type { Outcome } from '../../../src/ports/failure.ts';
import type { ReceivedCall, Report } from '../../../src/ports/help-desk.ts';

export const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
export const NOON = Date.UTC(2018, 4, 1, 12, 0, 0);

export function aClient(options: Partial<MovideskClientOptions> & { readonly baseUrl: string }) {
  const client = new MovideskClient({
    token: TOKEN,
    dateFormat: 'seconds',
    timeoutMs: 5_000,
    now: () => NOON,
    ...options,
  });
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.close() });
}

export function aReceivedCall(change: Partial<ReceivedCall> = {}): ReceivedCall {
  return {
    callId: callIdFrom('pbx1-1700000000.7'),
    helpDeskQueueId: 1,
    clientNumber: '+554733990777',
    receivedAt: NOON,
    ...change,
  };
}

export function anExtension(digits: string): Extension {
  const extension = extensionFrom(digits);
  if (extension === undefined) throw new Error(`${digits} is no extension`);
  return extension;
}

const callId = aReceivedCall().callId;
export const transfered: Report = { kind: 'transfered', callId, extension: anExtension('1001'), at: NOON };
export const completed: Report = {
  kind: 'completed',
  callId,
  link: 'https://pbx.example.com/recordings/a b.wav?x=1&y=2',
  at: NOON,
};
export const lost: Report = { kind: 'lost', callId, link: undefined, at: NOON };
export const canceled: Report = { kind: 'canceled', callId, at: NOON };
export const madeCallLink: Report = {
  kind: 'made-call-link',
  callId,
  link: 'https://pbx.example.com/made.wav',
};

export const repairedLink: Report = {
  kind: 'repaired-link',
  callId,
  link: 'https://pbx.example.com/2026/moved.wav',
};

/** The failure of an outcome that must be one. */
export function failureIn(outcome: Outcome<unknown>) {
  if (outcome.ok) throw new Error(`expected a failure, got ${JSON.stringify(outcome.value)}`);
  return outcome.failure;
}
