import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openRecordings } from '../../../src/adapters/recordings/open-recordings.ts';
import { RecordingsDisk } from '../../../src/adapters/recordings/recordings-disk.ts';
import { ManualClock } from '../../fakes/manual-clock.ts';
import { openBelow } from './open-files.ts';

const TALK = 'RIFF of a talk';

let place: string;
let folder: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'recordings-'));
  folder = join(place, 'movidesk');
  mkdirSync(join(folder, '2026/11/23'), { recursive: true });
});
afterEach(() => rmSync(place, { recursive: true }));

async function read(path: string, from = folder): Promise<unknown> {
  const clock = new ManualClock();
  const opening = await openRecordings({ folder: from, disk: new RecordingsDisk(), clock })(path);
  if (opening.kind !== 'open') return opening;
  const { sound, close: _, ...facts } = opening.recording;
  const stream = await sound({ first: 0, last: facts.bytes - 1 });
  return 'kind' in stream ? stream : { ...facts, text: await text(stream) };
}

describe('a recording', () => {
  test.each([
    ['talk.wav', 'audio/wav'],
    ['talk.WAV', 'audio/x-wav'],
    ['talk.gsm', 'audio/x-gsm'],
    ['talk.mp3', 'audio/mpeg'],
    ['talk.ogg', 'audio/ogg'],
    ['2026/11/23/in-5511987654321-1795361570.12.wav', 'audio/wav'],
    ['it is.a talk.wav', 'audio/wav'],
    ['talk.wav16', 'audio/wav'],
    ['talk.MP3', 'audio/mpeg'],
    ['talk.Wav', 'audio/wav'],
    ['talk.GSM', 'audio/x-gsm'],
  ])('%s is opened as %s', async (path, type) => {
    writeFileSync(join(folder, path), TALK);
    expect(await read(path)).toMatchObject({ path, type, bytes: TALK.length, text: TALK });
  });

  test('that was converted since is found beside where it was', async () => {
    writeFileSync(join(folder, 'talk.mp3'), TALK);
    writeFileSync(join(folder, 'talk.wave'), 'something else');
    expect(await read('talk.wav')).toMatchObject({ path: 'talk.mp3', type: 'audio/mpeg' });
  });

  test('that is still there in its own form is not taken in another', async () => {
    for (const path of ['talk.mp3', 'talk.wav']) writeFileSync(join(folder, path), path);
    expect(await read('talk.mp3')).toMatchObject({ text: 'talk.mp3' });
    expect(await read('talk.wav')).toMatchObject({ text: 'talk.wav' });
  });

  test('is found where the folder itself is a symbolic link, as an admin may have made it', async () => {
    writeFileSync(join(folder, 'talk.wav'), TALK);
    symlinkSync(folder, join(place, 'recordings'));
    expect(await read('talk.wav', join(place, 'recordings'))).toMatchObject({ text: TALK });
  });

  test('is found where it was archived with a symbolic link left in its place, as long as it lies in the folder', async () => {
    writeFileSync(join(folder, '2026/archived.wav'), TALK);
    symlinkSync('2026/archived.wav', join(folder, 'talk.wav'));
    symlinkSync(join(folder, 'talk.wav'), join(folder, 'again.wav'));
    for (const path of ['talk.wav', 'again.wav', 'again.mp3'])
      expect(await read(path), path).toMatchObject({ type: 'audio/wav', text: TALK });
  });

  test('is told as what it is where its link has another ending', async () => {
    writeFileSync(join(folder, '2026/archived.mp3'), TALK);
    symlinkSync('2026/archived.mp3', join(folder, 'talk.wav'));
    expect(await read('talk.wav')).toMatchObject({ path: 'talk.wav', type: 'audio/mpeg' });
  });

  test('is not handed out where its link leads to a kind that is not', async () => {
    writeFileSync(join(folder, '2026/raw.sln'), TALK);
    symlinkSync('2026/raw.sln', join(folder, 'talk.wav'));
    expect(await read('talk.wav')).toEqual({ kind: 'unserved' });
  });

  test('is nothing where its link leads in a circle, or nowhere', async () => {
    symlinkSync('loop.wav', join(folder, 'loop.wav'));
    symlinkSync('gone.wav', join(folder, 'dangling.wav'));
    for (const path of ['loop.wav', 'dangling.wav'])
      expect(await read(path), path).toEqual({ kind: 'nothing' });
  });

  test('has another version once another is in its place, be it as long as the one before', async () => {
    const file = join(folder, 'talk.wav');
    const versionOf = async () => (await read('talk.wav')) as { version: string };
    writeFileSync(file, TALK);
    const { version } = await versionOf();
    expect(await versionOf()).toMatchObject({ version });
    utimesSync(file, 1, 1);
    const { version: rewritten } = await versionOf();
    writeFileSync(`${file}.new`, TALK);
    utimesSync(`${file}.new`, 1, 1);
    renameSync(`${file}.new`, file);
    const { version: replaced } = await versionOf();
    appendFileSync(file, 'more');
    utimesSync(file, 1, 1);
    const { version: longer } = await versionOf();
    expect(new Set([version, rewritten, replaced, longer]).size).toBe(4);
  });

  test.each(['talk.wav', '2026/talk.wav', 'nobody/talk.wav', `${'x'.repeat(300)}.wav`])(
    'that is not there is nothing: %s',
    async (path) => {
      expect(await read(path)).toEqual({ kind: 'nothing' });
    },
  );

  test('that cannot be read, not even by root, is closed to us, and why is said', async () => {
    const socket = createServer().listen(join(folder, 'talk.wav'));
    await once(socket, 'listening');
    expect(await read('talk.wav')).toEqual({ kind: 'closed', why: 'ENXIO' });
    socket.close();
  });
});

describe('nothing but recordings of the folder is opened', () => {
  test.each(
    [
      ['', '/', '.', '..', '../secret.wav', '2026/../../secret.wav', '/talk.wav', 'talk.wav/', './talk.wav'],
      ['2026//talk.wav', '..\\secret.wav', 'talk.wav\0.wav', 'talk.wav\0', '.wav/', '..%2fsecret.wav/..'],
    ].flat(),
  )('not by the path %j', async (path) => {
    for (const name of ['talk.wav', '../secret.wav']) writeFileSync(join(folder, name), 'not to be seen');
    expect(await read(path)).toEqual({ kind: 'outside' });
  });

  test.each(
    [
      ['talk', 'talk.txt', 'talk.wav.yaml', 'talk.sln', 'talk.ulaw', 'talk.wav49', 'wav'],
      ['talk.constructor', 'talk.__proto__', '2026/11/23'],
    ].flat(),
  )('not what is named like none: %s', async (path) => {
    for (const name of ['talk.wav', 'talk', 'talk.txt', 'talk.wav.yaml', 'talk.sln'])
      writeFileSync(join(folder, name), 'not to be seen');
    expect(await read(path)).toEqual({ kind: 'unserved' });
  });

  test('not what a symbolic link leads to, wherever on the way it stands', async () => {
    writeFileSync(join(place, 'secret.wav'), 'not to be seen');
    symlinkSync(join(place, 'secret.wav'), join(folder, 'link.wav'));
    symlinkSync('../secret.wav', join(folder, 'relative.wav'));
    symlinkSync(place, join(folder, 'out'));
    for (const path of ['link.wav', 'relative.wav', 'out/secret.wav', 'link.mp3'])
      expect(await read(path), path).toEqual({ kind: 'outside' });
  });

  test('not another folder whose name begins alike', async () => {
    mkdirSync(join(place, 'movidesk-private'));
    writeFileSync(join(place, 'movidesk-private/talk.wav'), 'not to be seen');
    symlinkSync('../movidesk-private', join(folder, 'sideways'));
    expect(await read('sideways/talk.wav')).toEqual({ kind: 'outside' });
  });

  test('not a folder, and not a pipe, for which nobody waits', async () => {
    mkdirSync(join(folder, 'folder.wav'));
    execFileSync('mkfifo', [join(folder, 'pipe.wav')]);
    expect(await read('folder.wav')).toEqual({ kind: 'outside' });
    expect(await read('pipe.wav')).toEqual({ kind: 'outside' });
  });

  test('not a pipe or a device to which a link leads', async () => {
    execFileSync('mkfifo', [join(folder, 'pipe'), join(place, 'pipe')]);
    symlinkSync('pipe', join(folder, 'inside.wav'));
    symlinkSync('../pipe', join(folder, 'outside.wav'));
    symlinkSync('/dev/zero', join(folder, 'device.wav'));
    for (const path of ['inside.wav', 'outside.wav', 'device.wav'])
      expect(await read(path), path).toEqual({ kind: 'outside' });
  });

  test('and no descriptor is left open by any of it', async () => {
    mkdirSync(join(folder, 'folder.wav'));
    symlinkSync(place, join(folder, 'out'));
    writeFileSync(join(place, 'secret.wav'), 'not to be seen');
    writeFileSync(join(folder, 'talk.wav'), TALK);
    for (const path of ['folder.wav', 'out/secret.wav', 'nothing.wav', 'talk.wav']) await read(path);
    await expect.poll(() => openBelow(place)).toEqual([]);
  });
});
