import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { schema } from '../../src/config/schema.ts';
import { textOf } from '../house/source-files.ts';
import { type Exported, exported, faultsIn, metricOf } from './exported.ts';
import { anchorsOf } from './links.ts';
import { fencesOf } from './page-shape.ts';
import { asked, groupedBy } from './promql.ts';

const page = textOf('docs/metrics.md');
// `le` is a bucket's bound, and the page of the metrics names every other value of every label.
const isKnownValue = (value: string): boolean => page.includes(`\`${value}\``) || /^[0-9.]+$/.test(value);

interface Target {
  readonly expr: string;
  readonly legendFormat: string;
}
interface Panel {
  readonly title: string;
  readonly type: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly targets?: readonly Target[];
}
interface Variable {
  readonly name: string;
  readonly type: string;
  readonly definition?: string;
}
const dashboard: { panels: readonly Panel[]; templating: { list: readonly Variable[] } } = JSON.parse(
  textOf('docs/grafana/asterisk-movidesk.json'),
);
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const targets = panels.flatMap(({ title, targets: own = [] }) => own.map((target) => ({ title, ...target })));

interface Rule {
  readonly alert: string;
  readonly expr: string;
  readonly for: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}
const file: { groups: readonly { rules: readonly Rule[] }[] } = parse(textOf('docs/prometheus/alerts.yml'));
const rules = file.groups.flatMap((group) => group.rules);

// No panel for them: what each would tell, one that is there tells better.
const ON_NO_PANEL: readonly (readonly [metrics: RegExp, why: string])[] = [
  [/_process_cpu_(?:user|system)_seconds_total$/, 'their sum is shown'],
  [/_process_(?:virtual_memory|heap)_bytes$/, 'address space, which says nothing of what is used'],
  [/_nodejs_eventloop_lag(?:_min|_mean|_stddev|_p50|_p90)?_seconds$/, 'the long ones count, and are shown'],
  [/_nodejs_active_(?:resources|handles|requests)(?:_total)?$/, 'for whoever looks for a leak'],
  [/_nodejs_heap_space_size_(?:total|used|available)_bytes$/, 'for whoever looks for a leak'],
  [
    /_nodejs_heap_size_total_bytes$|_nodejs_external_memory_bytes$/,
    'part of the resident memory, which is shown',
  ],
  [/_nodejs_version_info$/, 'changes with a release only'],
  [/_nodejs_gc_duration_seconds$/, 'what it costs is part of the event loop’s lag, which is shown'],
];

let real: Exported;
beforeAll(async () => {
  real = await exported();
});

describe('the dashboard', () => {
  test.each(targets)('$title: asks only for what the daemon shows: $expr', ({ expr }) => {
    expect(faultsIn(expr, real, isKnownValue)).toEqual([]);
    expect(asked(expr).length).toBeGreaterThan(0);
  });

  test('the legends name labels by which is grouped', () => {
    const unknown = targets.filter(({ expr, legendFormat }) =>
      [...legendFormat.matchAll(/\{\{(\w+)\}\}/g)].some(
        ([, label = '']) => !['instance', ...groupedBy(expr)].includes(label),
      ),
    );
    expect(unknown).toEqual([]);
  });

  test('every metric is on a panel, or left out for a reason', () => {
    const shown = new Set(
      targets.flatMap(({ expr }) => asked(expr)).map(({ name }) => metricOf(name, real.metrics)),
    );
    const isLeftOut = (name: string) => ON_NO_PANEL.some(([metrics]) => metrics.test(name));
    expect(real.metrics.filter((name) => !shown.has(name) && !isLeftOut(name))).toEqual([]);
    expect([...shown].filter(isLeftOut)).toEqual([]);
    for (const [metrics] of ON_NO_PANEL) expect(real.metrics.some((name) => metrics.test(name))).toBe(true);
  });

  test('can be imported anywhere: the data source and the daemon are chosen there', () => {
    expect(dashboard.templating.list.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'datasource datasource',
      'instance query',
    ]);
    expect(panels.filter(({ datasource }) => datasource?.uid !== '${' + 'datasource}')).toEqual([]);
    expect(targets.filter(({ expr }) => !expr.includes('instance=~"$instance"'))).toEqual([]);
    const [, , metric = ''] =
      /^(label_values)\((\w+), instance\)$/.exec(dashboard.templating.list[1]?.definition ?? '') ?? [];
    expect(real.metrics).toContain(metric);
  });

  test('no panel lies on another, and each says what it shows', () => {
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, at) => `${x + (at % w)},${y + Math.floor(at / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    expect(panels.filter(({ gridPos: { x, w } }) => x + w > 24)).toEqual([]);
    expect(panels.filter(({ description = '' }) => description === '')).toEqual([]);
  });
});

describe('the alarms', () => {
  test.each(rules)('$alert: asks only for what the daemon shows', ({ expr }) => {
    expect(faultsIn(expr, real, isKnownValue)).toEqual([]);
  });

  const operations = textOf('docs/operations.md');
  const anchors = [...anchorsOf(operations)];

  test.each(rules)('$alert: says how bad it is, what is wrong, and what to do', (rule) => {
    expect(rule.for).toMatch(/^[1-9]\d*[mh]$/);
    expect(['critical', 'warning', 'info']).toContain(rule.labels['severity']);
    const { summary = '', description = '', runbook = '' } = rule.annotations;
    expect(summary.length).toBeGreaterThan(20);
    expect(description.length).toBeGreaterThan(summary.length);
    const [target, anchor] = runbook.split('#');
    expect(target).toBe('docs/operations.md');
    expect(anchors).toContain(anchor);
  });

  test('ask for the job of which docs/metrics.md gives the configuration', () => {
    const [yaml = ''] = fencesOf(page).filter((fence) => fence.startsWith('```yaml'));
    const { scrape_configs: jobs } = parse(yaml.split('\n').slice(1, -1).join('\n'));
    const named = rules.flatMap(({ expr }) => [...expr.matchAll(/\bjob="([^"]+)"/g)].map(([, job]) => job));
    expect(new Set(named)).toEqual(new Set([jobs[0].job_name]));
    expect(jobs[0].static_configs[0].targets).toEqual([`127.0.0.1:${schema.http.port.default}`]);
  });

  test('each is tried with values at which it calls, of what the daemon shows', () => {
    const trials = textOf('docs/prometheus/alerts.test.yml');
    const tried = new Set([...trials.matchAll(/alertname="(\w+)"/g)].map(([, name]) => name));
    expect([...tried].sort()).toEqual(rules.map(({ alert }) => alert).sort());
    const series = [...trials.matchAll(/series: '([^']+)'/g)].map(([, text = '']) => text);
    expect(series.flatMap((text) => faultsIn(text, real, () => true))).toEqual([]);
    expect(series.length).toBeGreaterThan(rules.length);
  });

  test('each has a name of its own', () => {
    expect(new Set(rules.map(({ alert }) => alert)).size).toBe(rules.length);
    expect(rules.length).toBeGreaterThanOrEqual(12);
  });
});

describe('what would be noticed', () => {
  test.each([
    ['asterisk_movidesk_gone', 'no metric asterisk_movidesk_gone'],
    ['asterisk_movidesk_excess_wait_seconds', 'no metric asterisk_movidesk_excess_wait_seconds'],
    [
      'rate(asterisk_movidesk_polls_total{why="blind"}[5m])',
      'asterisk_movidesk_polls_total has no label why',
    ],
    ['asterisk_movidesk_calls_open{phase="ringing"} > 5', 'phase is never ringing'],
    ['sum by (colour) (asterisk_movidesk_calls_open)', 'grouped by colour'],
    [
      'up == 0 or asterisk_movidesk_serving{queue="support"} == 0',
      'asterisk_movidesk_serving has no label queue',
    ],
  ])('%s', (expression, fault) => {
    expect(faultsIn(expression, real, isKnownValue)).toEqual([fault]);
  });
});
