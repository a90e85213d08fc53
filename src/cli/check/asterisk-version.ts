/** `22.10.1+dfsg`, `certified-20.7-cert2`, `GIT-master-…`: the two numbers that count, where there are any. */
export function versionIn(text: string): readonly [major: number, minor: number] | undefined {
  const found = /(?:^|\D)([0-9]{1,3})\.([0-9]{1,3})/.exec(text);
  return found === null ? undefined : [Number(found[1]), Number(found[2])];
}

// In each branch the first release that takes `eventfilter(action(include),name(…))`: 20.10 and 22.0 by their manuals, 18.25
// and 21.5 as the releases of the same day.
const FIRST_MINOR: Readonly<Record<number, number>> = { 18: 25, 20: 10, 21: 5 };

/** Whether filters by name mean something to it. An older one ignores such a line, and with it the whole allow-list. */
export function knowsNamedFilters([major, minor]: readonly [number, number]): boolean {
  return major >= 22 || minor >= (FIRST_MINOR[major] ?? Number.POSITIVE_INFINITY);
}
