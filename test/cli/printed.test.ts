import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { ConfigFolder, Process } from './process.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** A configuration with which nobody answers; what is asked of it takes a moment, and is told line by line. */
function configIn(folder: ConfigFolder): string {
  const nowhere = { asterisk: { port: 1, secret: 'sesame' }, movidesk: { baseUrl: 'http://127.0.0.1:1' } };
  const rest = { queues: [{ name: 'support', movideskQueueId: 1 }], http: { port: 0 } };
  const store = { path: `${folder.path}/bridge.db` };
  return folder.write('config.yaml', JSON.stringify({ ...nowhere, ...rest, store }));
}

/** `asterisk-movidesk … | head -1`, in a real bash. */
function headOf(words: readonly string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const pipe = `"$@" | { read -r line; echo "$line"; }; exit \${PIPESTATUS[0]}`;
  return new Promise((resolve) => {
    execFile('bash', ['-c', pipe, 'bash', process.execPath, MAIN, ...words], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, stdout, stderr }),
    );
  });
}

test.concurrent('whoever reads one line of a list only is no fault', async () => {
  using folder = new ConfigFolder();
  expect(await headOf(['config', '--config', configIn(folder)])).toMatchObject({
    code: 0,
    stdout: expect.stringMatching(/^KEY +VALUE/),
  });
});

test.concurrent('check ends when nobody reads on, and makes no words of it', async () => {
  using folder = new ConfigFolder();
  expect(await headOf(['check', '--config', configIn(folder)])).toEqual({
    code: 1,
    stdout: expect.stringMatching(/^FAIL +config: movidesk\.token/),
    stderr: '',
  });
});

test.concurrent.each([[['config', '--json']], [['check']], [['check', '--json']]])(
  'a disk that takes nothing more of what %j prints is told, and is no success',
  async (words) => {
    using folder = new ConfigFolder();
    const full = { shell: 'exec >/dev/full' };
    const { code, stderr } = await new Process([...words, '--config', configIn(folder)], {}, full).ended;
    expect(code).toBe(1);
    expect(stderr).toContain('what was to be printed could not be written (ENOSPC); make room there.');
  },
);
