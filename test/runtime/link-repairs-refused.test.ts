import { expect, test } from 'vitest';
import { callRecords } from '../../src/adapters/sqlite/call-records.ts';
import { READY } from '../../src/ports/readiness.ts';
import { broken, refused, unauthorized } from '../fakes/failures.ts';
import { idOf } from '../fakes/fake-pbx.ts';
import { Archive, HOUR, MINUTE } from './archive.ts';

test('a new link that the help desk will not have is given up: nobody is asked about it, and nobody waits', async () => {
  await using archive = await Archive.open();
  const { stage } = archive;
  for (const name of ['a', 'b']) {
    await archive.talkIsOver(name, `${name}.wav`);
    archive.disk.set(idOf(name), { file: `${name}.wav`, path: `old/${name}.wav` });
    stage.helpDesk.failsOnce(refused, idOf(name));
  }
  await stage.pass(4 * MINUTE);
  const tried = ['https://pbx/a.wav', 'https://pbx/b.wav', 'https://pbx/old/a.wav', 'https://pbx/old/b.wav'];
  expect(archive.links).toEqual(tried);
  expect(stage.bridge.readiness).toMatchObject({ helpDesk: READY });
  expect((await stage.store.load()).entries).toEqual([]);
  expect((await callRecords(archive.path).find(idOf('a')))?.told.at(-1)).toMatchObject({
    what: 'repaired-link',
    state: 'dropped',
    attempts: 1,
  });
  expect(archive.warned('will not have the new link')).toEqual([
    { callId: idOf('a'), failure: 'refused', cause: refused.cause },
  ]);
  expect(stage.log.lines.filter(({ level }) => level === 'error')).toEqual([]);
  // The next caller is asked about at once.
  await stage.talks('c', '1003');
  expect(stage.helpDesk.toldOf(idOf('c'))).toEqual(['ask', 'transfered 1003']);
  await stage.pass(3 * HOUR);
  expect(archive.links).toEqual(tried);
});

test('a new link is told in the end, though the token was wrong for an hour', async () => {
  await using archive = await Archive.open();
  const { stage } = archive;
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  stage.helpDesk.failure = unauthorized;
  await stage.pass(HOUR);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('completed https://pbx/a.wav');
  stage.helpDesk.failure = undefined;
  await stage.pass(2 * MINUTE);
  expect(stage.helpDesk.toldOf(idOf('a')).at(-1)).toBe('repaired-link');
  expect(archive.warned('will not have the new link')).toEqual([]);
});

test('where the token is good for all but new links they are given up, and no caller waits for that', async () => {
  await using archive = await Archive.open();
  const { stage } = archive;
  for (const name of ['a', 'b']) {
    await archive.talkIsOver(name, `${name}.wav`);
    archive.disk.set(idOf(name), { file: `${name}.wav`, path: `old/${name}.wav` });
    stage.helpDesk.alwaysFails(unauthorized, idOf(name));
  }
  await stage.pass(4 * MINUTE);
  // The next caller is asked about at once.
  await stage.talks('c', '1003');
  expect(stage.helpDesk.toldOf(idOf('c'))).toEqual(['ask', 'transfered 1003']);
  await stage.pass(2 * MINUTE);
  expect((await stage.store.load()).entries).toEqual([]);
  expect(archive.warned('will not have the new link')).toHaveLength(1);
  expect(stage.bridge.readiness).toMatchObject({ helpDesk: READY });
});

test.each([
  ['a fault', broken, broken],
  ['a fault once and no for the token then', broken, unauthorized],
])(
  'a new link that is answered with %s, and nothing else, is no reason to send callers away',
  async (_how, first, then) => {
    await using archive = await Archive.open();
    const { stage } = archive;
    await archive.talkIsOver('a', 'a.wav');
    archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
    stage.helpDesk.failsOnce(first, idOf('a'));
    stage.helpDesk.alwaysFails(then, idOf('a'));
    for (let minute = 0; minute < 240; minute += 1) {
      await stage.pass(MINUTE);
      expect(stage.bridge.canServe).toBe(true);
      expect(stage.bridge.readiness).toMatchObject({ helpDesk: READY });
    }
    await stage.talks('c', '1003');
    expect(stage.helpDesk.toldOf(idOf('c'))).toEqual(['ask', 'transfered 1003']);
  },
);

test('a new link that is answered with faults while other things are taken is given up after some time', async () => {
  await using archive = await Archive.open();
  const { stage } = archive;
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  stage.helpDesk.alwaysFails(broken, idOf('a'));
  // Somebody waits all the time, and is asked about.
  stage.pbx.enters('c');
  await stage.pass(4 * MINUTE);
  expect((await stage.store.load()).entries).toMatchObject([{ report: { kind: 'repaired-link' } }]);
  await stage.pass(20 * MINUTE);
  expect((await callRecords(archive.path).find(idOf('a')))?.told.at(-1)).toMatchObject({
    what: 'repaired-link',
    state: 'dropped',
  });
  expect(archive.warned('will not have the new link')).toHaveLength(1);
});

test('a new link that is lost on its way is sent again, as every report is', async () => {
  await using archive = await Archive.open();
  await archive.talkIsOver('a', 'a.wav');
  archive.disk.set(idOf('a'), { file: 'a.mp3', path: 'a.mp3' });
  archive.stage.helpDesk.failsOnce(broken, idOf('a'));
  await archive.stage.pass(4 * MINUTE);
  expect(archive.links).toEqual(['https://pbx/a.wav', 'https://pbx/a.mp3', 'https://pbx/a.mp3']);
  expect(archive.warned('will not have the new link')).toEqual([]);
});
