import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Account } from './account.ts';
import type { AllocationRules, Calendar, SimulatedQueue } from './allocation.ts';
import type { SimulatedCall } from './call-book.ts';
import { machineClock } from './clock.ts';
import type { Fault } from './faults.ts';
import type { LedgerEntry, RequestListener } from './ledger.ts';
import { BASE_PATH, type Operation } from './operations.ts';
import { type Reaction, Reception } from './reception.ts';
import { type QueueSnapshot, snapshotOf } from './snapshot.ts';

export interface MovideskSimulatorOptions extends Partial<AllocationRules> {
  readonly token: string;
  readonly requestsPerMinute: number;
  readonly queues: readonly SimulatedQueue[];
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Wall clock in milliseconds; the machine's where nothing else is given. */
  readonly now?: () => number;
}

/** Movidesk as its page describes it, strict about every rule, on 127.0.0.1. */
export interface MovideskSimulator {
  /** What to configure as `movidesk.baseUrl`. */
  readonly url: string;
  readonly ledger: readonly LedgerEntry[];
  /** Reports heard twice, word for word. Allowed: delivery is at least once. */
  readonly repeats: number;
  /** Every rule broken so far, one sentence each. */
  violations(): readonly string[];
  calls(): readonly SimulatedCall[];
  snapshot(): readonly QueueSnapshot[];
  setCalendar(queueId: number, calendar: Calendar): void;
  /** Whether the agent is logged in to Movidesk. All are, at first. */
  setOnline(extension: string, online: boolean): void;
  /** Whether Movidesk takes the agent's phone for registered. All are, at first. */
  setOnPhone(extension: string, onPhone: boolean): void;
  answerNext(queueId: number, rawBodies: readonly string[]): void;
  failNext(operation: Operation | 'any', fault: Fault): void;
  /** Whatever was to fail does not any more. */
  endFaults(): void;
  /** Answers a function that ends the listening. */
  onRequest(listener: RequestListener): () => void;
  /** The first request that fits, past or to come; rejects after `timeoutMs`. */
  waitFor(predicate: (entry: LedgerEntry) => boolean, timeoutMs: number): Promise<LedgerEntry>;
  close(): Promise<void>;
}

// Assumed, since the page says nothing: about as long as a phone rings before one tries the next.
const NAMED_FOR_MS = 15_000;

export async function startMovideskSimulator(options: MovideskSimulatorOptions): Promise<MovideskSimulator> {
  const { queues, port = 0, now = machineClock.now } = options;
  const { reserveNamed = true, namedForMs = NAMED_FOR_MS, firstInFirstOut = true } = options;
  const { wrapUpMs = () => 0 } = options;
  const account = new Account(queues, { reserveNamed, namedForMs, firstInFirstOut, wrapUpMs });
  const reception = new Reception(account, options);
  const server = createServer((request, response) => void serve(request, response, { reception, now }));
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${portOf(server)}${BASE_PATH}`,
    ledger: reception.ledger.entries,
    get repeats() {
      return account.repeats;
    },
    violations: () => [...reception.violations],
    calls: () => account.book.all(),
    snapshot: () => snapshotOf(account, now()),
    setCalendar: (queueId, calendar) => account.allocation.setCalendar(queueId, calendar),
    setOnline: (extension, online) => account.allocation.setOnline(extension, online),
    setOnPhone: (extension, onPhone) => account.allocation.setOnPhone(extension, onPhone),
    answerNext: (queueId, rawBodies) => account.answerNext(queueId, rawBodies),
    failNext: (operation, fault) => reception.faults.add(operation, fault),
    endFaults: () => reception.faults.end(),
    onRequest: (listener) => reception.ledger.onRequest(listener),
    waitFor: (predicate, timeoutMs) => reception.ledger.waitFor(predicate, timeoutMs),
    close: () => close(server),
  };
}

interface Desk {
  readonly reception: Reception;
  readonly now: () => number;
}

async function serve(request: IncomingMessage, response: ServerResponse, { reception, now }: Desk) {
  const body = await bodyOf(request);
  // A client that broke off before its request was whole has said nothing.
  if (body === undefined) return;
  const { method = '', url: target = '' } = request;
  answer(request, response, reception.receive({ method, target, body, at: now() }));
}

async function bodyOf(request: IncomingMessage): Promise<string | undefined> {
  try {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    return Buffer.concat(chunks).toString();
  } catch {
    return undefined;
  }
}

function answer(request: IncomingMessage, response: ServerResponse, reaction: Reaction): void {
  if (reaction === 'hang') return;
  if (reaction === 'reset') {
    request.socket.resetAndDestroy();
    return;
  }
  const { status, headers, body, delayMs } = reaction;
  const end = () => response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  if (delayMs === 0) end();
  else machineClock.after(delayMs, end);
}

function listen(server: Server, port: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject);
  server.listen(port, '127.0.0.1', resolve);
  return promise;
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Requests left hanging are cut off, else nobody could stop. */
function close(server: Server): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeAllConnections();
  return promise;
}
