import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigFolder, Process } from './process.ts';

// Should a test fail, its demo ends all the same, and says what it said.
const BOUNDED = ['--minutes', '0.8'];

test.concurrent('the demo shows who is called back from CCAI Platform, who is not, and why', async () => {
  using folder = new ConfigFolder();
  const demo = new Process(['demo', '--ccai', ...BOUNDED], { TMPDIR: folder.path });
  for (const fate of [
    // Ana, to a closed queue; Bruno, to one where nobody is; Carla, who gave up.
    /CCAI: call \+5511987650001 at \S+T11:00:00\.000Z, menu 50 → 201, call \d+$/m,
    /CCAI: flag call \d+: verified_customer → 200$/m,
    /CCAI: call \+5511987650002 as soon as an agent is free, menu 9 → 201, call \d+$/m,
    /CCAI: call \+5511987650003 as soon as an agent is free, menu 9 → 201, call \d+$/m,
    // Davi, who called again; and whoever withheld their number.
    /a relay is not needed any more .*"relay":"call-back","why":"they were answered since"/,
    /a relay is not needed any more .*"relay":"call-back","why":"the number is withheld/,
  ])
    await demo.says(fate);
  demo.signal('SIGINT');
  const { code, stdout, stderr } = await demo.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).not.toMatch(/CCAI: call \+5511987650004/);
  expect(stdout.match(/^Rules of its \w+ broken: none\.$/gm)).toHaveLength(2);
  expect(readdirSync(folder.path)).toEqual([]);
});

test.concurrent('Udesk and CCAI Platform are shown together', async () => {
  const demo = new Process(['demo', '--udesk', '--ccai', ...BOUNDED]);
  await demo.says('Udesk: 1004 logged-in');
  await demo.says('Ana (+5511987650001');
  demo.signal('SIGINT');
  const { code, stdout, stderr } = await demo.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout.match(/^Rules of its \w+ broken: none\.$/gm)).toHaveLength(3);
});
