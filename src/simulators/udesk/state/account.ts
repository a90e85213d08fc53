import { Application, type ApplicationFacts } from './application.ts';
import type { UdeskCall } from './udesk-call.ts';
import type { World } from './world.ts';

// Assumed: the document has no limit, but shows subscriptions that fail.
const MOST_SUBSCRIPTIONS = 50;

/** Where the document can be read in two ways, the way in which this account answers. */
export interface Readings {
  /** `[Extension]`, by the letter, is objects of number and password; the queues beside them are bare numbers. */
  readonly extensionsAs: 'objects' | 'numbers';
  /** The list of message subscriptions shows no id, in table and example, though all else asks for one. */
  readonly listsSubscriptionIds: boolean;
}

export interface AccountOptions {
  readonly sid: string;
  readonly authToken: string;
  readonly mostSubscriptions?: number;
  readonly readings?: Partial<Readings>;
}

/** Whoever has Sid and AuthToken, with their applications. */
export class Account {
  readonly sid: string;
  readonly authToken: string;
  readonly world: World;
  readonly readings: Readings;
  readonly applications = new Map<string, Application>();
  readonly #mostSubscriptions: number;

  constructor(options: AccountOptions, world: World) {
    this.sid = options.sid;
    this.authToken = options.authToken;
    this.#mostSubscriptions = options.mostSubscriptions ?? MOST_SUBSCRIPTIONS;
    this.readings = { extensionsAs: 'objects', listsSubscriptionIds: false, ...options.readings };
    this.world = world;
  }

  add(facts: ApplicationFacts): Application {
    const application = new Application(facts, this.world, this.#mostSubscriptions);
    this.applications.set(facts.appId, application);
    return application;
  }

  /** Call control names no application: a call is looked for in all of them. */
  findCall(callId: string): { readonly application: Application; readonly call: UdeskCall } | undefined {
    for (const application of this.applications.values()) {
      const call = application.calls.get(callId);
      if (call !== undefined) return { application, call };
    }
    return undefined;
  }
}
