/** Nothing where the text is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The text under a name; empty where there is none. */
export function textAt(given: unknown, name: string): string {
  const value = isObject(given) ? given[name] : undefined;
  return typeof value === 'string' ? value : '';
}
