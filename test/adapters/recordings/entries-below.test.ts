import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { entriesBelow } from '../../../src/adapters/recordings/entries-below.ts';
import { RecordingsDisk } from '../../../src/adapters/recordings/recordings-disk.ts';
import { systemClock } from '../../../src/adapters/system/system-clock.ts';
import { HeldFs } from '../../fakes/held-fs.ts';

let folder: string;
let fs: HeldFs;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'entries-below-'));
  fs = new HeldFs();
});
afterEach(() => rmSync(folder, { recursive: true }));

const below = () => entriesBelow(folder, { disk: new RecordingsDisk(fs), clock: systemClock });

async function pathsBelow(): Promise<readonly string[]> {
  const paths: string[] = [];
  for await (const { parentPath, name } of below())
    paths.push(join(parentPath, name).slice(folder.length + 1));
  return paths.toSorted();
}

test('the daemon’s loop keeps turning while folders of many files are gone through', async () => {
  const deep = join(folder, 'monitor/2026');
  mkdirSync(deep, { recursive: true });
  for (let at = 0; at < 3_000; at += 1) writeFileSync(join(deep, `${at}.wav`), '');
  let all = 0;
  let inThisTurn = 0;
  let mostInOne = 0;
  let isOver = false;
  const turning = (async () => {
    for (; !isOver; inThisTurn = 0) await nextTurn();
  })();
  for await (const _ of below()) {
    all += 1;
    inThisTurn += 1;
    mostInOne = Math.max(mostInOne, inThisTurn);
  }
  isOver = true;
  await turning;
  expect(all).toBe(3_002);
  // 500 are looked at in a turn, and now and then two turns of ours come within one of the test's.
  expect(mostInOne).toBeLessThanOrEqual(1_000);
});

test('every folder is gone through, however deep, and no link to one', async () => {
  mkdirSync(join(folder, 'a/b/c'), { recursive: true });
  mkdirSync(join(folder, 'd'));
  const files = ['x.wav', 'a/x.wav', 'a/b/c/x.wav', 'd/x'];
  for (const file of files) writeFileSync(join(folder, file), '');
  symlinkSync('a', join(folder, 'link'));
  expect(await pathsBelow()).toEqual([...files, 'a', 'a/b', 'a/b/c', 'd', 'link'].toSorted());
});

test('of recordings the name is enough: none is looked at', async () => {
  mkdirSync(join(folder, '2026'));
  for (let at = 0; at < 100; at += 1) writeFileSync(join(folder, `2026/${at}.wav`), '');
  await pathsBelow();
  expect(fs.asked).toEqual(['readdir', 'lstat', 'readdir']);
});
