import { AmiPbx, type AmiPbxOptions } from '../../../src/adapters/asterisk/ami-pbx.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import type { Clock } from '../../../src/ports/clock.ts';
import type { Facts, Log } from '../../../src/ports/log.ts';
import type { PbxEvent } from '../../../src/ports/pbx.ts';

/** Time that moves only when told: for deadlines, which nobody wants to wait for. */
export class HandClock implements Clock {
  #at = 1_000_000;
  readonly #timers = new Set<{ readonly at: number; readonly callback: () => void }>();

  now(): number {
    return this.#at;
  }

  monotonic(): number {
    return this.#at;
  }

  after(ms: number, callback: () => void): () => void {
    const timer = { at: this.#at + ms, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** Lets the next timer be due, where it is a pause between attempts: every deadline is five seconds or longer. */
  skipPause(): void {
    const next = Math.min(...[...this.#timers].map(({ at }) => at));
    if (next - this.#at < 5_000) this.pass(next - this.#at);
  }

  pass(ms: number): void {
    this.#at += ms;
    for (const timer of [...this.#timers].filter(({ at }) => at <= this.#at)) {
      if (this.#timers.delete(timer)) timer.callback();
    }
  }
}

export interface LogLine {
  readonly level: keyof Log;
  readonly facts: Facts;
  readonly message: string;
}

export function keepingLog(lines: LogLine[]): Log {
  const at = (level: keyof Log) => (facts: Facts, message: string) => lines.push({ level, facts, message });
  return { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
}

export function optionsFor(port: number, lines: LogLine[] = []): AmiPbxOptions {
  return {
    asterisk: { host: '127.0.0.1', port, username: 'movidesk', secret: 'sesame' },
    queues: [{ name: 'support' }, { name: 'sales', asteriskQueue: 'sales-wait' }],
    agents: { device: 'PJSIP/{extension}', dndDeviceState: 'Custom:DND{extension}', hintContext: 'hints' },
    dialplan: {
      holdContext: 'movidesk-hold',
      agentContext: 'movidesk-agent',
      lostContext: 'movidesk-lost',
      fallbackContext: 'movidesk-fallback',
    },
    clock: systemClock,
    random: () => 0,
    log: keepingLog(lines),
  };
}

/** An AmiPbx at work, and everything it told. */
export class Observed {
  readonly events: PbxEvent[] = [];
  readonly pbx: AmiPbx;
  #waiting: (() => void)[] = [];

  constructor(options: AmiPbxOptions) {
    this.pbx = new AmiPbx(options);
    this.pbx.start((event) => {
      this.events.push(event);
      for (const look of this.#waiting) look();
    });
  }

  of<Kind extends PbxEvent['kind']>(kind: Kind): Extract<PbxEvent, { kind: Kind }>[] {
    return this.events.filter((event): event is Extract<PbxEvent, { kind: Kind }> => event.kind === kind);
  }

  /** Resolves with the `count`th event of a kind as soon as it was told. */
  async told<Kind extends PbxEvent['kind']>(
    kind: Kind,
    count = 1,
  ): Promise<Extract<PbxEvent, { kind: Kind }>> {
    await this.until(() => this.of(kind).length >= count);
    const event = this.of(kind)[count - 1];
    if (event === undefined) throw new Error(`no ${kind}`);
    return event;
  }

  until(isSo: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isSo()) return;
        this.#waiting = this.#waiting.filter((other) => other !== look);
        resolve();
      };
      this.#waiting.push(look);
      look();
    });
  }
}
