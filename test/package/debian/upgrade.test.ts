import { expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { OLD_VERSION } from '../../../scripts/package-rootfs.ts';
import { Machine } from '../machine.ts';

const CONFIG = 'etc/asterisk-movidesk/config.yaml';
const STORE = 'var/lib/asterisk-movidesk/bridge.db';
const SECRET = 'etc/asterisk-movidesk/asterisk-secret';

test('an upgrade keeps the edited configuration, the secrets and the state', async () => {
  using machine = new Machine();
  await machine.installs('old');
  expect((await machine.runs(['asterisk-movidesk', '--version'])).text).toBe(`${OLD_VERSION}\n`);
  const edited = `${machine.reads(CONFIG)}# mine\n`;
  machine.writes(CONFIG, edited);
  machine.writes(SECRET, 'sesame');
  machine.writes(STORE, 'state');
  const { code, text } = await machine.installs('new');
  expect(code, text).toBe(0);
  expect(text).not.toContain('is installed, and not started');
  expect((await machine.runs(['asterisk-movidesk', '--version'])).text).toBe(`${packageJson.version}\n`);
  expect([CONFIG, SECRET, STORE].map((path) => machine.reads(path))).toEqual([edited, 'sesame', 'state']);
});

test('a removed package leaves configuration and state, and finds them when it comes again', async () => {
  using machine = new Machine();
  await machine.installs('new');
  machine.writes(CONFIG, 'mine');
  machine.writes(STORE, 'state');
  expect((await machine.runs(['dpkg', '--remove', 'asterisk-movidesk'])).code).toBe(0);
  expect(machine.has('usr/lib/asterisk-movidesk')).toBe(false);
  expect(machine.has('usr/bin/asterisk-movidesk')).toBe(false);
  await machine.installs('new');
  expect([CONFIG, STORE].map((path) => machine.reads(path))).toEqual(['mine', 'state']);
});

test.each(['var/lib', 'var/lib/private'])('a purge leaves nothing, with the state in /%s', async (place) => {
  using machine = new Machine();
  const before = machine.files;
  await machine.installs('new');
  machine.writes(`${place}/asterisk-movidesk/bridge.db`, 'state');
  machine.writes(SECRET, 'sesame');
  const { code, text } = await machine.runs(['dpkg', '--purge', 'asterisk-movidesk']);
  expect(code, text).toBe(0);
  expect(machine.changesSince(before)).toEqual([]);
  expect((await machine.runs(['dpkg-query', '-W', 'asterisk-movidesk'])).code).toBe(1);
});
