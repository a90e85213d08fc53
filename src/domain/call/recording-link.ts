import type { CallRules, Visit } from './call.ts';

/** The link under which a recording can be heard, or nothing where there is no file or no template. */
export function recordingLink(
  file: string | undefined,
  visit: Visit,
  extension: string,
  rules: CallRules,
): string | undefined {
  if (file === undefined || file === '' || rules.linkTemplate === '') return undefined;
  const values: Record<string, string> = { file, callId: visit.callId, extension, queue: visit.queue };
  // One pass, and each value encoded: nothing that stands in a value can become a placeholder or another path.
  return rules.linkTemplate.replace(/\{(\w+)\}/g, (placeholder, name: string) => {
    const value = values[name];
    return value === undefined ? placeholder : encodeURIComponent(value);
  });
}
