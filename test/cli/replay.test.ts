import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { Office } from './office.ts';

const TRANSCRIPTS = new URL('../transcripts/', import.meta.url);

/** A recorded session, its queue under a name that ours may have. */
const recorded = (name: string): string =>
  readFileSync(new URL(name, TRANSCRIPTS), 'utf8').replaceAll('\r\nQueue: 1\r\n', '\r\nQueue: support\r\n');

const HAPPY = recorded('01a-happy-userevent.ami');

test.concurrent('an operator sees what would have been decided, done and told, and what it came to', async () => {
  using office = new Office();
  const file = office.folder.write('session.ami', HAPPY);
  const { code, stdout, stderr } = await office.types('replay', file);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  const lines = stdout.split('\n').map((line) => line.replace(/^#\d+ +\S+ +/, '').replace(/ {2,}.*$/, ''));
  expect(lines).toEqual([
    'Times: not recorded, so the limit of requests is left out; 1.2 s are taken to lie between two events; #N is a packet.',
    'Movidesk: taken to have named whom the caller was then moved to, and else to have had nobody free.',
    '',
    'new → waiting on entered',
    'waiting → waiting on asked',
    'waiting → offered on agent-named',
    'offered → offered on extension-checked',
    'PBX: send to agent',
    'offered → offered on ringing',
    'offered → talking on answered',
    'Movidesk: transfered',
    'talking → ended on gone',
    'Movidesk: completed',
    '',
    'Packets: 117 (8 of our callers and devices, 107 of others, 2 answers, 0 refused, 0 of no known kind)',
    'Calls: 1 (1 completed)',
    'Told to Movidesk: 1 transfered, 1 completed',
    '',
  ]);
  expect(stdout).toMatch(/^#\d+ +\S+ +talking → ended on gone {2}cause=16 ending=completed$/m);
});

test.concurrent('what changed nothing is told on demand, with the reason, and numbers are masked', async () => {
  using office = new Office();
  const file = office.folder.write('session.ami', recorded('10a-blind-transfer-refer.ami'));
  const { stdout } = await office.types('replay', file, '--verbose');
  expect(stdout).toMatch(/heard: caller-entered {2}number=\*+4321/);
  expect(stdout).toMatch(/pbx1-\S+ +ignored: answered, the target of a transfer$/m);
  expect(stdout).not.toContain('5511987654321');
});

test.concurrent('a script reads one object a line, the sum last', async () => {
  using office = new Office();
  const file = office.folder.write('session.ami', HAPPY);
  const { code, stdout } = await office.types('replay', file, '--json');
  expect(code).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines[0]).toMatchObject({ kind: 'decision', from: 'new', to: 'waiting', input: 'entered' });
  expect(lines.filter(({ kind }) => kind === 'movidesk')).toHaveLength(2);
  expect(lines.at(-1)).toMatchObject({
    kind: 'summary',
    calls: 1,
    endings: { completed: 1, open: 0 },
    told: { transfered: 1, completed: 1 },
    undelivered: 0,
  });
});

test.concurrent('a list of times beside the recording is used', async () => {
  using office = new Office();
  const file = office.folder.write('session.ami', HAPPY);
  office.folder.write('session.times.tsv', `t_ms\tdir\toffset\tlength\n7.4\tin\t0\t${HAPPY.length}\n`);
  const { stdout } = await office.types('replay', file);
  expect(stdout).toContain('Times: from the list beside the recording.');
  expect(stdout).toMatch(/^\+0\.000 +pbx1-\S+ +new → waiting/m);
});

test.concurrent('nothing is touched: not the PBX, not Movidesk, not the store', async () => {
  let connections = 0;
  const farSide = createServer().on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => farSide.listen(0, '127.0.0.1', resolve));
  const { port } = farSide.address() as AddressInfo;
  using office = new Office({ amiPort: port, movideskUrl: `http://127.0.0.1:${port}` });
  const { code } = await office.types('replay', office.folder.write('session.ami', HAPPY));
  farSide.close();
  expect({ code, connections, files: office.files }).toEqual({ code: 0, connections: 0, files: [] });
});

// Clears the screen, hides text, turns the direction round, ends the line as nobody expects it.
const HOSTILE = '\u001b[2J\u009b8m\u202e\u2028\u007f';

test.concurrent.each([[[]], [['--verbose']], [['--json']], [['--json', '--verbose']]])(
  'what a caller wrote into the recording does not reach the terminal (%j)',
  async (options) => {
    using office = new Office();
    const text = HAPPY.replaceAll('\r\nQueue: support\r\n', `\r\nQueue: ${HOSTILE}\r\n`)
      .replaceAll(/\r\nUniqueid: ([0-9.]+)\r\n/g, '\r\nUniqueid: $1\u202e\u2028\r\n')
      .replaceAll(/\r\nDevice: PJSIP\/1001\r\n/g, `\r\nDevice: PJSIP/1001${HOSTILE}\r\n`);
    const { code, stdout, stderr } = await office.types(
      'replay',
      office.folder.write('session.ami', text),
      ...options,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('a caller entered a queue that is not in the configuration');
    expect(stdout.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    if (options.length === 1 && options[0] === '--json')
      expect(
        stdout.split('\n').some((line) => line !== '' && JSON.parse(line).facts?.queue === HOSTILE),
      ).toBe(true);
  },
);

test.concurrent.each([
  ['empty', '', 'is empty; see in `help replay`'],
  [
    'something else',
    'queues: [support]\n',
    'is no recording of AMI: nothing in it reads as a packet; see in `help replay`',
  ],
  [
    'converted on its way',
    HAPPY.replaceAll('\r\n', '\n'),
    'has lost the ends of its lines (CR LF) on its way; copy it as it is',
  ],
])('a file that is %s ends with 1, and says what to do', async (_what, text, problem) => {
  using office = new Office();
  const file = office.folder.write('session.ami', text);
  const { code, stdout, stderr } = await office.types('replay', file);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`asterisk-movidesk: ${file} ${problem}`);
});

test.concurrent('a file that is not there, or a folder, ends with 1', async () => {
  using office = new Office();
  expect(await office.types('replay', '/nowhere.ami')).toMatchObject({
    code: 1,
    stderr: 'asterisk-movidesk: /nowhere.ami cannot be read (ENOENT); check the path.\n',
  });
  expect(await office.types('replay', office.folder.path)).toMatchObject({ code: 1 });
});

test.concurrent('a replay that is asked to stop says after which packet it did, and ends with 1', async () => {
  using office = new Office();
  const text = recorded('50-whole-flow.ami').repeat(1_000);
  const file = office.folder.write('session.ami', text);
  const process = office.begins('replay', file);
  await process.says('Movidesk: transfered');
  process.signal('SIGINT');
  const { code, stdout } = await process.ended;
  expect(code).toBe(1);
  expect(stdout).toMatch(/^Stopped at packet \d+, as asked to: what follows is not whole\.$/m);
});
