import type { CallId } from '../../src/domain/identity.ts';
import type { Clock } from '../../src/ports/clock.ts';
import type { Failure, Outcome } from '../../src/ports/failure.ts';
import { failed, success } from '../../src/ports/failure.ts';
import type { AskAnswer, HelpDesk, ReceivedCall, Report } from '../../src/ports/help-desk.ts';
import { extension } from '../domain/builders.ts';

/** The answer that names this extension. */
export const agent = (number: string): AskAnswer => ({ kind: 'extension', extension: extension(number) });

/** One request, as the help desk saw it. `at` is of the clock that never jumps. */
export type Heard = { readonly at: number; readonly isOk: boolean } & (
  | ({ readonly what: 'ask' } & ReceivedCall)
  | { readonly what: 'report'; readonly callId: CallId; readonly report: Report }
);

/**
 * A help desk that answers what a test tells it to, and remembers what it heard. Untold, it has all agents on calls and
 * takes every report.
 */
export class ScriptedHelpDesk implements HelpDesk {
  readonly heard: Heard[] = [];
  isClosed = false;
  /** What it answers when nothing else was said. */
  usually: (call: ReceivedCall) => AskAnswer = () => ({ kind: 'all-busy' });
  /** While set, every request fails like this. */
  failure: Failure | undefined;
  readonly #clock: Clock;
  readonly #answers: AskAnswer[] = [];
  #failures: { failure: Failure; of: (heard: Omit<Heard, 'isOk'>) => boolean }[] = [];
  #alwaysFailing = new Map<string, Failure>();
  #letGo: (() => void)[] | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** The next questions are answered with these, one each. */
  answers(...answers: readonly AskAnswer[]): void {
    this.#answers.push(...answers);
  }

  /** The next request fails; or the next about this call. */
  failsOnce(failure: Failure, callId?: string): void {
    this.#failures.push({ failure, of: (heard) => callId === undefined || heard.callId === callId });
  }

  /** From now on every request about this call fails; with nothing given, none does any more. */
  alwaysFails(failure: Failure | undefined, callId: string): void {
    if (failure === undefined) this.#alwaysFailing.delete(callId);
    else this.#alwaysFailing.set(callId, failure);
  }

  /** From now on requests arrive and get no answer, until `lets go`. */
  holdsBack(): void {
    this.#letGo = [];
  }

  letsGo(): void {
    const held = this.#letGo ?? [];
    this.#letGo = undefined;
    for (const go of held) go();
  }

  async ask(call: ReceivedCall): Promise<Outcome<AskAnswer>> {
    const failure = this.#hear({ what: 'ask', ...call });
    const answer = failure === undefined ? (this.#answers.shift() ?? this.usually(call)) : undefined;
    await this.#held();
    if (failure !== undefined) return failed(failure);
    return success(answer ?? { kind: 'all-busy' });
  }

  async report(report: Report): Promise<Outcome<void>> {
    const failure = this.#hear({ what: 'report', callId: report.callId, report });
    await this.#held();
    return failure === undefined ? success(undefined) : failed(failure);
  }

  async close(): Promise<void> {
    this.isClosed = true;
  }

  /** What it heard of a call and accepted, in words: `ask`, `transfered 1001`, `completed`, with a link where it has one. */
  toldOf(callId: string): readonly string[] {
    return this.heard.filter((one) => one.callId === callId && one.isOk).map(wordsOf);
  }

  /** How often it was asked about a call. */
  asksAbout(callId: string): number {
    return this.heard.filter((one) => one.what === 'ask' && one.callId === callId).length;
  }

  #hear(request: { what: 'ask' } & ReceivedCall): Failure | undefined;
  #hear(request: { what: 'report'; callId: CallId; report: Report }): Failure | undefined;
  #hear(
    request: ({ what: 'ask' } & ReceivedCall) | { what: 'report'; callId: CallId; report: Report },
  ): Failure | undefined {
    const at = this.#clock.monotonic();
    const index = this.#failures.findIndex(({ of }) => of({ ...request, at }));
    const failure = this.failure ?? this.#failures[index]?.failure ?? this.#alwaysFailing.get(request.callId);
    if (this.failure === undefined && index !== -1) this.#failures = this.#failures.toSpliced(index, 1);
    this.heard.push({ ...request, at, isOk: failure === undefined });
    return failure;
  }

  async #held(): Promise<void> {
    const held = this.#letGo;
    if (held !== undefined) await new Promise<void>((resolve) => held.push(resolve));
  }
}

function wordsOf(heard: Heard): string {
  if (heard.what === 'ask') return 'ask';
  const { report } = heard;
  if (report.kind === 'transfered') return `transfered ${report.extension}`;
  const link = report.kind === 'completed' || report.kind === 'lost' ? report.link : undefined;
  return link === undefined ? report.kind : `${report.kind} ${link}`;
}
