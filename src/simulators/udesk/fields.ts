import { isObject } from '../kit/json.ts';

/** What is wrong with a value. `unknown` alone is no reason to refuse: the document's own examples carry some. */
export interface Problem {
  readonly field: string;
  readonly kind: 'missing' | 'type' | 'value' | 'unknown';
  readonly why: string;
}

export interface Reading<Value> {
  /** Nothing where there is a problem that refuses. */
  readonly value: Value | undefined;
  readonly problems: readonly Problem[];
}

export interface Format<Value> {
  readonly read: (value: unknown, field: string) => Reading<Value>;
  /** Whether '' is a value like any other; else it counts as not given. */
  readonly mayBeEmpty?: boolean;
}

export interface Field<Value = unknown, Required extends boolean = boolean> {
  readonly format: Format<Value>;
  readonly required: Required;
}

export type Fields = Readonly<Record<string, Field>>;

/** What an object that passed holds: optional fields may be undefined. */
export type ValuesOf<F extends Fields> = {
  readonly [Name in keyof F]: F[Name] extends Field<infer Value, infer Required>
    ? Required extends true
      ? Value
      : Value | undefined
    : never;
};

export function required<Value>(format: Format<Value>): Field<Value, true> {
  return { format, required: true };
}

export function optional<Value>(format: Format<Value>): Field<Value, false> {
  return { format, required: false };
}

/** Reads each field by its name, compared letter by letter. */
export function readFields<F extends Fields>(
  fields: F,
  given: Readonly<Record<string, unknown>>,
  at = '',
): Reading<ValuesOf<F>> {
  const values: Record<string, unknown> = {};
  const problems: Problem[] = unknownNames(fields, given, at);
  for (const [name, field] of Object.entries(fields)) {
    const reading = readField(field, given[name], `${at}${name}`);
    values[name] = reading.value;
    problems.push(...reading.problems);
  }
  const value = problems.some(refuses) ? undefined : (values as ValuesOf<F>);
  return { value, problems };
}

export function refuses({ kind }: Problem): boolean {
  return kind !== 'unknown';
}

/** A list of which every element passes. */
export function listOf<Value>(format: Format<Value>): Format<readonly Value[]> {
  return {
    read(value, field) {
      if (!Array.isArray(value)) return problem(field, 'type', 'is not a list');
      const readings = value.map((element: unknown, at) => format.read(element, `${field}[${at}]`));
      const problems = readings.flatMap((reading) => reading.problems);
      const values = readings.flatMap((reading) => (reading.value === undefined ? [] : [reading.value]));
      return { value: problems.some(refuses) ? undefined : values, problems };
    },
  };
}

export function objectOf<F extends Fields>(fields: F): Format<ValuesOf<F>> {
  return {
    read: (value, field) =>
      isObject(value) ? readFields(fields, value, `${field}.`) : problem(field, 'type', 'is not an object'),
  };
}

export function problem(field: string, kind: Problem['kind'], why: string): Reading<never> {
  return { value: undefined, problems: [{ field, kind, why }] };
}

function readField(field: Field, value: unknown, name: string): Reading<unknown> {
  const empty = value === '' && field.format.mayBeEmpty !== true;
  if (value !== undefined && value !== null && !empty) return field.format.read(value, name);
  return field.required ? problem(name, 'missing', 'is required') : { value: undefined, problems: [] };
}

function unknownNames(fields: Fields, given: Readonly<Record<string, unknown>>, at: string): Problem[] {
  return Object.keys(given)
    .filter((name) => !Object.hasOwn(fields, name))
    .map((name) => ({ field: `${at}${name}`, kind: 'unknown' as const, why: 'is not in the document' }));
}
