import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { debOf } from './machine.ts';

/** A folder with a blank in its name, in which the tarball was unpacked. */
class Unpacked implements Disposable {
  readonly folder = mkdtempSync(join(tmpdir(), 'any where-'));
  readonly program = join(this.folder, 'asterisk-movidesk/bin/asterisk-movidesk');

  constructor() {
    const dist = dirname(debOf('new'));
    const [name = ''] = readdirSync(dist).filter((file) => file.endsWith('.tar.gz'));
    const { status } = spawnSync('tar', ['-xf', join(dist, name), '-C', this.folder]);
    if (status !== 0) throw new Error('it does not unpack');
  }

  /** With the system's own commands, and no Node, in the path. */
  runs(program: string, ...args: readonly string[]): string {
    return spawnSync(program, args, { encoding: 'utf8', env: { PATH: '/bin' }, cwd: '/' }).stdout;
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

test('the tarball runs wherever it was unpacked, on its own Node', () => {
  using unpacked = new Unpacked();
  expect(unpacked.runs(unpacked.program, '--version')).toBe(`${packageJson.version}\n`);
  const log = unpacked.runs(unpacked.program, 'demo', '--minutes', '0.05');
  expect(log).toContain('PBX reconciled');
});

test('a link to it works from anywhere', () => {
  using unpacked = new Unpacked();
  const link = join(unpacked.folder, 'linked');
  symlinkSync('asterisk-movidesk/bin/asterisk-movidesk', link);
  expect(unpacked.runs(link, '--version')).toBe(`${packageJson.version}\n`);
});

test('its unit starts what it carries, where it says that it is to be unpacked', () => {
  using unpacked = new Unpacked();
  const place = join(unpacked.folder, 'asterisk-movidesk');
  const unit = readFileSync(join(place, 'systemd/asterisk-movidesk.service'), 'utf8');
  const started = /^ExecStart=(\S+)/m.exec(unit)?.[1];
  expect(started?.replace('/opt/asterisk-movidesk', place)).toBe(unpacked.program);
  expect(unit).toContain('elsewhere than below /opt');
});
