import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AskReason } from '../../src/domain/budget/ask-memory.ts';
import type { Ending } from '../../src/domain/call/call.ts';
import { queueNameFrom } from '../../src/domain/identity.ts';
import type { LaneName } from '../../src/domain/relay/relay.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import type {
  FoundChange,
  OpenPhase,
  PollResult,
  RequestOperation,
  RequestOutcome,
  WaitEnd,
} from '../../src/ports/meter.ts';
import { readExposition, type ShownMetric } from './exposition.ts';

const page = readFileSync(new URL('../../docs/metrics.md', import.meta.url), 'utf8');

// A value that the types know and that is missing here does not compile; one that is missing on the page fails below.
const REASONS: Record<AskReason, true> = {
  again: true,
  sign: true,
  ended: true,
  newcomer: true,
  late: true,
  blind: true,
};
const FAILURES = {
  throttled: true,
  unreachable: true,
  'unknown-outcome': true,
  broken: true,
  unauthorized: true,
  refused: true,
} as const;
const RESULTS: Record<PollResult, true> = {
  extension: true,
  holiday: true,
  closed: true,
  nobody: true,
  'nobody-on-phone': true,
  'all-busy': true,
  unknown: true,
  ...FAILURES,
};
const OUTCOMES: Record<RequestOutcome, true> = { ok: true, ...FAILURES };
const OPERATIONS: Record<RequestOperation, true> = {
  received: true,
  transfered: true,
  completed: true,
  lost: true,
  canceled: true,
  'made-call-link': true,
  'repaired-link': true,
};

const CHANGES: Record<FoundChange, true> = { ended: true, moved: true, entered: true };
const ENDINGS: Record<Ending, true> = { completed: true, lost: true, canceled: true };
const ENDS: Record<WaitEnd, true> = { answered: true, 'gave-up': true, 'sent-away': true };
const PHASES: Record<OpenPhase, true> = { waiting: true, offered: true, talking: true, leaving: true };
const LANES: Record<LaneName | 'movidesk', true> = { movidesk: true, udesk: true, ccai: true };
const PARTS: Record<LaneName | 'daemon' | 'pbx' | 'helpDesk', true> = {
  daemon: true,
  pbx: true,
  helpDesk: true,
  udesk: true,
  ccai: true,
};

let shown: ReadonlyMap<string, ShownMetric>;
beforeAll(async () => {
  const metrics = new Metrics([queueNameFrom('support')]);
  metrics.polled('newcomer', 'extension');
  metrics.requestSettled('received', 'ok', 1);
  shown = readExposition(await metrics.text());
});

describe('the page of the metrics', () => {
  test('names every metric that is shown, with its type, and no other', () => {
    const named = rowsOf(page)
      .filter(([name = '']) => name.startsWith('asterisk_movidesk_'))
      .map(([name, type]) => `${name} ${type}`);
    expect(named.toSorted()).toEqual([...shown].map(([name, { type }]) => `${name} ${type}`).toSorted());
  });

  test.each([
    ['Is it serving', 8],
    ['Callers', 4],
    ['What is still to be told', 3],
    ['Questions and requests to Movidesk', 5],
  ])('names the labels of our own metrics: %s', (heading, count) => {
    const rows = rowsOf(section(heading));
    const own = rows.filter(([name = '']) => name.startsWith('asterisk_movidesk_'));
    expect(own).toHaveLength(count);
    for (const [name = '', , labels = ''] of own) {
      expect(`${name} ${[...labels.matchAll(/[a-z]+/g)].flat().toSorted()}`).toBe(
        `${name} ${labelsOf(shown.get(name))}`,
      );
    }
  });

  test.each([
    ['reason', REASONS],
    ['result and outcome', { ...RESULTS, ...OUTCOMES }],
    ['change', CHANGES],
  ])('tells what each %s means, and of no other', (heading, values) => {
    const told = rowsOf(section(heading)).map(([value]) => value);
    expect(told.toSorted()).toEqual(Object.keys(values).toSorted());
  });

  test.each([
    ['operation', OPERATIONS],
    ['ending', ENDINGS],
    ['end', ENDS],
    ['phase', PHASES],
    ['lane', LANES],
    ['part', PARTS],
  ])('tells of each %s, and of no other', (heading, values) => {
    const told = [...section(heading).matchAll(/`([^`]+)`/g)].map(([, value]) => value);
    expect(told.toSorted()).toEqual(Object.keys(values).toSorted());
  });

  test('asks Prometheus only for what there is', () => {
    const asked = [...section('Questions to ask Prometheus').matchAll(/asterisk_movidesk_[a-z_]+/g)].flat();
    expect(asked.length).toBeGreaterThan(0);
    const samples = new Set([...shown.values()].flatMap((metric) => metric.samples.map(({ name }) => name)));
    expect(asked.filter((name) => !samples.has(name))).toEqual([]);
  });
});

/** What stands under a heading, up to the next. */
function section(heading: string): string {
  const [, text = ''] = page.split(new RegExp(`^##+ ${heading}$`, 'm'));
  expect(text).not.toBe('');
  return text.split(/^##+ /m)[0] ?? '';
}

/** The cells of every row of every table, without the heads; code marks taken off. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const tables = text
    .split(/\n(?!\|)/)
    .map((block) => block.split('\n').filter((line) => line.startsWith('|')));
  return tables.flatMap((lines) =>
    lines.slice(2).map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replace(/^`([^`]*)`$/, '$1')),
    ),
  );
}

/** The names of the labels of all samples; `le` belongs to every histogram. */
function labelsOf(metric: ShownMetric | undefined): readonly string[] {
  const names = (metric?.samples ?? []).flatMap(({ labels }) => Object.keys(labels));
  return [...new Set(names)].filter((name) => name !== 'le').toSorted();
}
