import type { SimulatorClock } from '../../kit/clock.ts';
import { sha1 } from '../signature.ts';
import type { Account } from '../state/account.ts';
import type { Application } from '../state/application.ts';
import type { Happening } from '../state/happening.ts';
import { type CallbackEvent, callbackEventOf } from './callback-event.ts';
import type { Posted, Poster } from './poster.ts';

/** One callback that was sent, whole. */
export interface Delivery extends Posted {
  readonly at: number;
  readonly event: string;
  /** With its signature, so that one can send it again. */
  readonly url: string;
  readonly body: string;
}

/** How a callback sent by hand differs from an honest one. */
export interface Forgery {
  /** Signed with this in place of the application's secret. */
  readonly secret?: string;
  /** Text in place of the Timestamp. It is signed like any other. */
  readonly timestamp?: string;
  /** Text in place of the Sign; empty leaves it out. */
  readonly sign?: string;
  readonly appId?: string;
  /** Bytes in place of the JSON. */
  readonly body?: string;
}

/** The body of a callback. Handed in by whoever knows better what Udesk sends. */
export type CallbackBody = (event: CallbackEvent, application: Application, at: number) => unknown;

export const assumedBody: CallbackBody = ({ event, fields }, { appId }, at) => ({
  Event: event,
  AppId: appId,
  ...fields,
  Timestamp: at,
});

interface SenderParts {
  readonly account: Account;
  readonly poster: Poster;
  readonly bodyOf: CallbackBody;
  readonly record: (delivery: Delivery) => void;
}

/** Tells subscribers what happens: each event once, in order for each address, whether they listen or not. */
export class WebhookSender {
  readonly #parts: SenderParts;
  readonly #clock: SimulatorClock;
  readonly #last = new Map<string, Promise<unknown>>();

  constructor(parts: SenderParts) {
    this.#parts = parts;
    this.#clock = parts.account.world;
  }

  hear(happening: Happening): void {
    const application = this.#parts.account.applications.get(happening.appId);
    const event = callbackEventOf(happening);
    if (application === undefined || event === undefined) return;
    for (const callback of subscribers(application, event.event))
      void this.send(application, event, { callback });
  }

  /** Whether anybody subscribed or not; the signature may be forged. */
  send(
    application: Application,
    event: CallbackEvent,
    { callback, ...forgery }: Forgery & { readonly callback: string },
  ): Promise<Delivery> {
    const at = this.#clock.now();
    const body = forgery.body ?? JSON.stringify(this.#parts.bodyOf(event, application, at));
    const url = signedUrl(callback, application, { timestamp: String(Math.floor(at / 1000)), ...forgery });
    return this.#inOrder({ event: event.event, url, body });
  }

  /** The very same bytes again. */
  replay({ event, url, body }: Delivery): Promise<Delivery> {
    return this.#inOrder({ event, url, body });
  }

  /** Everything told so far has been delivered, or given up. */
  async settled(): Promise<void> {
    await Promise.all(this.#last.values());
  }

  #inOrder(letter: Letter): Promise<Delivery> {
    const { origin, pathname } = new URL(letter.url);
    const address = `${origin}${pathname}`;
    const sending = this.#sent(letter, this.#last.get(address));
    this.#last.set(address, sending);
    return sending;
  }

  async #sent(letter: Letter, before: Promise<unknown> | undefined): Promise<Delivery> {
    await before;
    const at = this.#clock.now();
    const delivery = { at, ...letter, ...(await this.#parts.poster.post(letter.url, letter.body)) };
    this.#parts.record(delivery);
    return delivery;
  }
}

type Letter = Pick<Delivery, 'event' | 'url' | 'body'>;

/** Events by category go to the application's own URL, messages to that of each subscription; no URL hears nothing. */
function subscribers(application: Application, event: string): readonly string[] {
  const { callbackUrl } = application.facts;
  const own = callbackUrl !== '' && application.events.wants(event) ? [callbackUrl] : [];
  const others = application.subscriptions.wanting(event).map(({ callback }) => callback);
  return [...own, ...others].filter((callback) => URL.canParse(callback));
}

/** Assumed: AppId, Timestamp and Sign travel in the URL, as in every request of the document. */
export function signedUrl(
  callback: string,
  { appId, facts }: Application,
  { timestamp, ...forgery }: Forgery & { readonly timestamp: string },
): string {
  const saysAppId = forgery.appId ?? appId;
  const sign = forgery.sign ?? sha1(saysAppId, forgery.secret ?? facts.secret, timestamp);
  const url = new URL(callback);
  url.searchParams.set('Timestamp', timestamp);
  url.searchParams.set('AppId', saysAppId);
  if (sign !== '') url.searchParams.set('Sign', sign);
  return url.href;
}
