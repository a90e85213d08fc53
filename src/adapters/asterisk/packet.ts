import type { Packet } from 'asterisk-manager';

export type { Packet } from 'asterisk-manager';

/** The header's text, empty where it is missing or repeated: a repeated one has no meaning that could be trusted. */
export function textOf(packet: Packet, header: string): string {
  const value = packet[header];
  return typeof value === 'string' ? value : '';
}

/** A variable of the packet's channel; empty where it is not set. `Status` spells that `(null)`. */
export function variableOf(packet: Packet, header: 'variable' | 'chanvariable', name: string): string {
  const variables = packet[header];
  if (typeof variables !== 'object' || Array.isArray(variables)) return '';
  const value: unknown = Reflect.get(variables, name);
  return typeof value === 'string' && value !== '(null)' ? value : '';
}

/** The same of a header that the library keeps as plain lines, such as `TransfereeChanVariable`. */
export function listedVariableOf(packet: Packet, header: string, name: string): string {
  // The last one counts: Asterisk writes them after everything that a caller can have a hand in.
  return listedVariablesOf(packet, header, name).at(-1) ?? '';
}

/** Every value that such a header gives to the variable, empty ones included. */
export function listedVariablesOf(packet: Packet, header: string, name: string): readonly string[] {
  const value = packet[header];
  const lines: readonly unknown[] = Array.isArray(value) ? value : [value];
  const prefix = `${name}=`;
  return lines.flatMap((line) =>
    typeof line === 'string' && line.startsWith(prefix) ? line.slice(prefix.length) : [],
  );
}

/** Digits and `+`; Asterisk's words for a withheld number (`<unknown>`, `anonymous`) leave nothing. */
export function numberFrom(text: string): string {
  return text.replace(/[^0-9+]/g, '');
}

// What may become part of a link, a path or a dialplan function's argument.
// FreePBX names files after numbers, which may have a plus.
const PLAIN_NAME = /^[A-Za-z0-9._+-]{1,255}$/;

/** A file name without any path in it, and not one of the two names that mean a folder. */
export function isPlainName(text: string): boolean {
  return PLAIN_NAME.test(text) && text !== '.' && text !== '..';
}

/**
 * A copy whose texts stand for themselves. What the parser cuts out of a chunk of 64 KiB keeps the whole chunk alive, and
 * a uniqueid is kept as long as its call: a few hundred calls would hold as many chunks.
 */
export function apartFromWire<Value>(value: Value): Value {
  return structuredClone(value);
}
