import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { BootedMachine } from '../booted-machine.ts';
import { SECRETS } from '../machine.ts';
import {
  ACTIVE,
  anotherThan,
  CONFIG,
  configure,
  install,
  PROCESS,
  property,
  STATUS,
  startFarSides,
  TOKEN,
} from '../service.ts';

const START = ['systemctl', 'start', '--no-block', 'asterisk-movidesk'];

async function configured(): Promise<BootedMachine> {
  const booted = await BootedMachine.boot();
  const { code, text } = await install(booted, 'new');
  expect(code, text).toBe(0);
  configure(booted);
  return booted;
}

test('a configuration that must be mended is not tried again and again', async () => {
  await using booted = await configured();
  booted.machine.writes(CONFIG, 'queues: []\n', 0o644);
  await booted.runs(...START);
  await booted.until(ACTIVE, /^failed$/);
  expect(await booted.service('ExecMainStatus')).toBe('78');
  expect(await booted.service('NRestarts')).toBe('0');
});

test('a secret that is missing is not waited for, and once it is there the service starts', async () => {
  await using booted = await configured();
  rmSync(join(booted.machine.root, TOKEN));
  await booted.runs(...START);
  await booted.until(ACTIVE, /^failed$/);
  expect(await booted.service('ExecMainStatus')).toBe('243');
  expect(await booted.service('NRestarts')).toBe('0');
  booted.machine.writes(TOKEN, SECRETS.movidesk);
  await booted.runs(...START);
  await booted.until(STATUS, /not connected/);
});

// Shorter than those of the unit, which would take minutes.
const PATIENCE = 6;
const START_PATIENCE = 15;
const IMPATIENT = `[Service]\nWatchdogSec=${PATIENCE}\nTimeoutStartSec=${START_PATIENCE}\n`;

test('a daemon that stands still is started anew, be the PBX there or not; one that only waits is left alone', async () => {
  await using booted = await configured();
  const at = async () => Number(await booted.says('date', '+%s'));
  const untilOlderThan = async (seconds: number) => {
    const isOlder = `test $(($(date +%s) - ${await at()})) -gt ${seconds} && echo older`;
    await booted.until(['sh', '-c', isOlder], /older/);
  };
  // The shell's own `kill`: a small Debian has no other.
  const standStill = async (pid: string) =>
    expect((await booted.runs('sh', '-c', `kill -STOP ${pid}`)).code).toBe(0);
  booted.machine.writes('etc/systemd/system/asterisk-movidesk.service.d/impatient.conf', IMPATIENT, 0o644);
  await booted.runs('systemctl', 'daemon-reload');
  await booted.runs(...START);
  await booted.until(STATUS, /not connected/);
  const waiting = await booted.service('MainPID');
  await untilOlderThan(START_PATIENCE + PATIENCE);
  expect(await booted.service('MainPID')).toBe(waiting);
  await standStill(waiting);
  await booted.until(PROCESS, anotherThan(waiting));

  await startFarSides(booted);
  await booted.until(ACTIVE, /^active$/);
  const serving = await booted.service('MainPID');
  await untilOlderThan(2 * PATIENCE);
  expect(await booted.service('MainPID')).toBe(serving);
  await standStill(serving);
  await booted.until(PROCESS, anotherThan(serving));
  await booted.until(ACTIVE, /^active$/);
  expect(await booted.says(...property('NRestarts'))).toBe('2');
});
