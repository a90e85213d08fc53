import { chmodSync } from 'node:fs';
import { expect, test } from 'vitest';
import { ConfigFolder, run } from './process.ts';

const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
const SECRET = 'geheim-geheim-geheim';

interface Line {
  readonly key: string;
  readonly value: unknown;
  readonly from: string;
  readonly where: string | null;
}

/** A configuration with one value from each place that there is. */
function everyPlace(folder: ConfigFolder) {
  const secretFile = folder.write('ami', SECRET);
  const file = folder.write(
    'config.yaml',
    `asterisk:
  name: pbx7
  secretFile: ${secretFile}
movidesk: { requestsPerMinute: { "00:00": 10, "08:00": 30 } }
queues:
  - { name: support, movideskQueueId: 1 }
  - { name: sales, movideskQueueId: 2, maxWaitSeconds: 90 }
`,
  );
  folder.write('movidesk-token', TOKEN);
  const env = { CREDENTIALS_DIRECTORY: folder.path, ASTERISK_MOVIDESK_HTTP_PORT: '9999' };
  return { file, secretFile, env };
}

test.concurrent('an operator sees every value, and where it came from', async () => {
  using folder = new ConfigFolder();
  const { file, secretFile, env } = everyPlace(folder);
  const { code, stdout, stderr } = await run(['config', '--config', file], env);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const rows = stdout.split('\n').map((line) => line.split(/ {2,}/));
  for (const row of [
    ['KEY', 'VALUE', 'FROM'],
    ['asterisk.name', 'pbx7', `${file}:2`],
    ['asterisk.host', '127.0.0.1', 'default'],
    ['asterisk.secret', '********', `secret file ${secretFile}`],
    ['movidesk.token', '********', 'credential movidesk-token'],
    ['movidesk.requestsPerMinute', '{"00:00":10,"08:00":30}', `${file}:4`],
    ['queues[0].name', 'support', `${file}:5`],
    ['queues[1].maxWaitSeconds', '90', `${file}:5`],
    ['queues[1].ringSeconds', '20', 'default'],
    ['queues[0].maxWaitSeconds', '600', 'default'],
    ['http.port', '9999', 'environment ASTERISK_MOVIDESK_HTTP_PORT'],
    ['http.token', '(not given)', 'default'],
    ['udesk.enabled', 'false', 'default'],
  ])
    expect(rows).toContainEqual(row);
  // Of what is switched off only what somebody wrote is worth a line.
  expect(stdout).not.toContain('udesk.baseUrl');
});

test.concurrent('a script reads the same', async () => {
  using folder = new ConfigFolder();
  const { file, secretFile, env } = everyPlace(folder);
  const { code, stdout } = await run(['config', '--json', '--config', file], env);
  expect(code).toBe(0);
  const lines: readonly Line[] = JSON.parse(stdout);
  const of = (wanted: string) => lines.find(({ key }) => key === wanted);
  expect(of('asterisk.name')).toEqual({
    key: 'asterisk.name',
    value: 'pbx7',
    from: 'file',
    where: `${file}:2`,
  });
  expect(of('asterisk.secret')).toMatchObject({ value: '********', from: 'secret file', where: secretFile });
  expect(of('movidesk.token')).toMatchObject({
    value: '********',
    from: 'credential',
    where: 'movidesk-token',
  });
  expect(of('queues')?.value).toMatchObject([{ name: 'support' }, { name: 'sales', maxWaitSeconds: 90 }]);
  expect(of('http.port')).toMatchObject({ value: 9999, from: 'environment' });
  expect(of('udesk.authToken')).toMatchObject({ value: '(not looked for)', from: 'default', where: null });
});

test.concurrent('an operator who is not given the secrets sees all the rest, and is told so', async () => {
  using folder = new ConfigFolder();
  const file = folder.write('config.yaml', 'queues: [{ name: support, movideskQueueId: 1 }]');
  chmodSync(file, 0o644);
  const { code, stdout, stderr } = await run(['config', '--config', file]);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^asterisk\.secret +\(not given to this user\)$/m);
  expect(stdout).toMatch(/^queues\[0\]\.name +support /m);
  expect(stderr).toContain('asterisk.secret is missing');
  expect(stderr).toContain('movidesk.token is missing');
  expect(stderr).toContain('The daemon may have them all the same');
});

test.concurrent('a wrong configuration ends with 78, and the same lines as run has for it', async () => {
  using folder = new ConfigFolder();
  const file = folder.write(
    'config.yaml',
    `asterisk: { port: 99999, secret: ${SECRET} }\nqueues: [{ name: support, movideskQueueId: one }]\n`,
  );
  const [shown, ran] = await Promise.all(
    ['config', 'run'].map((command) => run([command, '--config', file])),
  );
  expect(shown).toMatchObject({ code: 78, stdout: '' });
  expect(shown?.stderr).toContain('asterisk.port: must be');
  expect(shown?.stderr).toContain('movidesk.token: is missing');
  expect(shown).toEqual(ran);
});

test.concurrent('a secret that is empty is a mistake, whoever asks', async () => {
  using folder = new ConfigFolder();
  const tokenFile = folder.write('token', '');
  const file = folder.write(
    'config.yaml',
    `asterisk: { secret: ${SECRET} }\nmovidesk: { tokenFile: ${tokenFile} }\nqueues: [{ name: support, movideskQueueId: 1 }]\n`,
  );
  const { code, stderr } = await run(['config', '--config', file]);
  expect(code).toBe(78);
  expect(stderr).toContain(`movidesk.tokenFile: ${tokenFile} is empty`);
});
