import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import { ConfigFolder, Process, run } from './process.ts';

const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
const SECRET = 'geheim-geheim-geheim';

test.concurrent('the help names every command, and what it is for', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['run', 'demo', 'calls', 'outbox', 'ccai'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test.concurrent('the version is that of the package', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test.concurrent.each([
  ['an unknown command', ['rnu'], 'unknown command rnu'],
  ['no command', [], 'no command'],
  ['an unknown option', ['run', '--confg', 'x'], '--confg'],
  ['a word too many', ['run', 'now'], 'unexpected now'],
  ['an option of another command', ['run', '--json'], 'run has no --json'],
  ['calls of which nobody knows what', ['calls', 'list'], 'unknown command calls list'],
  ['no call to show', ['calls', 'show'], 'calls show takes the ID of a call'],
  ['no number to erase', ['calls', 'erase', 'him'], 'calls erase takes a phone number'],
  [
    'a limit where nothing is listed',
    ['calls', 'show', 'a', '--limit', '3'],
    '--limit is for the list of calls',
  ],
  ['an outbox of which nobody knows what', ['outbox', 'resend'], 'unknown command outbox resend'],
  ['no entry to send again', ['outbox', 'retry'], 'outbox retry takes an ID that outbox shows'],
  ['everything and one', ['outbox', 'retry', '3', '--all'], '--all stands for the ID of outbox retry'],
  ['nothing to ask of CCAI Platform', ['ccai'], 'ccai takes call'],
  ['something else to ask of it', ['ccai', 'flags'], 'unknown command ccai flags'],
  ['a word too many for it', ['ccai', 'call', '11987654321'], 'unexpected 11987654321'],
  ['no agent who is to call', ['ccai', 'call', '--number', '1'], 'ccai call takes --agent EMAIL'],
  ['nobody who is to be called', ['ccai', 'call', '--agent', 'a@b'], 'takes --number N or --ticket T'],
  [
    'two who are to be called',
    ['ccai', 'call', '--agent', 'a@b', '--number', '1', '--ticket', '2'],
    'takes --number N or --ticket T',
  ],
  ['an agent for another command', ['calls', '--agent', 'a@b'], 'calls has no --agent'],
  ['minutes that are no number', ['demo', '--minutes', 'ten'], '--minutes'],
])('%s ends with 64, and says so on stderr', async (_what, args, problem) => {
  const { code, stdout, stderr } = await run(args);
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
  expect(stderr).toContain(problem);
});

test.concurrent('a wrong configuration ends with 78 and one line for each mistake, with its remedy', async () => {
  using folder = new ConfigFolder();
  const file = folder.write(
    'config.yaml',
    `asterisk: { secret: ${SECRET}, port: 99999 }
movidesk: { token: ${TOKEN}, requestPerMinute: 10 }
queues:
  - { name: support, movideskQueueId: one }
`,
  );
  const { code, stdout, stderr } = await run(['run', '--config', file]);
  expect({ code, stdout }).toEqual({ code: 78, stdout: '' });
  const lines = stderr.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  expect(lines.find((line) => line.startsWith('movidesk.requestPerMinute: '))).toContain(
    'movidesk.requestsPerMinute',
  );
  expect(lines.some((line) => line.startsWith('asterisk.port: '))).toBe(true);
  expect(lines.some((line) => line.startsWith('queues[0].movideskQueueId: '))).toBe(true);
  for (const secret of [TOKEN, SECRET]) expect(stderr).not.toContain(secret);
});

test.concurrent('a configuration that is not there ends with 78, and is named', async () => {
  using folder = new ConfigFolder();
  const { code, stderr } = await run(['run', '--config', join(folder.path, 'nowhere.yaml')]);
  expect(code).toBe(78);
  expect(stderr).toContain('nowhere.yaml');
});

test.concurrent.each(['SIGTERM', 'SIGINT'] as const)(
  'a daemon that finds no PBX goes on trying, and stops with 0 on %s',
  async (signal) => {
    using folder = new ConfigFolder();
    const daemon = new Process(['run', '--config', good(folder, join(folder.path, 'bridge.db'))]);
    await daemon.says('PBX not connected');
    daemon.signal(signal);
    const { code, stdout } = await daemon.ended;
    expect(code).toBe(0);
    const lines = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).msg);
    expect(lines[0]).toBe('starting');
    expect(lines.at(-1)).toBe('stopped');
    for (const secret of [TOKEN, SECRET]) expect(stdout).not.toContain(secret);
  },
);

test.concurrent('a crash ends with 70, told in the log like everything else, and keeps its secrets', async () => {
  using folder = new ConfigFolder();
  const mishap = `setTimeout(() => { throw new Error('a slip with ${TOKEN}') }, 1500)`;
  const env = { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mishap)}` };
  const daemon = new Process(['run', '--config', good(folder, join(folder.path, 'bridge.db'))], env);
  const { code, stdout, stderr } = await daemon.ended;
  expect(code).toBe(70);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    level: 'error',
    err: { type: 'Error' },
  });
  expect(stdout + stderr).not.toContain(TOKEN);
});

/** A configuration whose far sides do not exist: nothing listens on port 1. */
function good(folder: ConfigFolder, storePath: string): string {
  return folder.write(
    'config.yaml',
    `asterisk: { host: 127.0.0.1, port: 1, secret: ${SECRET} }
movidesk: { token: ${TOKEN}, baseUrl: "http://127.0.0.1:1" }
store: { path: "${storePath}" }
http: { port: 0 }
queues:
  - { name: support, movideskQueueId: 1 }
`,
  );
}
