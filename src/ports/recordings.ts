import type { Readable } from 'node:stream';

/** A recording, open to be read: once by `sound`, which closes it, or not at all by `close`. */
export interface OpenRecording {
  readonly bytes: number;
  /** Another one for whatever else may be found in its place. */
  readonly version: string;
  /** Its way below the folder; its name is another than asked for where it was converted since. */
  readonly path: string;
  /** Media type. */
  readonly type: string;
  /** Whether browsers play it. */
  readonly isPlayed: boolean;
  /** From byte to byte, both included, once the disk has given the first of it. It fails where the rest does not come. */
  sound(part: { readonly first: number; readonly last: number }): Promise<Readable | Unreadable>;
  /** Returns at once. */
  close(): void;
}

/**
 * `closed`: it is there, and we may not read it, or the disk does not let us. `silent`: the disk does not answer, or others
 * wait for it already.
 */
export type Unreadable = { readonly kind: 'closed'; readonly why: string } | { readonly kind: 'silent' };

/**
 * `nothing`: no such recording. `outside`: the way there leads out of the folder, or to what is no file. `unserved`: its name
 * ends like none of the recordings that are handed out.
 */
export type Opening =
  | { readonly kind: 'open'; readonly recording: OpenRecording }
  | { readonly kind: 'nothing' }
  | { readonly kind: 'outside' }
  | { readonly kind: 'unserved' }
  | Unreadable;

/** Opens recordings, and never anything else. Never rejects. */
export type OpenRecordings = (path: string) => Promise<Opening>;

/** What a link that somebody opens is worth. */
export type LinkVerdict = 'good' | 'expired' | 'forged';
