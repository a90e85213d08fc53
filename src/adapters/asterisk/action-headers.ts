/** An action as it is sent: header names as Asterisk knows them, `Action` among them. */
export type ActionHeaders = Readonly<Record<string, string>>;

// Asterisk refuses a line of 1,024 bytes and with it the whole action; a line of 990 was seen to pass.
const LINE_LIMIT_BYTES = 1_000;

/**
 * Why this action may not be sent, or nothing. A line break in a value would be a header or a whole action of somebody
 * else's choosing, so it is refused and not repaired.
 */
export function whyUnsendable(headers: ActionHeaders): string | undefined {
  for (const [name, value] of Object.entries(headers)) {
    if (/[\r\n\0]/.test(name + value)) return `a line break in ${JSON.stringify(name)}`;
    if (Buffer.byteLength(`${name}: ${value}\r\n`) > LINE_LIMIT_BYTES) return `${name} is too long`;
  }
  return undefined;
}
