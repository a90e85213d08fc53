// A far side that says "tomorrow" would silence us for a day on one bad header. Asking again after an hour costs one
// request, and it can say no again.
const LONGEST_WAIT_MS = 3_600_000;

// IMF-fixdate, the only form RFC 9110 §5.6.7 lets a server send.
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;

/**
 * How long a `Retry-After` header (RFC 9110 §10.2.3) asks us to wait; nothing where it says nothing we know. Sent more
 * than once it comes as a list, whatever Node's types say of it: the first counts.
 */
export function retryAfterMs(
  header: string | readonly string[] | undefined,
  now: number,
): number | undefined {
  const [first = ''] = [header].flat();
  const text = first.trim();
  if (/^\d+$/.test(text)) return Math.min(Number(text) * 1000, LONGEST_WAIT_MS);
  if (!HTTP_DATE.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.min(Math.max(at - now, 0), LONGEST_WAIT_MS);
}
