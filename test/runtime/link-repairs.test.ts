import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { eraseNumber } from '../../src/adapters/sqlite/erase-number.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { agent } from '../fakes/scripted-help-desk.ts';
import { Archive, HOUR, MINUTE } from './archive.ts';

test('a recording that was moved after the call is told anew, once', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'old/a.mp3' });
  expect(archive.links).toEqual(['https://pbx/a.wav']);
  await archive.stage.pass(27 * HOUR);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/old/a.mp3']);
});

test('a recording whose name nobody saw is told once it is found', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a');
  archive.disk.set(idOf('a'), { file: 'a.wav', path: 'a.wav' });
  await archive.stage.pass(4 * MINUTE);
  expect(archive.links).toEqual(['none', 'https://pbx/a.wav']);
  const [wanted] = archive.looked.at(-1) ?? [];
  expect(wanted).toMatchObject({ callId: idOf('a'), file: undefined, extension: '1001', queue: 'support' });
});

test('one that stays where it is, or is not to be found, is no news', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  await archive.talkIsOver('b', 'b.wav');
  archive.disk.set(idOf('a'), { file: 'a.wav', path: 'a.wav' });
  await archive.stage.pass(27 * HOUR);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/b.wav']);
  const looks = archive.looked.flat().filter(({ callId }) => callId === idOf('a'));
  expect(looks).toHaveLength(4);
  expect(archive.warned('still being looked for')).toEqual([]);
});

test('a caller who hung up while they waited has no recording that anybody would look for', async () => {
  await using archive = await Archive.open();
  archive.stage.pbx.enters('a');
  await archive.stage.pass(1);
  archive.stage.pbx.hangsUp('a');
  await archive.stage.pass(HOUR);
  expect(archive.looked).toEqual([]);
});

test('what was moved while the daemon was away is told after its next start', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  await archive.stop();
  await archive.stage.pass(10 * HOUR);
  archive.disk.set(idOf('a'), { file: 'a.wav', path: '2026/a.wav' });
  await archive.start();
  await archive.stage.pass(5);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/2026/a.wav']);
});

test.each([
  ['the daemon was away for 0.2 h', { hours: 0.2, linkedAfter: 1 }],
  ['the daemon was away for 1 h', { hours: 1, linkedAfter: 1 }],
  ['the daemon was away for 3 h', { hours: 3, linkedAfter: 1 }],
  ['the daemon was away for 27 h', { hours: 27, linkedAfter: 1 }],
  ['the daemon was away for 27 h, and found the PBX three hours later', { hours: 27, linkedAfter: 3 * HOUR }],
  ['the link was lost for 3 h', { hours: 3, linkedAfter: undefined }],
])('where %s, the recording of a call that ended meanwhile has all its looks', async (_how, absence) => {
  const { hours, linkedAfter } = absence;
  await using archive = await Archive.open();
  const { stage } = archive;
  await stage.talks('a', '1001');
  if (linkedAfter === undefined) stage.pbx.unlink();
  else await archive.stop();
  await stage.pass(1);
  stage.pbx.hangsUp('a', { recording: 'a.wav' });
  await stage.pass(hours * HOUR);
  if (linkedAfter === undefined) stage.pbx.link();
  else await archive.start(linkedAfter);
  await stage.pass(1);
  // The diary knows its name.
  expect(archive.links).toEqual(['https://pbx/a.wav']);
  // The last one, after a day, once: a day of the test's clock takes seconds.
  const day = hours === 27 && linkedAfter === 1 ? [25 * HOUR] : [];
  for (const wait of [4 * MINUTE, 13 * MINUTE, 2 * HOUR, ...day]) {
    archive.disk.set(idOf('a'), { file: 'a.wav', path: `${wait}/a.wav` });
    await stage.pass(wait);
    expect(archive.links.at(-1)).toBe(`https://pbx/${wait}/a.wav`);
  }
});

test('what was told anew before a restart is not told again after it', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  await archive.stage.pass(4 * MINUTE);
  await archive.stop();
  await archive.start();
  await archive.stage.pass(27 * HOUR);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/a.mp3']);
});

test('a disk that cannot be read is told of once, and looked at again until it can', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  archive.fault = Object.assign(new Error('EIO: /spool/external-5511987654321.wav'), { code: 'EIO' });
  await archive.stage.pass(10 * MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav']);
  const lines = archive.stage.log.lines.filter(({ message }) => message.includes('cannot be looked for'));
  // Not the words of the fault: a caller's number may stand in the name of a file.
  expect(lines.map(({ facts }) => facts)).toEqual([{ why: 'EIO' }]);
  archive.fault = undefined;
  await archive.stage.pass(MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/a.mp3']);
});

test('a call that is due for two looks at once, after a pause, is looked for once', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.fault = new Error('a disk that is away');
  await archive.stage.pass(20 * MINUTE);
  archive.fault = undefined;
  await archive.stage.pass(MINUTE);
  expect(archive.looked.map((wanted) => wanted.length)).not.toContain(2);
  expect(archive.looked.length).toBeGreaterThan(0);
});

test('a link that is longer than Movidesk takes is not told, and the operator told once', async () => {
  await using archive = await Archive.open();
  const lengths = { a: 256, b: 257, c: 257 };
  for (const [name, characters] of Object.entries(lengths)) {
    await archive.talkIsOver(name, `${name}.wav`);
    const folder = 'x'.repeat(characters - 'https://pbx//a.wav'.length);
    archive.disk.set(idOf(name), { file: `${name}.wav`, path: `${folder}/${name}.wav` });
  }
  await archive.stage.pass(HOUR);
  expect(archive.links.slice(3).map(({ length }) => length)).toEqual([256]);
  const lines = archive.stage.log.lines.filter(({ message }) =>
    message.includes('longer than Movidesk takes'),
  );
  expect(lines).toMatchObject([{ level: 'warn', facts: { characters: 257 } }]);
});

const NUMBER = '+5511987654321';

test.each([
  ['erased', async (archive: Archive) => eraseNumber(archive.path, NUMBER)],
  ['purged', async ({ stage }: Archive) => stage.store.purge(stage.clock.now() - 1)],
] as const)(
  'a call that is %s while the disk is looked through is told of no more',
  async (_what, forget) => {
    await using archive = await Archive.open();
    const { stage } = archive;
    stage.helpDesk.answers(agent('1001'));
    stage.pbx.enters('a', { number: NUMBER });
    await stage.pass(0.1);
    stage.pbx.answers('1001');
    await stage.pass(1);
    stage.pbx.hangsUp('a');
    await stage.pass(5);
    const name = `external-600-${NUMBER.slice(1)}-20261123-120000-a.wav`;
    archive.disk.set(idOf('a'), { file: name, path: `monitor/2026/11/23/${name}` });
    let isForgotten = false;
    archive.meanwhile = async () => {
      if (isForgotten) return;
      isForgotten = true;
      await forget(archive);
    };
    await stage.pass(3 * HOUR);
    expect(archive.looked[0]).toHaveLength(1);
    expect(archive.links).toEqual(['none']);
  },
);

test.each([
  `DELETE FROM calls WHERE call_id = '${idOf('a')}'`,
  `UPDATE calls SET body = json_set(body, '$.recorded.file', 'erased') WHERE call_id = '${idOf('a')}'`,
])('a call that changed meanwhile is told of no more, and takes no other with it: %s', async (change) => {
  await using archive = await Archive.open();
  for (const name of ['a', 'b']) {
    await archive.talkIsOver(name, `${name}.wav`);
    archive.disk.set(idOf(name), { file: `${name}.wav`, path: `old/${name}.wav` });
  }
  archive.meanwhile = async () => {
    using database = new DatabaseSync(archive.path);
    database.exec(change);
  };
  await archive.stage.pass(4 * MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/b.wav', 'https://pbx/old/b.wav']);
});

test('a disk that does not answer is told of once, until it answers in time', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  const disk = Promise.withResolvers<void>();
  archive.slowness = disk.promise;
  await archive.stage.pass(7 * MINUTE);
  expect(archive.warned('still being looked for')).toEqual([]);
  await archive.stage.pass(HOUR);
  expect(archive.warned('still being looked for')).toEqual([
    { minutes: 5, remedy: expect.stringContaining('recordings.folder') },
  ]);
  expect(archive.links).toEqual(['https://pbx/a.wav']);
  disk.resolve();
  archive.slowness = undefined;
  await archive.stage.pass(2 * MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/a.mp3']);
  await archive.talkIsOver('b', 'b.wav');
  archive.slowness = new Promise(() => {});
  await archive.stage.pass(10 * MINUTE);
  expect(archive.warned('still being looked for')).toHaveLength(2);
});

test('a disk that takes its time again and again is told of once', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  const { clock } = archive.stage;
  archive.meanwhile = () => new Promise<void>((resolve) => void clock.after(6 * MINUTE * 1_000, resolve));
  await archive.stage.pass(30 * MINUTE);
  expect(archive.looked.length).toBeGreaterThan(1);
  expect(archive.warned('still being looked for')).toHaveLength(1);
});

test('what a look finds after the daemon was told to stop is told to nobody, and it is waited for no more', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  const disk = Promise.withResolvers<void>();
  archive.slowness = disk.promise;
  await archive.stage.pass(3 * MINUTE);
  expect(archive.looked).toHaveLength(1);
  await archive.stop();
  expect(archive.stage.clock.pending).toBe(0);
  disk.resolve();
  await archive.stage.pass(HOUR);
  expect(archive.warned('still being looked for')).toEqual([]);
  expect((await archive.stage.store.load()).entries).toEqual([]);
});

test('what was found is not lost with a store that cannot be read for a moment', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  archive.meanwhile = async () => {
    archive.isStoreReadable = false;
  };
  await archive.stage.pass(4 * MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav']);
  archive.meanwhile = () => undefined;
  archive.isStoreReadable = true;
  await archive.stage.pass(MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/a.mp3']);
});
