/** One request at one of Udesk's doors, in the order of arrival. */
export interface RequestEntry {
  readonly at: number;
  /** `rest`; `session`, a WebSocket that opens; `message`, a request on one that is open. */
  readonly door: 'rest' | 'session' | 'message';
  /** As in `POST agent/login`; for a message its Method; nothing where there is no such thing. */
  readonly operation: string | undefined;
  /** Of the URL, without the signature. */
  readonly query: Readonly<Record<string, string>>;
  /** The body or message as it was read; the text itself where it is no JSON. */
  readonly body: unknown;
  /** The status answered, or how the answer stayed away. A message that was answered has 200. */
  readonly status: number | 'reset' | 'hang';
  /** The code answered, 000000 for a success; empty where the answer has none. */
  readonly code: string;
  /** The text answered. */
  readonly answer: string;
}

export function describeRequest({ door, operation, status, code }: RequestEntry): string {
  return `${door} ${operation} ${status} ${code}`;
}
