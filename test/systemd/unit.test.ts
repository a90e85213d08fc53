import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';

// What the issue of a service that callers depend on asks for; a unit without any hardening has 9.6.
const MOST_EXPOSED = 2.0;
const NAME = 'asterisk-movidesk.service';
const run = promisify(execFile);

const folder = mkdtempSync(join(tmpdir(), 'unit-'));
const file = join(folder, NAME);
const shipped = readFileSync(fileURLToPath(new URL(`../../systemd/${NAME}`, import.meta.url)), 'utf8');
// Only the place of the program is not of this machine.
writeFileSync(file, shipped.replace(/^ExecStart=\S+/m, 'ExecStart=/bin/true'));
afterAll(() => rmSync(folder, { recursive: true }));

test('systemd has nothing to say against the unit', async () => {
  const { stdout, stderr } = await run('systemd-analyze', ['verify', '--man=no', file]);
  expect(stdout + stderr).toBe('');
});

test('systemd counts the unit among the least exposed', async () => {
  const { stdout } = await run('systemd-analyze', ['security', '--offline=true', '--no-pager', file]);
  const exposure = Number(/Overall exposure level for \S+: ([\d.]+)/.exec(stdout)?.[1]);
  expect(exposure).toBeLessThanOrEqual(MOST_EXPOSED);
});
