import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findRecordings } from '../../../src/adapters/recordings/find-recordings.ts';
import { RecordingsDisk } from '../../../src/adapters/recordings/recordings-disk.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { recordingPath } from '../../../src/domain/recording/template-link.ts';
import type { WantedRecording } from '../../../src/ports/recording-search.ts';
import { aCall, extension } from '../../domain/builders.ts';
import { MemoryLog } from '../../fakes/memory-log.ts';

const { callId, uniqueid, queue, enteredAt: callAt } = aCall().waiting();
const OURS = `${callId}-1001-1795361600.wav`;
const FREEPBX = `external-1001-5511987654321-20261123-110000-${uniqueid}.wav`;
const wanted: WantedRecording = { callId, uniqueid, queue, callAt, extension: extension('1001'), file: OURS };

const looking = { disk: new RecordingsDisk(), clock: systemClock };

let folder: string;
let log: MemoryLog;
beforeEach(() => {
  log = new MemoryLog();
  folder = mkdtempSync(join(tmpdir(), 'find-recordings-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function lies(path: string, bytes = 100): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), Buffer.alloc(bytes));
}

const searchOf = (more: { mostEntries?: number } = {}) =>
  findRecordings({
    folder,
    log,
    ...looking,
    ...more,
    pathOf: recordingPath({
      pathTemplate: 'movidesk/{file}',
      pbxPathTemplate: 'monitor/{date:yyyy/MM/dd}/{file}',
      timeZone: 'UTC',
    }),
  });
const search = (...all: readonly WantedRecording[]) => searchOf()(all);

async function pathOf(one: WantedRecording): Promise<string | undefined> {
  return (await search(one)).get(one.callId)?.path;
}

describe('a recording whose name is known is found', () => {
  test.each([
    ['where it should be', `movidesk/${OURS}`],
    ['in another format there', `movidesk/${OURS.replace('.wav', '.mp3')}`],
    ['in a folder to which it was moved', `archive/2026/${OURS}`],
    ['moved and in another format', `archive/2026/11/${OURS.replace('.wav', '.ogg')}`],
  ])('%s', async (_where, path) => {
    lies(path);
    lies('archive/another-1001-1795361600.wav');
    expect(await search(wanted)).toEqual(new Map([[callId, { file: path.split('/').at(-1), path }]]));
  });

  test('where it should be rather than anywhere else', async () => {
    lies(`archive/${OURS}`);
    lies(`movidesk/${OURS}`);
    expect(await pathOf(wanted)).toBe(`movidesk/${OURS}`);
  });

  test('not as a head without sound, and not as what is no recording', async () => {
    lies(`movidesk/${OURS}`, 44);
    lies(`movidesk/${OURS.replace('.wav', '.txt')}`);
    mkdirSync(join(folder, `archive/${OURS}`), { recursive: true });
    expect(await pathOf(wanted)).toBeUndefined();
  });
});

describe('a recording whose name nobody saw is found', () => {
  const unnamed = { ...wanted, file: undefined };

  test('by its call and its agent, the longest of two offers to the same one', async () => {
    lies(`movidesk/${callId}-1001-1795361580.wav`, 50);
    lies(`movidesk/${callId}-1001-1795361600.wav`, 500);
    lies(`movidesk/${callId}-1002-1795361590.wav`, 900);
    lies(`movidesk/${callId}-2-1001-1795361900.wav`, 900);
    lies(`movidesk/${callId}-message-1795361900.wav`, 900);
    expect(await pathOf(unnamed)).toBe(`movidesk/${callId}-1001-1795361600.wav`);
  });

  test('as a message, where nobody talked', async () => {
    lies(`movidesk/${callId}-1001-1795361580.wav`, 500);
    lies(`movidesk/${callId}-message-1795361900.wav`);
    const message = { ...unnamed, extension: undefined };
    expect(await pathOf(message)).toBe(`movidesk/${callId}-message-1795361900.wav`);
  });

  test('by the channel’s identity, where the PBX named it', async () => {
    lies(`monitor/2026/11/22/${FREEPBX}`);
    lies(`monitor/2026/11/22/${FREEPBX.replace('.12.wav', '.13.wav')}`, 900);
    expect(await pathOf(unnamed)).toBe(`monitor/2026/11/22/${FREEPBX}`);
    expect(await pathOf({ ...unnamed, extension: undefined })).toBeUndefined();
  });
});

test('a message is found above the folders of agents, where it has no agent', async () => {
  const file = `${callId}-message-1795361900.wav`;
  lies(file);
  const search = findRecordings({
    folder,
    log,
    ...looking,
    pathOf: recordingPath({
      pathTemplate: '{extension}/{file}',
      pbxPathTemplate: '{extension}/{file}',
      timeZone: 'UTC',
    }),
  });
  for (const known of [file, undefined]) {
    const found = await search([{ ...wanted, extension: undefined, file: known }]);
    expect(found.get(callId)).toEqual({ file, path: file });
  }
});

test('many are found in one go, and those that are nowhere are left out', async () => {
  const others = Array.from({ length: 50 }, (_, at) => ({
    ...wanted,
    callId: aCall().withId(`c${at}`).waiting().callId,
    file: `c${at}-1001-1.wav`,
  }));
  for (const { file } of others.slice(0, 40)) lies(`archive/${file}`);
  expect((await search(...others)).size).toBe(40);
});

test('a folder that is not there holds nothing', async () => {
  const nowhere = findRecordings({
    folder: join(folder, 'nowhere'),
    pathOf: ({ file }) => file,
    log,
    ...looking,
  });
  expect(await nowhere([wanted, { ...wanted, file: undefined }])).toEqual(new Map());
});

describe('what is wrong with one place keeps no other recording from being found', () => {
  test('a link that leads in a circle where a recording should be', async () => {
    mkdirSync(join(folder, 'movidesk'));
    symlinkSync(OURS, join(folder, 'movidesk', OURS));
    symlinkSync('circle', join(folder, 'circle'));
    lies(`archive/${OURS}`);
    expect(await pathOf(wanted)).toBe(`archive/${OURS}`);
  });

  test('a folder that cannot be gone through', async () => {
    symlinkSync('movidesk', join(folder, 'movidesk'));
    expect(await search({ ...wanted, file: undefined })).toEqual(new Map());
  });

  test('a name that is longer than any file’s', async () => {
    lies(`archive/${OURS}`);
    const long = {
      ...wanted,
      callId: aCall().withId('long').waiting().callId,
      file: `${'x'.repeat(300)}.wav`,
    };
    expect([...(await search(long, wanted)).keys()]).toEqual([callId]);
  });
});

test('where the folder of recordings itself cannot be read, the search says so', async () => {
  const circle = join(folder, 'circle');
  symlinkSync('circle', circle);
  const closed = findRecordings({ folder: circle, pathOf: ({ file }) => file, log, ...looking });
  await expect(closed([wanted])).rejects.toMatchObject({ code: 'ELOOP' });
});

test('two visits of one caller that share a file of the PBX’s are both told where it was moved', async () => {
  lies(`archive/${FREEPBX}`);
  const again = aCall().withId(`${callId}-2`).waiting().callId;
  const found = await search({ ...wanted, file: FREEPBX }, { ...wanted, callId: again, file: FREEPBX });
  expect([...found.keys()]).toEqual([callId, again]);
});

test.each([
  ['moved', OURS],
  ['unnamed', undefined],
] as const)(
  'of more files than a look may take, the rest is left, and the operator told once: %s',
  async (_what, file) => {
    for (let at = 0; at < 20; at += 1) lies(`movidesk/${at}.txt`);
    const limited = searchOf({ mostEntries: 10 });
    for (let look = 0; look < 2; look += 1) await limited([{ ...wanted, file }]);
    expect(log.lines).toMatchObject([{ level: 'warn', facts: { folder, entries: 10 } }]);
  },
);

test('a recording of the PBX’s whose name nobody saw is found on the day before, where its caller came in before midnight', async () => {
  lies(`monitor/2026/11/22/${FREEPBX}`);
  const late = { ...wanted, callAt: Date.UTC(2026, 10, 23, 0, 0, 5), file: undefined };
  expect(await pathOf(late)).toBe(`monitor/2026/11/22/${FREEPBX}`);
});
