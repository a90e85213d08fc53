import { expect, test } from 'vitest';
import { BootedMachine } from '../booted-machine.ts';
import {
  ACTIVE,
  anotherThan,
  CONFIG,
  configure,
  install,
  NODE,
  PROCESS,
  STATUS,
  startFarSides,
} from '../service.ts';

test('an admin installs, starts, upgrades, removes and purges it under systemd', async () => {
  await using booted = await BootedMachine.boot();
  const before = booted.machine.files;

  const installed = await install(booted, 'old');
  expect(installed.code, installed.text).toBe(0);
  expect(await booted.says(...ACTIVE)).toBe('inactive');
  expect(await booted.says('systemctl', 'is-enabled', 'asterisk-movidesk')).toBe('disabled');

  const edited = configure(booted);
  expect(await booted.says('systemctl', 'enable', '--now', '--no-block', 'asterisk-movidesk')).toMatch(
    /Created symlink/,
  );
  await booted.until(STATUS, /not connected/);
  expect(await booted.says(...ACTIVE)).toBe('activating');
  await startFarSides(booted);
  await booted.until(ACTIVE, /^active$/);
  const first = await booted.service('MainPID');
  expect(await booted.says('readlink', `/proc/${first}/exe`)).toBe(NODE);
  // systemd.exec(5): the users that exist only while a service runs.
  const user = Number(await booted.says('stat', '-c', '%u', `/proc/${first}`));
  expect(user >= 61_184 && user <= 65_519, `user ${user}`).toBe(true);
  expect(await booted.says('asterisk-movidesk', 'health')).toBe('ok');
  expect(await booted.says('asterisk-movidesk', 'calls', '--json')).toContain('"open"');

  const upgraded = await install(booted, 'new');
  expect(upgraded.code, upgraded.text).toBe(0);
  await booted.until(PROCESS, anotherThan(first));
  await booted.until(ACTIVE, /^active$/);
  expect(booted.machine.reads(CONFIG)).toBe(edited);
  expect(booted.machine.has('var/lib/private/asterisk-movidesk/bridge.db')).toBe(true);

  expect((await booted.runs('dpkg', '--remove', 'asterisk-movidesk')).code).toBe(0);
  expect(await booted.says(...ACTIVE)).toBe('inactive');
  expect(booted.machine.reads(CONFIG)).toBe(edited);
  expect(booted.machine.has('var/lib/private/asterisk-movidesk/bridge.db')).toBe(true);

  expect((await booted.runs('dpkg', '--purge', 'asterisk-movidesk')).code).toBe(0);
  const own = booted.machine.changesSince(before).filter((path) => !/: \/(?:opt\/far|root\/)/.test(path));
  expect(own).toEqual([]);
});

test('an upgrade does not wait for a PBX that is down', async () => {
  await using booted = await BootedMachine.boot();
  await install(booted, 'old');
  configure(booted);
  await booted.runs('systemctl', 'enable', '--now', '--no-block', 'asterisk-movidesk');
  await booted.until(STATUS, /not connected/);
  const first = await booted.service('MainPID');
  const { code, text } = await install(booted, 'new');
  expect(code, text).toBe(0);
  await booted.until(PROCESS, anotherThan(first));
  await booted.until(STATUS, /not connected/);
  expect(await booted.says(...ACTIVE)).toBe('activating');
});
