import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { schema } from '../../src/config/schema.ts';
import { environmentName, settingsOf } from '../../src/config/setting.ts';

const CHECKOUT = fileURLToPath(new URL('../../', import.meta.url));
const read = (file: string): string => readFileSync(`${CHECKOUT}${file}`, 'utf8');
const compose = parse(read('compose.yaml'));
const service = compose.services['asterisk-movidesk'];

test('the container of compose.yaml can do no more than it needs to', () => {
  expect(service).toMatchObject({
    read_only: true,
    cap_drop: ['ALL'],
    security_opt: ['no-new-privileges:true'],
    network_mode: 'host',
  });
  expect(service).not.toHaveProperty('ports');
  expect(service).not.toHaveProperty('privileged');
});

test('each variable that compose.yaml sets is one that the daemon knows, and names a secret that is there', () => {
  const files = settingsOf(schema)
    .filter(({ setting }) => setting.secret !== undefined)
    .map(({ path }) => environmentName(`${path}File`));
  const variables = Object.entries(service.environment);
  expect(variables).toHaveLength(2);
  for (const [name, file] of variables) {
    expect(files).toContain(name);
    expect(service.secrets.map((secret: string) => `/run/secrets/${secret}`)).toContain(file);
  }
  expect(Object.keys(compose.secrets)).toEqual(service.secrets);
});

test('a config.yaml that is not there is an error of Docker, and not a new folder of that name', () => {
  expect(service.volumes).toContainEqual({
    type: 'bind',
    source: './config.yaml',
    target: '/etc/asterisk-movidesk/config.yaml',
    read_only: true,
    bind: { create_host_path: false },
  });
});

test('what compose.yaml wants beside it, secrets among it, gets into no commit', () => {
  const files = ['config.yaml', ...Object.keys(compose.secrets).map((name) => `secrets/${name}`)];
  expect(Object.values(compose.secrets)).toEqual(files.slice(1).map((file) => ({ file: `./${file}` })));
  const { stdout } = spawnSync('git', ['check-ignore', ...files], { cwd: CHECKOUT, encoding: 'utf8' });
  expect(stdout.trim().split('\n')).toEqual(files);
});

test('the state of compose.yaml lies where the image keeps it', () => {
  expect(service.volumes).toContain('state:/var/lib/asterisk-movidesk');
  expect(read('Dockerfile')).toContain('VOLUME /var/lib/asterisk-movidesk');
  expect(schema.store.path.default).toMatch(/^\/var\/lib\/asterisk-movidesk\//);
});

test('the build is given nothing that the Dockerfile does not copy', () => {
  const given = read('.dockerignore')
    .split('\n')
    .filter((line) => line.startsWith('!'))
    .map((line) => line.slice(1));
  const copied = read('Dockerfile')
    .split('\n')
    .filter((line) => /^COPY (?!--from)/.test(line))
    .flatMap((line) => line.split(' ').slice(1, -1));
  expect(given.toSorted()).toEqual([...new Set(copied)].toSorted());
});
