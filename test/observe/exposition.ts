/** One metric as Prometheus reads it. */
export interface ShownMetric {
  readonly type: string;
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  /** With `_bucket`, `_sum` or `_count` behind it, where it is part of a histogram. */
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

const COMMENT = /^# (HELP|TYPE) (\S+) (.+)$/;
const SAMPLE = /^([a-z0-9_]+)(?:\{(.*)\})? (\S+)$/;
const LABEL = /([a-z_]+)="((?:[^"\\]|\\.)*)"/g;

/** Prometheus' text format, read strictly: whatever is not understood throws. */
export function readExposition(text: string): ReadonlyMap<string, ShownMetric> {
  const metrics = new Map<string, { type: string; help: string; samples: Sample[] }>();
  let latest: { type: string; help: string; samples: Sample[] } | undefined;
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [, word, name = '', rest = ''] = COMMENT.exec(line) ?? [];
    if (word === 'HELP') {
      if (metrics.has(name)) throw new Error(`${name} is shown twice`);
      latest = { type: '', help: rest, samples: [] };
      metrics.set(name, latest);
    } else if (latest === undefined) throw new Error(`not a metric: ${line}`);
    else if (word === 'TYPE') latest.type = rest;
    else latest.samples.push(sampleIn(line));
  }
  return metrics;
}

function sampleIn(line: string): Sample {
  const [, name, labels = '', value] = SAMPLE.exec(line) ?? [];
  if (name === undefined || value === undefined) throw new Error(`not a sample: ${line}`);
  const pairs = [...labels.matchAll(LABEL)].map(([, label = '', text = '']) => [label, text] as const);
  return { name, labels: Object.fromEntries(pairs), value: Number(value.replace('Inf', 'Infinity')) };
}

/** The value of the one sample with this name and these labels; nothing, where there is none. */
export function sampleValue(
  metrics: ReadonlyMap<string, ShownMetric>,
  name: string,
  labels: Readonly<Record<string, string>> = {},
): number | undefined {
  const wanted = JSON.stringify(Object.entries(labels).toSorted());
  const samples = [...metrics.values()].flatMap((metric) => metric.samples);
  return samples.find(
    (sample) => sample.name === name && JSON.stringify(Object.entries(sample.labels).toSorted()) === wanted,
  )?.value;
}
