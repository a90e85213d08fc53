import { failed, type Outcome, success } from '../../ports/failure.ts';
import type { AskAnswer, HelpDesk, ReceivedCall, Report } from '../../ports/help-desk.ts';
import { type HttpAnswer, HttpClient } from '../kit/http-client.ts';
import { personalInLink } from './personal-in-link.ts';
import { askAnswerFrom, movideskCallOf, receivedCallOf } from './translate.ts';
import type { DateFormat, MovideskCall } from './wire.ts';

export interface MovideskClientOptions {
  /** `https://api.movidesk.com/public/v1`, with or without a slash at its end. */
  readonly baseUrl: string;
  readonly token: string;
  readonly dateFormat: DateFormat;
  readonly timeoutMs: number;
  /** Wall clock in milliseconds. */
  readonly now: () => number;
  /** Another way to Movidesk than the network's. */
  readonly http?: Pick<HttpClient, 'send' | 'excerpt' | 'close'>;
}

// At ten requests a minute (the vendor's default) one is plenty; four keep an account with a raised limit going while
// one request hangs until its deadline.
const CONNECTIONS = 4;

/** Movidesk as the help desk. Repeating is harmless for all of its operations, as the port says. */
export class MovideskClient implements HelpDesk {
  readonly #http: NonNullable<MovideskClientOptions['http']>;
  readonly #token: string;
  readonly #dateFormat: DateFormat;

  constructor({ baseUrl, token, dateFormat, timeoutMs, now, http }: MovideskClientOptions) {
    const options = { baseUrl, timeoutMs, connections: CONNECTIONS, secrets: [token], now };
    this.#http = http ?? new HttpClient(options);
    this.#token = token;
    this.#dateFormat = dateFormat;
  }

  async ask(call: ReceivedCall): Promise<Outcome<AskAnswer>> {
    // Without its `+`, so that the number is left out of causes however the far side writes it back.
    const personal = [call.clientNumber.replace(/^\+/, '')];
    const answer = await this.#post(receivedCallOf(call, this.#dateFormat), personal);
    if (!answer.ok) return failed(answer.failure);
    return success(askAnswerFrom(answer.value.text, (body) => this.#http.excerpt(body, personal)));
  }

  /** Any 2xx means heard; the page promises no body, so none is read. */
  async report(report: Report): Promise<Outcome<void>> {
    const personal = 'link' in report ? personalInLink(report.link ?? '') : [];
    const answer = await this.#post(movideskCallOf(report, this.#dateFormat), personal);
    return answer.ok ? success(undefined) : failed(answer.failure);
  }

  close(): Promise<void> {
    return this.#http.close();
  }

  #post({ operation, query }: MovideskCall, personal: readonly string[]): Promise<Outcome<HttpAnswer>> {
    return this.#http.send({
      method: 'POST',
      path: operation,
      query: { token: this.#token, ...query },
      // The vendor's example code declares JSON although the body is empty.
      headers: { 'content-type': 'application/json' },
      personal,
    });
  }
}
