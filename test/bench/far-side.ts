import type { DayTrace, TracedCaller } from '../../bench/polling/day-trace.ts';
import { callIdOfCaller, FarMovidesk, TOKEN } from '../../bench/polling/far-movidesk.ts';
import { Journal } from '../../bench/polling/journal.ts';
import type { SettingQueue } from '../../bench/polling/settings.ts';
import { MovideskClient } from '../../src/adapters/movidesk/client.ts';
import type { Extension } from '../../src/domain/identity.ts';
import type { Report } from '../../src/ports/help-desk.ts';
import { VirtualTime } from '../simulation/virtual-time.ts';
import { aSetting } from './builders.ts';

/** A Movidesk at the end of the bench's network on virtual time, and the daemon's own client to speak with it. */
export class FarSide {
  readonly time = new VirtualTime();
  readonly journal = new Journal();
  readonly trace: DayTrace;
  readonly movidesk: FarMovidesk;
  readonly #client: MovideskClient;

  constructor(queues: readonly SettingQueue[], callers: readonly TracedCaller[], hasLimit = true) {
    this.trace = { setting: aSetting({ queues }), seed: 1, callers, ownCalls: [] };
    this.movidesk = new FarMovidesk(this.trace, { time: this.time, journal: this.journal, hasLimit });
    this.#client = new MovideskClient({
      baseUrl: 'https://movidesk.example',
      token: TOKEN,
      dateFormat: 'seconds',
      timeoutMs: 10_000,
      now: () => this.time.now(),
      http: {
        send: (request) => this.movidesk.send(request),
        excerpt: (text) => text,
        close: async () => {},
      },
    });
  }

  async passUntil(passedMs: number): Promise<void> {
    await this.time.passUntil(passedMs, () => false);
  }

  /** What came back: the extension named, the code in words, or why nothing did. */
  async ask(caller: TracedCaller): Promise<string> {
    const queue = this.trace.setting.queues.findIndex(({ name }) => name === caller.queue);
    const outcome = await this.#client.ask({
      callId: callIdOfCaller(caller),
      helpDeskQueueId: queue + 1,
      clientNumber: caller.number,
      receivedAt: this.time.now(),
    });
    if (!outcome.ok) return outcome.failure.kind;
    return outcome.value.kind === 'extension' ? outcome.value.extension : outcome.value.kind;
  }

  /** They talk to an agent. */
  transfered(caller: TracedCaller, extension: Extension): Promise<string> {
    return this.#report({
      kind: 'transfered',
      callId: callIdOfCaller(caller),
      extension,
      at: this.time.now(),
    });
  }

  ended(caller: TracedCaller, kind: 'completed' | 'lost' | 'canceled'): Promise<string> {
    return this.#report({ kind, callId: callIdOfCaller(caller), link: undefined, at: this.time.now() });
  }

  async #report(report: Report): Promise<string> {
    const outcome = await this.#client.report(report);
    return outcome.ok ? 'heard' : outcome.failure.kind;
  }
}
