import { copyFileSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { BootedMachine } from './booted-machine.ts';
import { debOf, type Outcome, SECRETS, untilSays } from './machine.ts';

export const CONFIG = 'etc/asterisk-movidesk/config.yaml';
export const TOKEN = 'etc/asterisk-movidesk/movidesk-token';
export const NODE = '/usr/lib/asterisk-movidesk/runtime/node';

export const ACTIVE = ['systemctl', 'is-active', 'asterisk-movidesk'];
export const property = (name: string): readonly string[] => [
  ...['systemctl', 'show', '--value', '--property', name, 'asterisk-movidesk'],
];
export const STATUS = property('StatusText');
export const PROCESS = property('MainPID');
export const anotherThan = (pid: string): RegExp => new RegExp(`^(?!${pid}$|0$)`);

export function install(booted: BootedMachine, which: 'new' | 'old'): Promise<Outcome> {
  copyFileSync(debOf(which), join(booted.machine.root, 'root/asterisk-movidesk.deb'));
  return booted.runs('dpkg', '-i', '/root/asterisk-movidesk.deb');
}

/**
 * What the second step of the message says, on a machine with a PBX and a Movidesk of its own: the configuration as it comes,
 * which names the files of the secrets, with the places of both put in.
 */
export function configure({ machine }: BootedMachine): string {
  const edited = machine
    .reads(CONFIG)
    .replace(/^asterisk:$/m, '$&\n  port: 15038')
    .replace(/^movidesk:$/m, '$&\n  baseUrl: http://127.0.0.1:18080/public/v1');
  machine.writes(CONFIG, edited, 0o644);
  machine.writes('etc/asterisk-movidesk/asterisk-secret', `${SECRETS.asterisk}\n`);
  machine.writes(TOKEN, `${SECRETS.movidesk}\n`);
  return edited;
}

/** The simulators of the package itself, run by its own Node. */
export async function startFarSides(booted: BootedMachine): Promise<void> {
  const place = join(booted.machine.root, 'opt/far');
  mkdirSync(join(place, 'test/package'), { recursive: true });
  copyFileSync(new URL('far-sides.ts', import.meta.url), join(place, 'test/package/far-sides.ts'));
  symlinkSync('/usr/lib/asterisk-movidesk/src', join(place, 'src'));
  await untilSays(
    booted.starts([NODE, '/opt/far/test/package/far-sides.ts', '15038', '18080']),
    'far sides are there',
  );
}
