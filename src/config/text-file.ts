import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { Refusal } from './rules.ts';

export type FileText =
  | { readonly kind: 'read'; readonly text: string; readonly openToOthers: boolean }
  | { readonly kind: 'missing' }
  | { readonly kind: 'unreadable'; readonly refusal: Refusal };

// Exported for those who know more of the file, and have a better remedy.
export const NOT_TEXT: Refusal = { problem: 'is not UTF-8 text', remedy: 'save it as UTF-8' };
export const FORBIDDEN: Refusal = {
  problem: 'may not be read by this user',
  remedy: 'give its group to this user and run chmod 640 on it',
};

// Reading or writing by users who are neither the owner nor in the group.
const OTHERS_MAY_READ_OR_WRITE = 0o006;

/** The text of a file, read once, at most `mostBytes` of it: a device or a mistaken path must not fill the memory. */
export function readTextFile(path: string, mostBytes: number): FileText {
  try {
    const file = openSync(path, 'r');
    try {
      // The mode is asked of the opened file, so that what was looked at is what was read.
      const openToOthers = (fstatSync(file).mode & OTHERS_MAY_READ_OR_WRITE) !== 0;
      return decoded(readAtMost(file, mostBytes + 1), mostBytes, openToOthers);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    return fromError(error);
  }
}

function readAtMost(file: number, mostBytes: number): Buffer {
  const bytes = Buffer.alloc(mostBytes);
  let length = 0;
  while (length < mostBytes) {
    const more = readSync(file, bytes, length, mostBytes - length, null);
    if (more === 0) break;
    length += more;
  }
  return bytes.subarray(0, length);
}

function decoded(bytes: Buffer, mostBytes: number, openToOthers: boolean): FileText {
  if (bytes.length > mostBytes) {
    return unreadable(`is larger than ${mostBytes} bytes`, 'check that the path names the right file');
  }
  try {
    return { kind: 'read', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), openToOthers };
  } catch {
    return { kind: 'unreadable', refusal: NOT_TEXT };
  }
}

function fromError(error: unknown): FileText {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown fault';
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'missing' };
    case 'EACCES':
    case 'EPERM':
      return { kind: 'unreadable', refusal: FORBIDDEN };
    case 'EISDIR':
      return unreadable('is a folder', 'name a file in it');
    default:
      return unreadable(`cannot be read (${code})`, 'check the path and the disk');
  }
}

const unreadable = (problem: string, remedy: string): FileText => ({
  kind: 'unreadable',
  refusal: { problem, remedy },
});
