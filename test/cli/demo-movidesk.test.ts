import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { MovideskClient } from '../../src/adapters/movidesk/client.ts';
import { loadConfig } from '../../src/config/load.ts';
import { callIdFrom, type Extension } from '../../src/domain/identity.ts';
import type { ReceivedCall } from '../../src/ports/help-desk.ts';
import { ConfigFolder, Process, run } from './process.ts';

// Should a test fail, its demo ends all the same, and says what it said.
const ALONE = ['demo', '--movidesk-only', '--port', '0', '--minutes', '0.8'];
const READY = 'It forgets its calls when it ends';

/** What the demo says is to be configured, as a daemon would have it that is configured so. */
function configuredAs(said: string) {
  using folder = new ConfigFolder();
  const lines = /^movidesk:\n(?: {2}.*\n)+/m.exec(said)?.[0] ?? '';
  const rest = 'asterisk: { secret: hush-hush }\nqueues:\n  - { name: support, movideskQueueId: 1 }\n';
  const loaded = loadConfig({ file: folder.write('config.yaml', lines + rest), env: {} });
  if (!loaded.ok) throw new Error(`what it says is no configuration: ${JSON.stringify(loaded.mistakes)}`);
  return loaded.config.movidesk;
}

function clientOf({ baseUrl, token, dateFormat, timeoutMs }: ReturnType<typeof configuredAs>) {
  return new MovideskClient({ baseUrl, token: token.reveal(), dateFormat, timeoutMs, now: Date.now });
}

const aCall = (id: string, helpDeskQueueId: number): ReceivedCall => ({
  callId: callIdFrom(id),
  clientNumber: '5511987654321',
  helpDeskQueueId,
  receivedAt: Date.now(),
});

test.concurrent('a daemon configured as the demo says is served, and each request is shown', async ({
  onTestFinished,
}) => {
  const demo = new Process([...ALONE, '--queue', '7=2001,2002', '--queue', '8=']);
  const said = await demo.says(READY);
  expect(said).toMatch(/^ {2}7: 2001, 2002\n {2}8: nobody$/m);
  const client = clientOf(configuredAs(said));
  onTestFinished(() => client.close());
  const call = aCall('pbx1-1.1', 7);
  expect(await client.ask(call)).toEqual({ ok: true, value: { kind: 'extension', extension: '2001' } });
  expect(await client.ask(aCall('pbx1-2.1', 8))).toEqual({ ok: true, value: { kind: 'nobody' } });
  const transfered = {
    kind: 'transfered',
    callId: call.callId,
    extension: '2001' as Extension,
    at: Date.now(),
  } as const;
  expect(await client.report(transfered)).toEqual({ ok: true, value: undefined });
  await demo.says(
    / INFO: pbx1-1\.1 asterisk_receivedCall \{"queueId":"7","clientNumber":"\*{9}4321","answer":"2001"\}$/m,
  );
  await demo.says(/ INFO: pbx1-2\.1 asterisk_receivedCall .*"answer":"2, nobody is online"\}$/m);
  await demo.says(/ INFO: pbx1-1\.1 asterisk_transferedCall \{"branchLine":"2001"\}$/m);
  demo.signal('SIGINT');
  const { code, stdout, stderr } = await demo.ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain(
    'heard:\n  asterisk_receivedCall: 2\n  asterisk_transferedCall: 1\nRules of its page broken: none.\n',
  );
  expect(stdout).not.toContain('5511987654321');
});

test.concurrent('what Movidesk would refuse is refused, shown as such, and listed at the end', async ({
  onTestFinished,
}) => {
  const demo = new Process(ALONE);
  const configured = configuredAs(await demo.says(READY));
  const client = clientOf(configured);
  onTestFinished(() => client.close());
  const completed = await client.report({
    kind: 'completed',
    callId: callIdFrom('pbx1-1.1'),
    link: undefined,
    at: Date.now(),
  });
  expect(completed).toMatchObject({ ok: false, failure: { kind: 'refused', status: 400 } });
  await demo.says(
    / WARN: pbx1-1\.1 asterisk_completedCall refused \{"status":400,"why":"completedCall for an id never received"\}$/m,
  );
  const url = `${configured.baseUrl}/asterisk_receivedCall?token=the-real-one&id=%1b`;
  expect((await fetch(url, { method: 'POST' })).status).toBe(401);
  await demo.says(/ WARN: \\u\{1b\} asterisk_receivedCall refused /);
  demo.signal('SIGTERM');
  const { code, stdout } = await demo.ended;
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^What the simulated Movidesk heard:\n {2}nothing\nRules of its page broken:\n {2}asterisk_completedCall pbx1-1\.1: .+\n {2}asterisk_receivedCall \\u\{1b\}: the token /m,
  );
  expect(stdout).not.toContain('the-real-one');
});

test.concurrent('a port that is taken is named, and no other one taken in its place', async ({
  onTestFinished,
}) => {
  const server = createServer();
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? `${address?.port}` : '';
  const { code, stdout, stderr } = await run([...ALONE, '--port', port]);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toContain(`another program listens on 127.0.0.1:${port}`);
  expect(stderr).toContain('another --port');
});

test.concurrent.each([
  ['a queue without a number', ['--movidesk-only', '--queue', 'sales=1001'], '--queue takes'],
  ['a queue of number 0', ['--movidesk-only', '--queue', '0=1001'], '--queue takes'],
  ['a queue that Movidesk cannot have', ['--movidesk-only', '--queue', '2147483648=1001'], '--queue takes'],
  ['an agent without an extension', ['--movidesk-only', '--queue', '1=1001,ana'], '--queue takes'],
  [
    'the same queue twice',
    ['--movidesk-only', '--queue', '1=1001', '--queue', '1=1002'],
    '--queue names queue 1 twice',
  ],
  ['a port that is none', ['--movidesk-only', '--port', '65536'], '--port takes'],
  ['Udesk where Movidesk is alone', ['--movidesk-only', '--udesk'], '--udesk is not for --movidesk-only'],
  ['queues of the whole demo', ['--queue', '1=1001'], '--queue is for --movidesk-only'],
  ['a time that is none', ['--movidesk-only', '--minutes', '0'], '--minutes takes'],
])('%s ends with 64', async (_what, options, problem) => {
  const { code, stdout, stderr } = await run(['demo', ...options]);
  expect({ code, stdout }).toEqual({ code: 64, stdout: '' });
  expect(stderr).toContain(problem);
});
