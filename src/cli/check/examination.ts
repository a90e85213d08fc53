import type { Clock } from '../../ports/clock.ts';
import { type Finding, type FoundIn, fail, skipped } from './finding.ts';

/** One look at one thing. It may reject only by our own mistake. */
export interface Examination {
  /** Under which its findings stand. */
  readonly area: string;
  /** What is looked at, for whoever waits. */
  readonly what: string;
  /** It must have ended by itself before this; then it is given up. */
  readonly deadlineMs: number;
  /** Nothing else happens while it looks: no deadline, and no word that somebody is waiting for it. */
  readonly isBlocking?: true;
  readonly examine: () => Promise<readonly Finding[]> | readonly Finding[];
}

export interface Watcher {
  readonly onBegin: (examination: Examination) => void;
  readonly onFound: (findings: readonly FoundIn[]) => void;
}

/** One after the other, so that each may stand on what those before it found. When asked to stop, the rest is skipped. */
export async function examineAll(
  examinations: readonly Examination[],
  { clock, stop }: { readonly clock: Pick<Clock, 'after'>; readonly stop: AbortSignal },
  { onBegin, onFound }: Watcher,
): Promise<readonly FoundIn[]> {
  const all: FoundIn[] = [];
  for (const examination of examinations) {
    onBegin(examination);
    const findings = await examineInTime(examination, clock, stop);
    const found = findings.map((finding) => ({ area: examination.area, ...finding }));
    onFound(found);
    all.push(...found);
  }
  return all;
}

async function examineInTime(
  { what, deadlineMs, examine }: Examination,
  clock: Pick<Clock, 'after'>,
  stop: AbortSignal,
): Promise<readonly Finding[]> {
  const given = Promise.withResolvers<readonly Finding[]>();
  const onStop = () => given.resolve([skipped(what, 'asked to stop')]);
  if (stop.aborted) return [skipped(what, 'asked to stop')];
  stop.addEventListener('abort', onStop, { once: true });
  const cancel = clock.after(deadlineMs, () => given.resolve([overdue(what, deadlineMs)]));
  try {
    return await Promise.race([given.promise, examine()]);
  } finally {
    cancel();
    stop.removeEventListener('abort', onStop);
  }
}

const overdue = (what: string, deadlineMs: number): Finding =>
  fail(
    what,
    `no result within ${deadlineMs / 1_000} s`,
    'run check again; if it stays so, see what makes this machine or the far side so slow',
  );
