import { Counter, Gauge, type Registry } from 'prom-client';
import { PREFIX } from './metrics-prefix.ts';

type Labelled<Label extends string> = readonly [labels: Readonly<Record<Label, string>>, value: number];

/** A gauge that is read whenever somebody looks. Nothing is shown of what there is nothing to read of. */
export function readGauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number | undefined,
): void {
  new Gauge({
    name: `${PREFIX}${name}`,
    help,
    registers: [registry],
    collect() {
      const value = read();
      if (value === undefined) this.remove();
      else this.set(value);
    },
  });
}

/** The same with a label. */
export function readGauges<Label extends string>(
  registry: Registry,
  { name, help, label }: { name: string; help: string; label: Label },
  read: () => readonly Labelled<Label>[],
): void {
  new Gauge({
    name: `${PREFIX}${name}`,
    help,
    labelNames: [label],
    registers: [registry],
    collect() {
      this.reset();
      for (const [labels, value] of read()) this.set(labels, value);
    },
  });
}

/** Of what somebody else counts. */
export function readCounter(registry: Registry, name: string, help: string, read: () => number): void {
  new Counter({
    name: `${PREFIX}${name}`,
    help,
    registers: [registry],
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
