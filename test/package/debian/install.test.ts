import { readlinkSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import packageJson from '../../../package.json' with { type: 'json' };
import { Machine, SECRETS, untilEnded, untilSays } from '../machine.ts';

const ENVIRONMENT = {
  ASTERISK_MOVIDESK_ASTERISK_SECRET: SECRETS.asterisk,
  ASTERISK_MOVIDESK_MOVIDESK_TOKEN: SECRETS.movidesk,
};

/** One on which the package is, as it comes. */
async function installed(): Promise<Machine> {
  const machine = new Machine();
  const { code, text } = await machine.installs('new');
  if (code === 0) return machine;
  machine[Symbol.dispose]();
  throw new Error(text);
}

// For those who only look; unpacking it anew for each would take minutes.
const shared = await installed();
afterAll(() => shared[Symbol.dispose]());

test('dpkg alone installs it on a fresh Debian, and says in three steps what to do next', async () => {
  using machine = new Machine();
  const { code, text } = await machine.installs('new');
  expect(code, text).toBe(0);
  expect(text).toContain('is installed, and not started');
  expect(text.match(/^ {2}[123]\. /gm)).toHaveLength(3);
  expect(text).toContain('asterisk-movidesk check');
  const [page = 'no page'] = text.match(/\/usr\/share\/doc\/\S+\/README\.md/) ?? [];
  expect(machine.reads(page.slice(1))).toContain('# asterisk-movidesk');
  expect(text).not.toMatch(/warning|error/i);
  expect((await machine.runs(['dpkg', '--verify', 'asterisk-movidesk'])).text).toBe('');
});

test('apt installs the file as well', async () => {
  using machine = new Machine();
  const { code, text } = await machine.installs('new', [
    'apt-get',
    'install',
    '-y',
    '--no-install-recommends',
  ]);
  expect(code, text).toBe(0);
  expect((await machine.runs(['dpkg', '--status', 'asterisk-movidesk'])).text).toContain(
    'Status: install ok installed',
  );
});

test('it runs from any folder, with no Node on the machine and no environment to speak of', async () => {
  expect((await shared.runs(['which', 'node'])).code).not.toBe(0);
  for (const cwd of ['/', '/tmp', '/usr/lib/asterisk-movidesk/src']) {
    const version = await shared.runs(['asterisk-movidesk', '--version'], { cwd });
    expect(version).toEqual({ code: 0, text: `${packageJson.version}\n` });
    const help = await shared.runs(['env', '-i', '/usr/bin/asterisk-movidesk', '--help'], { cwd });
    expect(help.code).toBe(0);
    expect(help.text).toContain('Usage: asterisk-movidesk');
  }
});

test('the exit code of the program is the exit code of the command', async () => {
  expect((await shared.runs(['asterisk-movidesk', 'dance'])).code).toBe(64);
});

test('the demo runs with everything that a package carries, without a network', async () => {
  const { code, text } = await shared.runs([
    'asterisk-movidesk',
    'demo',
    '--minutes',
    '0.2',
    '--udesk',
    '--ccai',
  ]);
  expect(code, text).toBe(0);
  expect(text).toContain('PBX reconciled');
  expect(text).toContain('Rules of its page broken: none.');
});

test('started with the configuration as it comes, it names each missing secret and how to give it', async () => {
  const { code, text } = await shared.runs(['asterisk-movidesk', 'run']);
  expect(code).toBe(78);
  expect(text).toContain('/etc/asterisk-movidesk/asterisk-secret');
  expect(text).toContain('/etc/asterisk-movidesk/movidesk-token');
  expect(text.trimEnd().split('\n')).toHaveLength(2);
});

test('given its secrets it runs, is the process that was started, and ends when asked to', async () => {
  using machine = await installed();
  const child = machine.starts(['asterisk-movidesk', 'run'], { env: ENVIRONMENT });
  const ended = untilEnded(child);
  await untilSays(child, 'AMI_UNREACHABLE');
  expect(readlinkSync(`/proc/${child.pid}/exe`)).toMatch(/\/usr\/lib\/asterisk-movidesk\/runtime\/node$/);
  child.kill('SIGTERM');
  expect((await ended).code).toBe(0);
  expect(machine.has('var/lib/asterisk-movidesk/bridge.db')).toBe(true);
});
