import { join } from 'node:path';
import { expect, test } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };
import type { Option } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands.ts';
import { helpOf } from '../../src/cli/help.ts';
import { ConfigFolder, Process, run } from './process.ts';

const TOKEN = '155cac97-f203-4bb8-86e1-aa4cb8781f3e';
const SECRET = 'geheim-geheim-geheim';
const CALLS_TOKEN = 'nobody-s-token-for-calls';

const NAMES = COMMANDS.map(({ name }) => name);

test.concurrent('the help names every command, and what it is for', async () => {
  const { code, stdout, stderr } = await run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of ['run', 'check', 'config', 'demo', 'calls', 'outbox', 'replay', 'ccai', 'health'])
    expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
});

test.each(COMMANDS)('the help of $name tells its options, and has examples', (command) => {
  const text = helpOf(command);
  for (const option of Object.keys(command.options)) expect(text).toContain(`  --${option}`);
  for (const { words } of command.usage) expect(text).toContain(`  ${command.name} ${words}`.trimEnd());
  expect(command.examples.length).toBeGreaterThan(0);
  // As wide as our own lines: a terminal that is narrower breaks them, and nothing is lost.
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
});

test('no example has an option that its command refuses', () => {
  for (const { name, examples, options } of COMMANDS) {
    const typed = examples.flatMap((example) => example.split(/[|>]/, 1)[0]?.match(/--[a-z-]+/g) ?? []);
    for (const option of typed)
      expect([name, Object.keys(options)]).toContainEqual(expect.arrayContaining([option.slice(2)]));
  }
});

test('an option means the same to every command: whether a value follows it', () => {
  const taking = new Map<string, boolean>();
  for (const [name, { value }] of COMMANDS.flatMap(({ options }) => Object.entries<Option>(options))) {
    expect([name, taking.get(name) ?? value !== undefined]).toEqual([name, value !== undefined]);
    taking.set(name, value !== undefined);
  }
});

test.concurrent('help calls, calls --help and calls -h say the same', async () => {
  const answers = await Promise.all([run(['help', 'calls']), run(['calls', '--help']), run(['-h', 'calls'])]);
  const [first] = answers;
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first?.stdout).toContain('asterisk-movidesk calls show pbx1-1795361570.12');
  expect(first?.stdout).not.toContain('outbox');
  for (const answer of answers) expect(answer).toEqual(first);
});

test.concurrent('what is wrong with a command is followed by how that one is called, and nothing more', async () => {
  const { stderr } = await run(['calls', 'show']);
  expect(stderr.split('\n')).toEqual([
    'asterisk-movidesk: calls show takes the ID of a call',
    '',
    'Usage: asterisk-movidesk calls [OPTIONS]',
    '       asterisk-movidesk calls show ID [OPTIONS]',
    '       asterisk-movidesk calls erase NUMBER [OPTIONS]',
    '',
    'asterisk-movidesk help calls tells more.',
    '',
  ]);
});

test.concurrent('an unknown command is followed by those that there are', async () => {
  const { stderr } = await run(['frobnicate']);
  expect(stderr).toContain('unknown command frobnicate\n');
  for (const name of NAMES) expect(stderr).toContain(` ${name}`);
});

test.concurrent('options may stand before the command', async () => {
  using folder = new ConfigFolder();
  const { code, stderr } = await run(['--config', join(folder.path, 'nowhere.yaml'), 'run']);
  expect(code).toBe(78);
  expect(stderr).toContain('nowhere.yaml');
});

test.concurrent('the version is that of the package', async () => {
  expect(await run(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' });
});

test.concurrent.each([
  ['an unknown command', ['rnu'], 'unknown command rnu; the nearest known one is run'],
  ['a command that was cut off', ['conf'], 'the nearest known one is config'],
  ['hostile text as a command', ['\u001b[2J'], 'unknown command \\u{1b}[2J'],
  ['no command', [], 'no command'],
  ['an unknown option', ['run', '--confg', 'x'], 'unknown option --confg; the nearest known one is --config'],
  ['an option without its value', ['run', '--config'], '--config takes FILE'],
  ['an option in place of a value', ['calls', '--config', '--json'], '--config takes FILE'],
  ['a value for an option that takes none', ['calls', '--json=yes'], '--json takes no value'],
  ['help for what is no command', ['help', 'cals'], 'unknown command cals; the nearest known one is calls'],
  ['help for two', ['help', 'calls', 'outbox'], 'unexpected outbox'],
  ['a word too many for the configuration', ['config', 'show'], 'unexpected show'],
  ['nothing to replay', ['replay'], 'replay takes the FILE of a recording'],
  ['two recordings', ['replay', 'a', 'b'], 'unexpected b'],
  ['an agent who is none', ['replay', 'a', '--agent', 'ana'], '--agent takes an extension'],
  ['a shell that is not served', ['completion', 'fish'], 'completion takes bash'],
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
  const mishap = `setTimeout(() => { throw new Error('a slip with ${TOKEN} and ${CALLS_TOKEN}') }, 1500)`;
  const env = {
    NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(mishap)}`,
    ASTERISK_MOVIDESK_ACTIVE_CALL_ENABLED: 'true',
    ASTERISK_MOVIDESK_ACTIVE_CALL_EXTENSIONS: '["1001"]',
    ASTERISK_MOVIDESK_ACTIVE_CALL_DIAL_CONTEXT: 'from-internal',
    ASTERISK_MOVIDESK_ACTIVE_CALL_TOKEN: CALLS_TOKEN,
  };
  const daemon = new Process(['run', '--config', good(folder, join(folder.path, 'bridge.db'))], env);
  const { code, stdout, stderr } = await daemon.ended;
  expect(code).toBe(70);
  expect(JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '')).toMatchObject({
    level: 'error',
    err: { type: 'Error' },
  });
  for (const secret of [TOKEN, CALLS_TOKEN]) expect(stdout + stderr).not.toContain(secret);
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
