import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRecordings } from '../../../src/adapters/recordings/find-recordings.ts';
import { openRecordings } from '../../../src/adapters/recordings/open-recordings.ts';
import { RecordingsDisk } from '../../../src/adapters/recordings/recordings-disk.ts';
import type { OpenRecording } from '../../../src/ports/recordings.ts';
import { aCall, extension } from '../../domain/builders.ts';
import { HeldFs } from '../../fakes/held-fs.ts';
import { ManualClock, settled } from '../../fakes/manual-clock.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';
import { openBelow } from './open-files.ts';

const TALK = Buffer.from(Array.from({ length: 300_000 }, (_, index) => index % 251));
const WHOLE = { first: 0, last: TALK.length - 1 };
const PATIENCE_MS = 10_000;

let folder: string;
let fs: HeldFs;
let clock: ManualClock;
let disk: RecordingsDisk;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'slow-disk-'));
  writeFileSync(join(folder, 'talk.wav'), TALK);
  fs = new HeldFs();
  clock = new ManualClock();
  disk = new RecordingsDisk(fs);
});
afterEach(async () => {
  fs.letGo();
  await nothingIsLeft();
  rmSync(folder, { recursive: true });
});

/** Nothing under way, nobody waiting, no timer, no descriptor. */
const nothingIsLeft = () =>
  expect
    .poll(() => ({
      underWay: fs.underWay,
      waiting: disk.waiting,
      timers: clock.pending,
      open: openBelow(folder),
    }))
    .toEqual({ underWay: [], waiting: 0, timers: 0, open: [] });

const open = (path = 'talk.wav') => openRecordings({ folder, disk, clock })(path);

async function opened(): Promise<OpenRecording> {
  const opening = await open();
  if (opening.kind !== 'open') throw new Error(`It is ${opening.kind}.`);
  return opening.recording;
}

async function soundOf(recording: OpenRecording, part = WHOLE): Promise<Readable> {
  const sound = await recording.sound(part);
  if ('kind' in sound) throw new Error(`It is ${sound.kind}.`);
  return sound;
}

const times = <T>(count: number, each: () => T): readonly T[] => Array.from({ length: count }, each);

describe('two of the process’s four threads at most are the recordings’', () => {
  test('however many listen', async () => {
    const heard = await Promise.all(times(20, async () => buffer(await soundOf(await opened()))));
    expect(heard.every((one) => one.equals(TALK))).toBe(true);
    expect(fs.mostAtOnce).toBe(2);
  });

  test('while one that does not answer is opened, and searched', async () => {
    const { callId, uniqueid, queue, enteredAt: callAt } = aCall().waiting();
    const wanted = { callId, uniqueid, queue, callAt, extension: extension('1001') };
    mkdirSync(join(folder, 'archive'));
    const search = findRecordings({ folder, disk, clock, log: new MemoryLog(), pathOf: ({ file }) => file });
    fs.hold();
    const searches = times(3, () =>
      search([
        { ...wanted, file: 'gone.wav' },
        { ...wanted, file: undefined },
      ]),
    );
    const openings = times(10, () => open());
    await expect.poll(() => disk.waiting).toBe(11);
    expect(fs.underWay).toHaveLength(2);
    fs.letGo();
    await Promise.all(searches);
    for (const opening of await Promise.all(openings)) if (opening.kind === 'open') opening.recording.close();
    await nothingIsLeft();
    expect(new Set(fs.asked)).toEqual(
      new Set(['access', 'stat', 'readdir', 'lstat', 'open', 'readlink', 'realpath', 'close']),
    );
    expect(fs.mostAtOnce).toBe(2);
  });
});

describe('whoever asks a disk that does not answer', () => {
  test('is told so after ten seconds, and what is opened after all is closed', async () => {
    fs.hold();
    const opening = open();
    await clock.pass(PATIENCE_MS - 1);
    expect(await Promise.race([opening, settled()])).toBeUndefined();
    await clock.pass(1);
    expect(await opening).toEqual({ kind: 'silent' });
    fs.letGo();
    await nothingIsLeft();
    expect(fs.asked.toSorted()).toEqual(['close', 'open', 'readlink', 'realpath', 'stat']);
  });

  test('has nothing opened any more once nobody waits for it', async () => {
    fs.hold();
    const openings = times(10, () => open());
    await clock.pass(PATIENCE_MS);
    expect(new Set((await Promise.all(openings)).map(({ kind }) => kind))).toEqual(new Set(['silent']));
    expect(fs.underWay).toEqual(['open', 'open']);
    fs.letGo();
    await nothingIsLeft();
    expect(fs.asked.filter((one) => one === 'open')).toHaveLength(2);
  });

  test('does not look for other endings any more', async () => {
    fs.hold();
    const opening = open('gone.wav');
    await clock.pass(PATIENCE_MS);
    expect(await opening).toEqual({ kind: 'silent' });
    fs.letGo();
    await nothingIsLeft();
    expect(fs.asked).toEqual(['open']);
  });

  test('need not wait where eighty wait already', async () => {
    fs.hold();
    const openings = times(82, () => open());
    await expect.poll(() => disk.waiting).toBe(80);
    expect(await open()).toEqual({ kind: 'silent' });
    await clock.pass(PATIENCE_MS);
    await Promise.all(openings);
  });
});

describe('a recording that is open', () => {
  test('is given as the part that is asked for', async () => {
    const sound = await soundOf(await opened(), { first: 70_000, last: 270_000 });
    expect(await buffer(sound)).toEqual(TALK.subarray(70_000, 270_001));
  });

  test('is silent where the disk does not give its beginning, and closed once that has come', async () => {
    const recording = await opened();
    fs.hold();
    const sound = recording.sound(WHOLE);
    await clock.pass(PATIENCE_MS);
    expect(await sound).toEqual({ kind: 'silent' });
    expect(fs.underWay).toEqual(['read']);
    fs.letGo();
    await nothingIsLeft();
  });

  test('breaks off where the disk falls silent in its midst, and is closed once that answers', async () => {
    const sound = await soundOf(await opened());
    fs.hold();
    const heard = buffer(sound);
    heard.catch(() => {});
    await expect.poll(() => fs.underWay).toEqual(['read']);
    await clock.pass(PATIENCE_MS);
    await expect(heard).rejects.toThrow('a recording broke off: SILENT');
    // A file that is being read must not be closed.
    expect(fs.underWay).toEqual(['read']);
    expect(openBelow(folder)).toHaveLength(1);
    fs.letGo();
    await nothingIsLeft();
  });

  test('breaks off where the file was cut short', async () => {
    const sound = await soundOf(await opened());
    truncateSync(join(folder, 'talk.wav'), 100_000);
    await expect(buffer(sound)).rejects.toThrow('a recording broke off: cut short');
  });

  test('cannot be read where nothing is left of it', async () => {
    const recording = await opened();
    truncateSync(join(folder, 'talk.wav'), 0);
    expect(await recording.sound(WHOLE)).toMatchObject({ kind: 'closed' });
  });

  test('is closed where whoever listens goes away: in its midst, while it is read, or before it began', async () => {
    const sounds = await Promise.all(times(3, async () => soundOf(await opened())));
    const [begun, reading, unbegun] = sounds;
    begun?.once('data', () => begun.destroy());
    await expect.poll(() => begun?.destroyed).toBe(true);
    fs.hold();
    reading?.resume();
    await expect.poll(() => fs.underWay).toContain('read');
    reading?.destroy();
    unbegun?.destroy();
    fs.letGo();
    await nothingIsLeft();
  });

  test('is closed where nobody reads it', async () => {
    (await opened()).close();
    await nothingIsLeft();
  });
});
