import { expect, test } from 'vitest';
import type { StoreFacts } from '../../../src/adapters/sqlite/store-facts.ts';
import { storeFindings } from '../../../src/cli/check/store.ts';

const PATH = '/var/lib/asterisk-movidesk/bridge.db';
const GOOD: StoreFacts = {
  folder: 'writable',
  file: 'read',
  freeBytes: 10 ** 9,
  isInUse: false,
  requestsInLastMinute: 0,
  extensions: [],
};
const finding = (name: string, facts: Partial<StoreFacts>) =>
  storeFindings(PATH, { ...GOOD, ...facts }, 'movidesk').find((one) => one.name === name);

test('all is well', () => {
  expect(storeFindings(PATH, GOOD, 'movidesk').map(({ state }) => state)).toEqual(['ok', 'ok', 'ok', 'ok']);
});

test.each([
  ['room', { freeBytes: 16 * 1024 * 1024 - 1 }, 'FAIL', /soon no call can be kept/],
  ['room', { freeBytes: 16 * 1024 * 1024 }, 'warn', /^16 MB free/],
  ['room', { freeBytes: 100 * 1024 * 1024 }, 'ok', /^100 MB free/],
  ['folder', { folder: 'not-writable' }, 'FAIL', /not writable for movidesk/],
  ['folder', { folder: 'missing' }, 'FAIL', /may not make it/],
  ['folder', { folder: 'to-be-made' }, 'ok', /the daemon makes it/],
  ['file', { file: 'none' }, 'ok', /first start/],
  ['file', { file: 'older' }, 'ok', /older version/],
  ['file', { file: 'not-writable' }, 'FAIL', /not writable for movidesk/],
  ['file', { file: { problem: 'damaged', remedy: 'look' } }, 'FAIL', /^damaged$/],
  ['daemon', { isInUse: true }, 'ok', /^a daemon works/],
] as const)('%s: %j', (name, facts, state, found) => {
  expect(finding(name, facts)).toMatchObject({ state, found: expect.stringMatching(found) });
});

test('what root may do says nothing of the daemon’s user', () => {
  const asRoot = storeFindings(PATH, GOOD, 'root').find(({ name }) => name === 'folder');
  expect(asRoot).toMatchObject({ state: 'ok', found: expect.stringMatching(/systemd makes it so/) });
  const elsewhere = storeFindings('/srv/bridge.db', GOOD, 'root').find(({ name }) => name === 'folder');
  expect(elsewhere).toMatchObject({ state: 'ok', found: expect.stringMatching(/ReadWritePaths/) });
  expect(finding('folder', {})).toMatchObject({ found: 'writable for movidesk' });
});

test('a folder that this user cannot see is not said to be missing', () => {
  expect(storeFindings(PATH, { ...GOOD, folder: 'hidden' }, 'nobody')).toMatchObject([
    {
      state: 'FAIL',
      found: expect.stringMatching(/cannot be seen by nobody/),
      remedy: expect.stringMatching(/^run check with sudo/),
    },
  ]);
});

test('whether a daemon works on it is not said where it cannot be seen', () => {
  expect(finding('daemon', { isInUse: undefined })).toBeUndefined();
});
