/** The few ways of ASN.1's DER that a certificate is written in: a tag, a length, what is in it (X.690). */

const element =
  (tag: number) =>
  (...parts: readonly Uint8Array[]): Buffer => {
    const content = Buffer.concat(parts);
    return Buffer.concat([Buffer.of(tag), lengthOf(content), content]);
  };

function lengthOf({ length }: Buffer): Buffer {
  if (length < 0x80) return Buffer.of(length);
  const hex = length.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return Buffer.concat([Buffer.of(0x80 | bytes.length), bytes]);
}

export const sequence = element(0x30);
export const set = element(0x31);
export const octets = element(0x04);
export const boolean = (is: boolean): Buffer => element(0x01)(Buffer.of(is ? 0xff : 0));
/** Bits in whole bytes. */
export const bits = (bytes: Uint8Array): Buffer => element(0x03)(Buffer.of(0), bytes);
/** Not negative: its first bit must be 0. */
export const integer = (bytes: Uint8Array): Buffer => element(0x02)(bytes);
export const utf8 = (text: string): Buffer => element(0x0c)(Buffer.from(text));
/** `[number] EXPLICIT`. */
export const explicit = (number: number, part: Buffer): Buffer => element(0xa0 + number)(part);
/** `[number] IMPLICIT`, of something plain. */
export const implicit = (number: number, bytes: Uint8Array): Buffer => element(0x80 + number)(bytes);

/** GeneralizedTime: `20260102030405Z`. */
export const time = (at: Date): Buffer =>
  element(0x18)(Buffer.from(at.toISOString().replace(/\.\d+|[-:T]/g, '')));

/** `2.5.29.17`. */
export function objectId(text: string): Buffer {
  const [first = 0, second = 0, ...others] = text.split('.').map(Number);
  return element(0x06)(Buffer.from([first * 40 + second, ...others.flatMap(sevenBits)]));
}

function sevenBits(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let rest = number >> 7; rest > 0; rest >>= 7) bytes.unshift(0x80 | (rest & 0x7f));
  return bytes;
}
