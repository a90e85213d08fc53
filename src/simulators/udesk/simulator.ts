import { machineClock, type SimulatorClock, StoppableClock } from '../kit/clock.ts';
import { HttpDoor } from '../kit/http-door.ts';
import { Journal } from '../kit/journal.ts';
import { WaitingFaults } from '../kit/waiting-faults.ts';
import { seededRandom } from '../pbx/random.ts';
import { AgentsByHand } from './agents-by-hand.ts';
import { askForNumbers, type ListAnswer, type ListQuestion, tellStopped } from './callbacks/callback-list.ts';
import { Poster } from './callbacks/poster.ts';
import {
  assumedBody,
  type CallbackBody,
  type Delivery,
  type Forgery,
  WebhookSender,
} from './callbacks/webhook-sender.ts';
import { CallsByHand } from './calls-by-hand.ts';
import type { Fault } from './faults.ts';
import { type FurnishedApplication, furnish } from './furnish.ts';
import { describeRequest, type RequestEntry } from './request-entry.ts';
import { BASE_PATH, type OperationName } from './rest/operations.ts';
import { Reception } from './rest/reception.ts';
import { Sessions } from './sessions/sessions.ts';
import { SessionsByHand } from './sessions-by-hand.ts';
import type { TimestampUnit } from './signature.ts';
import { Account, type AccountOptions } from './state/account.ts';
import type { Application } from './state/application.ts';
import type { Happening } from './state/happening.ts';
import { placeCalls } from './state/place-call.ts';
import { createWorld } from './state/world.ts';

export interface UdeskSimulatorOptions extends AccountOptions {
  readonly application: FurnishedApplication;
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** Where agents' WebSockets go: the document leaves it out. */
  readonly agentPath?: string;
  /** The only unit in which timestamps are taken; either one where nothing is said. */
  readonly timestampUnit?: TimestampUnit;
  /** How long an event may go without its ACK. */
  readonly ackWithinMs?: number;
  /** Outbound calls go on by themselves, a step each so often; by hand where nothing is said. */
  readonly callPaceMs?: number;
  /** How long a callback waits for its answer. */
  readonly callbackTimeoutMs?: number;
  readonly callbackBody?: CallbackBody;
  readonly clock?: SimulatorClock;
  /** From 0 up to, but without, 1. The same numbers give the same ids and secrets. */
  readonly random?: () => number;
}

/** What may be told to fail: an operation, an agent's WebSocket that opens, or a request on one. */
export type FaultTarget = OperationName | 'session' | 'message';

export interface CallbackWish extends Forgery {
  readonly event: string;
  readonly fields?: Readonly<Record<string, unknown>>;
  /** The application's own callback URL where nothing is said. */
  readonly callback?: string;
}

/** Udesk's call centre as its document describes it, strict about every rule, on 127.0.0.1. */
export interface UdeskSimulator {
  /** What stands before `/agents` and the like. */
  readonly url: string;
  /** Where agents' WebSockets go. */
  readonly agentUrl: string;
  /** What came to pass, in order: logins, states, calls. */
  readonly ledger: readonly Happening[];
  /** What was asked, at all doors, in order. */
  readonly requests: readonly RequestEntry[];
  /** What was sent to callback URLs, in the order in which it was answered. */
  readonly deliveries: readonly Delivery[];
  readonly agents: AgentsByHand;
  readonly calls: CallsByHand;
  readonly sessions: SessionsByHand;
  /** Every rule broken so far, one sentence each. A refusal that the state of things calls for is none. */
  violations(): readonly string[];
  /** Answers a function that ends the listening. */
  onHappening(listener: (happening: Happening) => void): () => void;
  /** The first that fits, past or to come; rejects after `timeoutMs`. */
  waitFor(predicate: (happening: Happening) => boolean, timeoutMs: number): Promise<Happening>;
  waitForRequest(predicate: (entry: RequestEntry) => boolean, timeoutMs: number): Promise<RequestEntry>;
  waitForDelivery(predicate: (delivery: Delivery) => boolean, timeoutMs: number): Promise<Delivery>;
  /** Sends a callback, whether anybody subscribed or not: honest, forged or stale. */
  sendCallback(wish: CallbackWish): Promise<Delivery>;
  /** Sends the very same bytes again. */
  replayCallback(delivery: Delivery): Promise<Delivery>;
  /** Everything told so far has been delivered, or given up. */
  callbacksSettled(): Promise<void>;
  /** POSTs `cc_ad_task/numbers` to our side; what is wrong with a 200 is a violation. */
  askForNumbers(question: ListQuestion & { readonly count: number }): Promise<ListAnswer>;
  /** POSTs `cc_ad_task/stop` to our side. */
  tellStopped(question: ListQuestion): Promise<ListAnswer>;
  /** Whether the AppId is refused from now on. */
  setForbidden(forbidden: boolean): void;
  failNext(target: FaultTarget | 'any', fault: Fault): void;
  /** Whatever was to fail does not any more. */
  endFaults(): void;
  /** Refuses connections and cuts off those that are open, until `comeUp`. What was there stays. */
  goDown(): Promise<void>;
  comeUp(): Promise<void>;
  close(): Promise<void>;
}

// Assumed throughout: the document has no deadlines but the signature's.
const ACK_WITHIN_MS = 2_000;
const CALLBACK_TIMEOUT_MS = 5_000;
const SEED = 20_190_822;

export async function startUdeskSimulator(options: UdeskSimulatorOptions): Promise<UdeskSimulator> {
  const { application: wish, port = 0, agentPath = '/agent' } = options;
  const parts = assemble(options);
  const { account, door, poster, clock } = parts;
  const application = furnish(account, wish);
  await door.open(port);
  return {
    ...watching(parts),
    ...callbacks(parts, application),
    url: `http://127.0.0.1:${door.port}${BASE_PATH}`,
    agentUrl: `ws://127.0.0.1:${door.port}${agentPath}`,
    agents: new AgentsByHand(application),
    calls: new CallsByHand(application),
    sessions: new SessionsByHand(parts.sessions, application),
    setForbidden: (forbidden) => {
      application.forbidden = forbidden;
    },
    failNext: (target, fault) => parts.faults.add(target, fault),
    endFaults: () => parts.faults.end(),
    goDown: () => door.close(),
    comeUp: () => door.open(),
    close: async () => {
      clock.stop();
      poster.close();
      await door.close();
    },
  };
}

type Parts = ReturnType<typeof assemble>;

/** Whatever happens is written down, then told to the agent's WebSocket and to the subscribers. */
function assemble(options: UdeskSimulatorOptions) {
  const violations: string[] = [];
  const object = (breach: string) => void violations.push(breach);
  const ledger = new Journal<Happening>((happening) => JSON.stringify(happening));
  const requests = new Journal<RequestEntry>(describeRequest);
  const deliveries = new Journal<Delivery>(({ event, status }) => `${event} ${status}`);
  const faults = new WaitingFaults<FaultTarget, Fault>();
  const clock = new StoppableClock(options.clock ?? machineClock);
  const world = createWorld(clock, options.random ?? seededRandom(SEED), tell);
  const account = new Account(options, world);
  const poster = new Poster(clock, options.callbackTimeoutMs ?? CALLBACK_TIMEOUT_MS);
  const bodyOf = options.callbackBody ?? assumedBody;
  const webhooks = new WebhookSender({
    account,
    poster,
    bodyOf,
    record: (delivery) => deliveries.add(delivery),
  });
  const record = (entry: RequestEntry) => requests.add(entry);
  const common = {
    account,
    unit: options.timestampUnit,
    placeCall: placeCalls(options.callPaceMs),
    record,
    object,
  };
  const reception = new Reception({ ...common, takeFault: (name) => faults.take(name) });
  const sessions = new Sessions({
    ...common,
    path: options.agentPath ?? '/agent',
    ackWithinMs: options.ackWithinMs ?? ACK_WITHIN_MS,
    takeFault: (target) => faults.take(target),
  });
  function tell(happening: Happening): void {
    ledger.add(happening);
    sessions.hear(happening);
    webhooks.hear(happening);
  }
  const door = new HttpDoor({
    clock,
    receive: (arrival) => reception.receive(arrival),
    upgrade: (request, socket, head) => sessions.upgrade(request, socket, head),
  });
  return {
    violations,
    object,
    ledger,
    requests,
    deliveries,
    faults,
    clock,
    account,
    poster,
    webhooks,
    sessions,
    door,
  };
}

function watching({ violations, ledger, requests, deliveries }: Parts) {
  return {
    ledger: ledger.entries,
    requests: requests.entries,
    deliveries: deliveries.entries,
    violations: () => [...violations],
    onHappening: ledger.onEntry.bind(ledger),
    waitFor: ledger.waitFor.bind(ledger),
    waitForRequest: requests.waitFor.bind(requests),
    waitForDelivery: deliveries.waitFor.bind(deliveries),
  };
}

function callbacks({ webhooks, poster, object }: Parts, application: Application) {
  const caller = { application, poster, object };
  return {
    sendCallback: ({ event, fields = {}, callback, ...forgery }: CallbackWish) => {
      const to = { callback: callback ?? application.facts.callbackUrl, ...forgery };
      return webhooks.send(application, { event, fields }, to);
    },
    replayCallback: (delivery: Delivery) => webhooks.replay(delivery),
    callbacksSettled: () => webhooks.settled(),
    askForNumbers: (question: ListQuestion & { readonly count: number }) => askForNumbers(caller, question),
    tellStopped: (question: ListQuestion) => tellStopped(caller, question),
  };
}
