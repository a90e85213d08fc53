import { readFileSync, statSync } from 'node:fs';
import { type ReceivedAt, receivedIn } from '../replay-times.ts';

export interface Problem {
  readonly problem: string;
  readonly remedy: string;
}

// It is held in memory as a whole; a busy PBX with the shipped filters writes that in a week.
const MOST_BYTES = 1_000_000_000;

/** A recording, or why it cannot be read. */
export function readRecording(file: string): Buffer | Problem {
  try {
    const { size } = statSync(file);
    if (size > MOST_BYTES)
      return {
        problem: `${file} is larger than ${MOST_BYTES / 1e9} GB`,
        remedy: 'cut it with split, and replay the parts',
      };
    return readFileSync(file);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    return { problem: `${file} cannot be read (${code})`, remedy: 'check the path' };
  }
}

/** `session.times.tsv` beside `session.ami`: when which part of it was received. */
export function readTimes(file: string): readonly ReceivedAt[] {
  try {
    return receivedIn(readFileSync(`${file.replace(/\.ami$/, '')}.times.tsv`, 'utf8'));
  } catch {
    return [];
  }
}

// Enough to see of what kind it is.
const LOOKED_AT_BYTES = 65_536;

/** Why nothing in it reads as AMI. */
export function whyNoRecording(file: string, recording: Buffer): Problem {
  const text = recording.toString('latin1', 0, LOOKED_AT_BYTES);
  if (recording.length === 0)
    return { problem: `${file} is empty`, remedy: 'see in `help replay` how to record a session' };
  if (/(^|\n)(Event|Response): /.test(text) && !text.includes('\r\n'))
    return {
      problem: `${file} has lost the ends of its lines (CR LF) on its way`,
      remedy: 'copy it as it is, not as text, or put them back: sed -i "s/$/\\r/" on a copy of it',
    };
  return {
    problem: `${file} is no recording of AMI: nothing in it reads as a packet`,
    remedy: 'see in `help replay` how to record a session',
  };
}
