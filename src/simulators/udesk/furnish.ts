import type { Account } from './state/account.ts';
import type { Application } from './state/application.ts';
import { newExtension } from './state/new-extension.ts';
import { newSeat } from './state/seat.ts';

export interface FurnishedAgent {
  readonly agentId: string;
  /** The agent's id where nothing is said. */
  readonly workId?: string;
  readonly name?: string;
  /** At most two; each is created, with a phone that is registered. */
  readonly extensions?: readonly string[];
  /** Queue ids, each of them one of the application's. */
  readonly queues?: readonly string[];
}

/** What an application has before anybody asks for anything. */
export interface FurnishedApplication {
  readonly appId: string;
  readonly secret: string;
  readonly name?: string;
  readonly callbackUrl?: string;
  /** "9{9 digits}". */
  readonly extensionPrefix?: string;
  readonly relayNumbers?: readonly string[];
  readonly queues?: readonly { readonly queueId: string; readonly name: string }[];
  readonly agents?: readonly FurnishedAgent[];
}

const EXTENSION_PREFIX = '9031046856';

export function furnish(account: Account, wish: FurnishedApplication): Application {
  const application = account.add({
    appId: wish.appId,
    secret: wish.secret,
    extensionPrefix: wish.extensionPrefix ?? EXTENSION_PREFIX,
    name: wish.name ?? 'simulated',
    type: 'default',
    callbackUrl: wish.callbackUrl ?? '',
    isHideUserNum: false,
    memo: '',
  });
  application.relayNumbers.push(...(wish.relayNumbers ?? []));
  for (const { queueId, name } of wish.queues ?? []) addQueue(application, queueId, name);
  for (const agent of wish.agents ?? []) addAgent(application, agent);
  return application;
}

function addQueue({ queues, world }: Application, queueId: string, name: string): void {
  const now = world.now();
  const limits = { strategy: 'longest_idle', timeoutSeconds: 60, maxLength: 128 };
  queues.set(queueId, {
    serial: queues.size + 1,
    ...{ queueId, name, createdAt: now, updatedAt: now },
    ...limits,
  });
}

function addAgent(application: Application, agent: FurnishedAgent): void {
  const { agentId, workId = agentId, name = '', extensions = [], queues = [] } = agent;
  const seat = newSeat({ agentId, workId, name }, application.world.now());
  application.seats.set(agentId, seat);
  for (const queueId of queues) seat.queues.add(queueId);
  for (const number of extensions) {
    newExtension(application, number).state = 'idle';
    seat.extensions.push(number);
  }
}
