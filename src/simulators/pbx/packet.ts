export type Header = readonly [name: string, value: string];

/** An event before it is written: `privilege` is its class, and the first one decides who may read it. */
export interface AmiEvent {
  readonly name: string;
  readonly privilege: string;
  readonly headers: readonly Header[];
}

/** The bytes of one packet. Values pass as they are: Asterisk escapes no caller's number either. */
export function packetText(headers: readonly Header[]): string {
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

export function eventText(event: AmiEvent): string {
  return packetText([['Event', event.name], ['Privilege', event.privilege], ...event.headers]);
}
