import { queueNameFrom } from '../../src/domain/identity.ts';
import { Metrics } from '../../src/observe/metrics.ts';
import { READY } from '../../src/ports/readiness.ts';
import { readExposition } from '../observe/exposition.ts';
import { type Asked, asked, groupedBy } from './promql.ts';

/** What the real registry shows: sample names, each with the labels that it may have. */
export interface Exported {
  /** The metrics, without what stands behind the names of a histogram's samples. */
  readonly metrics: readonly string[];
  readonly labelsOf: ReadonlyMap<string, ReadonlySet<string>>;
}

/** A daemon of which everything was seen once. */
export async function exported(): Promise<Exported> {
  const metrics = new Metrics([queueNameFrom('support')]);
  metrics.polled('newcomer', 'extension');
  metrics.requestSettled('received', 'ok', 1);
  metrics.watchPlace({
    readiness: () => ({ daemon: READY }),
    wire: () => ({ isLinked: true, eventCount: 1, malformedCount: 0 }),
    store: () => ({ bytes: 1, freeBytes: 1 }),
  });
  const read = readExposition(await metrics.text());
  const labelsOf = new Map<string, Set<string>>();
  for (const { name, labels } of [...read.values()].flatMap((metric) => metric.samples)) {
    const known = labelsOf.get(name) ?? new Set();
    for (const label of Object.keys(labels)) known.add(label);
    labelsOf.set(name, known);
  }
  return { metrics: [...read.keys()], labelsOf };
}

// Prometheus puts them on everything that it reads.
const EVERYWHERE: readonly string[] = ['instance', 'job'];

/** What is wrong with an expression: names, labels and values that the daemon never shows. */
export function faultsIn(
  expression: string,
  { labelsOf }: Exported,
  isKnownValue: (value: string) => boolean,
) {
  const all = asked(expression);
  const known = new Set([...EVERYWHERE, ...all.flatMap(({ name }) => [...(labelsOf.get(name) ?? [])])]);
  const faults = all.flatMap((one) => faultsOf(one, labelsOf, isKnownValue));
  const groups = groupedBy(expression).filter((label) => all.length > 0 && !known.has(label));
  return [...faults, ...groups.map((label) => `grouped by ${label}`)];
}

function faultsOf(
  { name, matchers }: Asked,
  labelsOf: Exported['labelsOf'],
  isKnownValue: (value: string) => boolean,
): readonly string[] {
  const labels = labelsOf.get(name);
  if (labels === undefined) return [`no metric ${name}`];
  const faults: string[] = [];
  for (const { label, values } of matchers) {
    const isEverywhere = EVERYWHERE.includes(label);
    if (!(isEverywhere || labels.has(label))) faults.push(`${name} has no label ${label}`);
    else if (!isEverywhere)
      faults.push(
        ...values.filter((value) => !isKnownValue(value)).map((value) => `${label} is never ${value}`),
      );
  }
  return faults;
}

/** A histogram's three samples, and every other by its own name. */
export const metricOf = (sample: string, metrics: readonly string[]): string =>
  metrics.includes(sample) ? sample : sample.replace(/_(?:bucket|sum|count)$/, '');
