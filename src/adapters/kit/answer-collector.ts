import type { IncomingHttpHeaders } from 'node:http';
import type { Dispatcher } from 'undici';

/** How one exchange went, as far as it went. */
export type Exchange =
  /** The whole answer. */
  | { readonly kind: 'answered'; readonly head: Head; readonly text: string }
  /** The head and a part of the body: too long, too late or broken off. */
  | { readonly kind: 'cut'; readonly head: Head; readonly text: string; readonly error: unknown }
  /** No head. `sent` tells whether the request had begun to leave. */
  | { readonly kind: 'silent'; readonly sent: boolean; readonly error: unknown };

interface Head {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Collects one answer. It stands directly on `dispatch`, because `request` cannot tell whether an aborted request had
 * left (undici calls `onRequestStart` just before it writes), nor be given up while it waits for a free connection.
 * The first of whole answer, error and `giveUp` wins; what comes later is ignored.
 */
export class AnswerCollector implements Dispatcher.DispatchHandler {
  readonly exchange: Promise<Exchange>;
  readonly #settle: (exchange: Exchange) => void;
  readonly #bodyLimitBytes: number;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #settled = false;
  #controller: Dispatcher.DispatchController | undefined;
  #head: Head | undefined;

  constructor(bodyLimitBytes: number) {
    const { promise, resolve } = Promise.withResolvers<Exchange>();
    this.exchange = promise;
    this.#settle = resolve;
    this.#bodyLimitBytes = bodyLimitBytes;
  }

  /** Ends the exchange from our side. A request still waiting for a connection is then never written. */
  giveUp(error: Error): void {
    this.#fail(error);
    this.#controller?.abort(error);
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#controller = controller;
    if (this.#settled) controller.abort(new Error('given up before it was sent'));
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: IncomingHttpHeaders): void {
    // 1xx are announcements; the answer is still to come.
    if (status >= 200) this.#head = { status, headers };
  }

  onResponseData(_: Dispatcher.DispatchController, chunk: Buffer): void {
    if (this.#settled) return;
    const room = this.#bodyLimitBytes - this.#bytes;
    this.#chunks.push(chunk.subarray(0, room));
    this.#bytes += chunk.length;
    if (chunk.length > room) this.giveUp(new Error(`answer longer than ${this.#bodyLimitBytes / 1024} KiB`));
  }

  onResponseEnd(): void {
    if (this.#head === undefined) this.#fail(new Error('answer without a head'));
    else this.#finish({ kind: 'answered', head: this.#head, text: this.#text() });
  }

  onResponseError(_: Dispatcher.DispatchController | null, error: Error): void {
    this.#fail(error);
  }

  #fail(error: unknown): void {
    const head = this.#head;
    if (head === undefined) this.#finish({ kind: 'silent', sent: this.#controller !== undefined, error });
    else this.#finish({ kind: 'cut', head, text: this.#text(), error });
  }

  #finish(exchange: Exchange): void {
    this.#settled = true;
    this.#settle(exchange);
  }

  /** UTF-8, without the byte order mark that some servers put first. */
  #text(): string {
    return new TextDecoder().decode(Buffer.concat(this.#chunks));
  }
}
