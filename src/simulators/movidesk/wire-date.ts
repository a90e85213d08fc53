const WIRE_DATE = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2})(:\d{2})?$/;

/**
 * The instant of `yyyy-MM-ddThh:mm`, seconds allowed; nothing where the text is another form or no date at all.
 * Zero-padding is asked for although the page's own examples do without it: both forms of the table are padded.
 */
export function instantOf(text: string): number | undefined {
  const [, minutes, seconds = ':00'] = WIRE_DATE.exec(text) ?? [];
  if (minutes === undefined) return undefined;
  const at = Date.parse(`${minutes}${seconds}Z`);
  // 31 April parses as 1 May; only a date that comes back the same is one.
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(minutes + seconds) ? at : undefined;
}
