import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { SECRETS as GIVEN, untilEnded, untilSays } from '../package/machine.ts';
import { Container, imageConfig } from './container.ts';

const CONFIG = 'queues: [{ name: support, movideskQueueId: 1 }]\n';
const SECRETS = { 'asterisk-secret': `${GIVEN.asterisk}\n`, 'movidesk-token': `${GIVEN.movidesk}\n` };
const ENVIRONMENT = {
  ASTERISK_MOVIDESK_ASTERISK_SECRET_FILE: '/run/secrets/asterisk-secret',
  ASTERISK_MOVIDESK_MOVIDESK_TOKEN_FILE: '/run/secrets/movidesk-token',
};

test('the image says how it is run: by a user who is not root, watched by its own command, stopped gently', () => {
  expect(imageConfig()).toMatchObject({
    User: '10095:10095',
    Entrypoint: ['asterisk-movidesk'],
    Cmd: ['run'],
    StopSignal: 'SIGTERM',
    Volumes: { '/var/lib/asterisk-movidesk': {} },
    Healthcheck: { Test: ['CMD', 'asterisk-movidesk', 'health'] },
  });
});

test('nothing of the build stays in the image: no tests of ours, no tools, no settings of the machine that built it', () => {
  using container = new Container();
  const find = (...what: readonly string[]) =>
    spawnSync('find', [container.root, ...what], { encoding: 'utf8' }).stdout.trim();
  expect(find('-name', 'node_modules', '-prune', '-o', '-name', '*.test.ts', '-print')).toBe('');
  expect(find('(', '-name', '.npmrc', '-o', '-name', 'vitest', '-o', '-name', '.git', ')', '-print')).toBe(
    '',
  );
});

test('the demo runs in a container that can write nowhere and reaches nobody', async () => {
  using container = new Container();
  const { code, text } = await untilEnded(container.starts(['demo', '--minutes', '0.1']));
  expect(code, text).toBe(0);
  expect(text).toContain('PBX reconciled');
});

test('with secrets from files it starts, is found healthy, keeps its state in the volume, and stops when told', async () => {
  using container = new Container({ config: CONFIG, secrets: SECRETS });
  const daemon = container.starts(['run'], ENVIRONMENT);
  const ended = untilEnded(daemon);
  await untilSays(daemon, 'AMI_UNREACHABLE');
  const health = await untilEnded(container.executes(['asterisk-movidesk', 'health'], daemon));
  expect(health).toEqual({ code: 0, text: 'ok\n' });
  const calls = await untilEnded(container.executes(['asterisk-movidesk', 'calls', '--json'], daemon));
  expect(calls.code, calls.text).toBe(0);
  const writes = await untilEnded(container.executes(['touch', '/opt/asterisk-movidesk/src/x'], daemon));
  expect(writes.text).toMatch(/Read-only file system/);
  daemon.kill('SIGTERM');
  expect((await ended).code).toBe(0);
});

test('config/minimal.yaml serves as it comes: the secrets are those of the engine, whatever files it names', async () => {
  const config = readFileSync(new URL('../../config/minimal.yaml', import.meta.url), 'utf8');
  using container = new Container({ config, secrets: SECRETS });
  const { code, text } = await untilEnded(container.starts(['config'], ENVIRONMENT));
  expect(code, text).toBe(0);
  expect(text).toMatch(/ASTERISK_MOVIDESK_ASTERISK_SECRET_FILE[\s\S]*ASTERISK_MOVIDESK_MOVIDESK_TOKEN_FILE/);
});

test('a container whose daemon does not listen is found unhealthy', async () => {
  using container = new Container({ config: CONFIG });
  const { code, text } = await untilEnded(container.starts(['health']));
  expect(code).toBe(1);
  expect(text).toContain('nobody who listens');
});

test('without a secret it ends with 78 and says which are missing', async () => {
  using container = new Container({ config: CONFIG });
  const { code, text } = await untilEnded(container.starts(['run']));
  expect(code).toBe(78);
  expect(text).toMatch(/asterisk\.secret[\s\S]*movidesk\.token/);
});
