import { expect, test } from 'vitest';
import { textOf } from '../../house/source-files.ts';
import { BootedMachine } from '../booted-machine.ts';
import { ACTIVE, configure, install, startFarSides } from '../service.ts';

const START = ['systemctl', 'start', '--no-block', 'asterisk-movidesk'];

/** The lines that docs/freepbx.md gives to be typed there. */
function remedy(): string {
  const [, section = ''] = textOf('docs/freepbx.md').split('### An older systemd\n');
  const lines = /^```\n([\s\S]*?)^```$/m.exec(section)?.[1];
  if (lines === undefined) throw new Error('docs/freepbx.md says nothing of an older systemd');
  return lines;
}

test('where systemd hands over no secrets, the daemon ends with 78 and serves once it owns their files', async () => {
  await using booted = await BootedMachine.boot();
  const { machine } = booted;
  // What a systemd before 247 makes of the unit: it ignores these lines.
  machine.writes(
    'etc/systemd/system/asterisk-movidesk.service.d/old.conf',
    '[Service]\nLoadCredential=\n',
    0o644,
  );
  expect((await install(booted, 'new')).code).toBe(0);
  configure(booted);
  await startFarSides(booted);
  await booted.runs(...START);
  await booted.until(ACTIVE, /^failed$/);
  expect(await booted.service('ExecMainStatus')).toBe('78');

  const mended = await booted.runs('sh', '-e', '-c', remedy());
  expect(mended.code, mended.text).toBe(0);
  await booted.runs(...START);
  await booted.until(ACTIVE, /^active$/);
});
