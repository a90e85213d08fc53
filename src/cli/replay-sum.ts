import type { Replayed } from '../replay.ts';
import type { ReplayLine, Timing } from '../replay-line.ts';

/** What a whole replay comes to. */
export interface ReplaySum extends Replayed {
  readonly timing: Timing;
  readonly calls: number;
  /** Calls by how they ended; those still open when the recording ended are `open`. */
  readonly endings: Readonly<Record<string, number>>;
  /** What Movidesk would have been told, by kind. */
  readonly told: Readonly<Record<string, number>>;
  /** What was refused, by reason. */
  readonly refused: Readonly<Record<string, number>>;
}

/** Counts while lines come by. */
export class ReplayTally {
  readonly #endings = new Map<string, number>([['open', 0]]);
  readonly #told = new Map<string, number>();
  readonly #refused = new Map<string, number>();
  #calls = 0;

  count(line: ReplayLine): void {
    if (line.kind === 'refused') add(this.#refused, line.why, 1);
    if (line.kind === 'movidesk') add(this.#told, line.report.kind, 1);
    if (line.kind !== 'decision') return;
    const { from, to, facts } = line.line;
    if (from === 'new') {
      this.#calls += 1;
      add(this.#endings, 'open', 1);
    }
    if (to !== 'ended' || from === 'ended') return;
    add(this.#endings, 'open', -1);
    add(this.#endings, String(facts['ending']), 1);
  }

  sum(replayed: Replayed, timing: Timing): ReplaySum {
    return {
      ...replayed,
      timing,
      calls: this.#calls,
      endings: Object.fromEntries(this.#endings),
      told: Object.fromEntries(this.#told),
      refused: Object.fromEntries(this.#refused),
    };
  }
}

function add(counts: Map<string, number>, what: string, count: number): void {
  counts.set(what, (counts.get(what) ?? 0) + count);
}
