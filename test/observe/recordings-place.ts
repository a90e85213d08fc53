import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { LinkSigner } from '../../src/adapters/recordings/link-signer.ts';
import { openRecordings } from '../../src/adapters/recordings/open-recordings.ts';
import { RecordingsDisk } from '../../src/adapters/recordings/recordings-disk.ts';
import { forgedLinks } from '../../src/observe/http/forged-links.ts';
import { recordingsRoom } from '../../src/observe/http/recordings-room.ts';
import type { Opening, OpenRecording } from '../../src/ports/recordings.ts';
import { openBelow } from '../adapters/recordings/open-files.ts';
import { MORNING } from '../domain/builders.ts';
import { HeldFs } from '../fakes/held-fs.ts';
import { ManualClock } from '../fakes/manual-clock.ts';
import { MemoryLog } from '../fakes/memory-log.ts';
import { serving } from './serving.ts';

export const HOUR_MS = 3_600_000;
export const TALK = Buffer.from(Array.from({ length: 256 }, (_, index) => index));
const signer = new LinkSigner({ key: 'not-a-key-of-anybody', previousKey: undefined });

export async function aRoom(open?: () => Promise<Opening>) {
  const folder = mkdtempSync(join(tmpdir(), 'recordings-room-'));
  writeFileSync(join(folder, 'talk.wav'), TALK);
  writeFileSync(join(folder, 'talk.WAV'), TALK);
  writeFileSync(join(folder, 'talk.gsm'), TALK);
  writeFileSync(join(folder, 'empty.wav'), '');
  writeFileSync(join(folder, 'external-1001-5511987654321-20261123-1795361570.12.wav'), TALK);
  const fs = new HeldFs();
  const log = new MemoryLog();
  const clock = new ManualClock(MORNING);
  const tellForged = forgedLinks({ clock, log });
  const room = recordingsRoom({
    open: open ?? openRecordings({ folder, disk: new RecordingsDisk(fs), clock }),
    verdictOn: (path, marks, now) => signer.verdictOn(path, marks, now),
    tellForged,
    clock,
    log,
  });
  const place = await serving({ rooms: [room], tellForged });
  return {
    url: place.url,
    folder,
    fs,
    clock,
    log,
    async [Symbol.asyncDispose]() {
      fs.letGo();
      // Whatever was handed out, and to whom: nothing stays open.
      await expect.poll(() => openBelow(folder)).toEqual([]);
      await place[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

export function linkTo(path: string, until = MORNING + HOUR_MS): string {
  const marks = signer.sign(path, until);
  return `/recordings/${encodeURIComponent(path)}?until=${marks.until}&signature=${marks.signature}`;
}

/** Not `fetch`: it takes `..` out of a path before it asks. */
export async function ask(
  url: string,
  path: string,
  {
    range,
    ifRange,
    method = 'GET',
    forwarded,
  }: { range?: string; ifRange?: string | undefined; method?: string; forwarded?: string } = {},
) {
  const { promise, resolve, reject } = Promise.withResolvers<import('node:http').IncomingMessage>();
  const { hostname, port } = new URL(url);
  const headers = {
    ...(range === undefined ? {} : { range }),
    ...(ifRange === undefined ? {} : { 'if-range': ifRange }),
    ...(forwarded === undefined ? {} : { 'x-forwarded-for': forwarded }),
  };
  request({ hostname, port, path, method, headers }, resolve).once('error', reject).end();
  const answer = await promise;
  return { status: answer.statusCode, headers: answer.headers, body: await buffer(answer) };
}

export const messagesOf = (log: MemoryLog) => log.lines.map(({ message }) => message);

/** A recording that nothing is wrong with, but for what is said. */
export const opened = (but: Partial<OpenRecording>): Opening => ({
  kind: 'open',
  recording: {
    bytes: TALK.length,
    path: 'talk.wav',
    version: 'the-first',
    type: 'audio/wav',
    isPlayed: true,
    sound: async () => Readable.from([TALK]),
    close: () => {},
    ...but,
  },
});
