import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { storeRoom } from '../../../src/adapters/sqlite/store-room.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-room-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('the room that the store takes is that of its file and its journal', () => {
  const path = join(folder, 'bridge.db');
  writeFileSync(path, 'x'.repeat(4_096));
  expect(storeRoom(path)?.bytes).toBe(4_096);
  writeFileSync(`${path}-wal`, 'x'.repeat(100));
  expect(storeRoom(path)?.bytes).toBe(4_196);
  expect(statSync(path).size).toBe(4_096);
});

test('what is free on its disk is told in bytes', () => {
  const path = join(folder, 'bridge.db');
  writeFileSync(path, '');
  expect(storeRoom(path)?.freeBytes).toBeGreaterThan(1_000_000);
});

test('of a store that is no file nothing is told', () => {
  expect(storeRoom(join(folder, 'nowhere.db'))).toBeUndefined();
  expect(storeRoom(':memory:')).toBeUndefined();
});
