import { join } from 'node:path';
import { expect, test } from 'vitest';
import { accessFindings, filesOfDaemon } from '../../../src/cli/check/access.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { fileWith } from '../../config/config-builder.ts';
import { ConfigFolder } from '../process.ts';

test('looked at are the configuration and what it names but secrets, which systemd reads as root', () => {
  using folder = new ConfigFolder();
  const [secretFile, caFile] = [folder.write('secret', 'sesame-open'), join(folder.path, 'ca.pem')];
  const file = folder.write(
    'config.yaml',
    fileWith({ asterisk: { secret: '', secretFile, tls: false }, ccai: { badActorsFile: caFile } }),
  );
  const request = { file, env: {} };
  expect(filesOfDaemon(request, loadConfig(request))).toEqual([file, caFile]);
  expect(filesOfDaemon({ file: 'nowhere.yaml', env: {} }, { ok: false, mistakes: [] })).toEqual([
    'nowhere.yaml',
  ]);
});

const FILE = '/etc/asterisk-movidesk/config.yaml';
const OPEN = { path: '/etc', isFolder: true, mode: 0o40755, uid: 0, gid: 0 };
const found = (file: object, folder: object = {}) =>
  accessFindings([FILE], () => [
    { ...OPEN, path: '/etc/asterisk-movidesk', ...folder },
    { path: FILE, isFolder: false, mode: 0o100644, uid: 0, gid: 0, ...file },
  ]);

test.each([0o100600, 0o100640])('root’s own file with mode %o, and how to mend it', (mode) => {
  expect(found({ mode })).toMatchObject([
    {
      state: 'warn',
      found: expect.stringContaining(FILE),
      remedy: expect.stringMatching(/no secret, run chmod 644 .*config\.yaml.*dynamic user.*chmod 640/),
    },
  ]);
});

test('what all may read, or a group or an owner who was chosen, is nothing to tell', () => {
  expect(found({})).toEqual([]);
  expect(found({ mode: 0o100640, gid: 4_711 })).toEqual([]);
  expect(found({ mode: 0o100600, uid: 4_711 })).toEqual([]);
});

test('a file in a folder of root’s own is not within reach, however open itself', () => {
  expect(found({}, { mode: 0o40700 })).toMatchObject([
    { state: 'warn', remedy: expect.stringContaining('chmod 755 /etc/asterisk-movidesk') },
  ]);
});

test('on a real disk, a folder that is closed to all but root is found, and one with an owner is not', () => {
  using folder = new ConfigFolder();
  const file = folder.write('config.yaml', 'queues: []');
  // Made by whoever runs the tests, for themselves alone.
  const [looked] = accessFindings([file]);
  expect(looked?.state).toBe(process.getuid?.() === 0 ? 'warn' : undefined);
});

test('a file that is not there is told by whoever needs it', () => {
  expect(accessFindings(['/nowhere/config.yaml'])).toEqual([]);
});
