import type { CallRules, Visit } from './call.ts';

/** The link under which a recording can be heard, or nothing where there is no file or no template. */
export function recordingLink(
  file: string | undefined,
  visit: Visit,
  extension: string,
  rules: CallRules,
): string | undefined {
  if (file === undefined || file === '' || rules.linkTemplate === '') return undefined;
  const values = new Map([
    ['file', file],
    ['callId', visit.callId],
    ['extension', extension],
    ['queue', visit.queue],
  ]);
  // One pass, and each value encoded: nothing that stands in a value can become a placeholder or another path. Half a
  // character, left by a cut, would make the encoding throw.
  return rules.linkTemplate.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values.get(name);
    return value === undefined ? placeholder : encodeURIComponent(value.toWellFormed());
  });
}
