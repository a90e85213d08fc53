import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loudLines } from '../../src/cli/loud-lines.ts';
import { ConfigFolder } from './process.ts';

test('each line for the journal is an error, so that journalctl -p err shows it; elsewhere it is as it was', () => {
  using folder = new ConfigFolder();
  const descriptor = openSync(join(folder.path, 'stderr'), 'w');
  try {
    const { dev, ino } = fstatSync(descriptor);
    const say = (stream: string | undefined) =>
      loudLines('one\ntwo', { env: { JOURNAL_STREAM: stream } }, descriptor);
    expect(say(`${dev}:${ino}`)).toBe('<3>one\n<3>two');
    expect(say(`${dev}:${ino + 1}`)).toBe('one\ntwo');
    expect(say(undefined)).toBe('one\ntwo');
  } finally {
    closeSync(descriptor);
  }
});
