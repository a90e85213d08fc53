import { type Operation, type Parameter, parametersOf } from './operations.ts';
import { instantOf } from './wire-date.ts';

/** The parameters of one request, the token aside, and everything that is wrong with them. */
export interface ReadQuery {
  readonly values: Readonly<Record<string, string>>;
  readonly breaches: readonly string[];
}

// An int of the vendor's platform has 32 bits.
const INT_MAX = 2_147_483_647;

/** `search` is the URL's query without its question mark. */
export function readQuery(operation: Operation, search: string): ReadQuery {
  const pairs = [...new URLSearchParams(search)].filter(([name]) => name !== 'token');
  const values = Object.fromEntries(pairs);
  const parameters = parametersOf(operation);
  return {
    values,
    breaches: [
      ...encodingBreaches(search),
      ...pairs
        .filter(([name], at) => pairs.findIndex(([other]) => other === name) < at)
        .map(([name]) => `${name} twice`),
      ...Object.keys(values)
        .filter((name) => !parameters.some((parameter) => parameter.name === name))
        .map((name) => `unknown parameter ${name}`),
      ...parameters.flatMap((parameter) => parameterBreaches(parameter, values[parameter.name])),
    ],
  };
}

function encodingBreaches(search: string): string[] {
  try {
    decodeURIComponent(search);
    return [];
  } catch {
    return ['the query is not percent-encoded UTF-8'];
  }
}

function parameterBreaches(parameter: Parameter, value: string | undefined): string[] {
  const { name, size = Number.POSITIVE_INFINITY, required } = parameter;
  if (value === undefined || value === '') return required ? [`${name} is required`] : [];
  if (value.length > size) return [`${name} is longer than ${size}`];
  const wrong = typeBreach(parameter, value);
  return wrong === undefined ? [] : [`${name} ${wrong}`];
}

function typeBreach({ type }: Parameter, value: string): string | undefined {
  switch (type) {
    case 'int':
      return /^\d+$/.test(value) && Number(value) <= INT_MAX ? undefined : 'is not an int';
    case 'date':
      return instantOf(value) === undefined ? `is not a date yyyy-MM-ddThh:mm[:ss]: ${value}` : undefined;
    case 'link':
      return /^https?:\/\//.test(value) && URL.canParse(value) ? undefined : 'is not a link';
    case 'text':
      // A `+` that was not encoded arrives as a blank.
      return value === value.trim() ? undefined : 'begins or ends with a blank';
    default:
      return type satisfies never;
  }
}
